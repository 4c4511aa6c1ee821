/// @file
/// Waiting until a build is processed, as after an upload.
#pragma once

#include <applivery/build.hpp>
#include <applivery/build_filter.hpp>
#include <applivery/build_page.hpp>
#include <applivery/cancellation.hpp>
#include <applivery/clock.hpp>
#include <applivery/export.hpp>
#include <applivery/result.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

APPLIVERY_WARNINGS_PUSH
namespace applivery {

class BuildsClient;

/// Which build to wait for. Everything that is set must match exactly, letter by letter; it is compared here, whatever
/// the service's own filters do. Without the id, when it may have been made must be said too: an older build of the
/// same version could answer.
struct BuildSelector {
    std::optional<std::string> id{};           ///< Build::id, as the upload gave it.
    std::optional<std::string> versionName{};  ///< Build::versionName
    std::optional<std::string> versionCode{};  ///< Build::versionCode
    std::optional<std::string> commit{};       ///< `deployer.info.commit`
    std::optional<std::string> branch{};       ///< `deployer.info.branch`
    std::optional<std::string> tag{};          ///< `deployer.info.tag`
    std::optional<std::string> buildNumber{};  ///< `deployer.info.buildNumber`
    std::optional<Os> os{};                    ///< Build::os
    /// No build that was made before, by this machine's clock; where the service's goes otherwise, that is allowed for.
    std::optional<std::chrono::system_clock::time_point> createdSince{};
    bool anyAge = false;  ///< An older build may answer too.
};

/// What happened during a wait.
struct WaitEvent {
    /// What may happen.
    enum class Kind {
        found,          ///< The build was seen for the first time.
        statusChanged,  ///< Its status is another than at the last check.
        lost,           ///< It was seen before, and is not in the list any more.
        checkFailed,    ///< A check failed in a way that may pass by itself. The wait goes on.
        checked,        ///< A check is over; comes after all others of that check.
    };
    Kind kind = Kind::checked;               ///< What happened.
    std::size_t selector = 0;                ///< Which of those that are waited for; 0 where the event is of none.
    std::optional<Build> build{};            ///< As it was seen last.
    std::optional<Error> error{};            ///< Of checkFailed.
    std::chrono::milliseconds elapsed{0};    ///< Since the wait began.
    std::chrono::milliseconds nextCheck{0};  ///< Of checked: how long until the next; 0 where none follows.
};

/// How long, how often, and who is told.
struct WaitOptions {
    std::chrono::milliseconds timeout = std::chrono::minutes{20};     ///< 0 checks once.
    std::chrono::milliseconds findTimeout = std::chrono::minutes{5};  ///< Until the build is first seen.
    std::chrono::milliseconds minDelay = std::chrono::seconds{3};     ///< Between the first checks.
    std::chrono::milliseconds maxDelay = std::chrono::seconds{20};    ///< To which it grows, by half each time.
    /// Called on the thread that waits, or where the wait's `done` will be. What it throws is ignored.
    std::function<void(const WaitEvent&)> onEvent{};
    CancellationToken cancel{};        ///< Ends the wait as WaitOutcome::cancelled.
    std::shared_ptr<Clock> clock{};    ///< Null: the client's.
    std::function<double()> random{};  ///< From 0 to 1, for the jitter of the delays. Null: by chance.
};

/// How a wait ended.
enum class WaitOutcome {
    processed,         ///< It can be installed.
    failed,            ///< It ended in status `error`: see Build::error and Build::errorCode.
    timedOutPending,   ///< It was seen, and did not end in time.
    timedOutNotFound,  ///< It was not seen in time, or not any more.
    ambiguous,         ///< Several builds match: see WaitResult::candidates.
    cancelled,         ///< By its token, or the client was destroyed.
};

/// The enumerator's name.
[[nodiscard]] APPLIVERY_API std::string_view toString(WaitOutcome outcome) noexcept;

/// What became of one build that was waited for.
struct WaitResult {
    WaitOutcome outcome = WaitOutcome::timedOutNotFound;     ///< How the wait ended.
    std::optional<Build> build{};                            ///< As it was seen last.
    std::vector<Build> candidates{};                         ///< Of ambiguous: all that match.
    int polls = 0;                                           ///< Checks that were made.
    int transientFailures = 0;                               ///< Of them, those that failed.
    std::chrono::milliseconds elapsed{0};                    ///< Of the whole wait.
    std::optional<std::chrono::milliseconds> timeToFound{};  ///< Until the build was first seen.
};

namespace detail {
class WaitStateMachine;
class PollerState;
}  // namespace detail

/// A wait for a program with a loop of its own: nothing here blocks.
///
/// Call poll() now, and again after nextDelay(), until done(). Used by one thread at a time; moved, not copied: one
/// that was moved from can only be assigned to or destroyed. WaitOptions::onEvent must not destroy it. Destroying it
/// ends the request that may be under way.
class APPLIVERY_API BuildPoller {
public:
    /// @{
    /// Waits for one build, or for several with the same requests. What is wrong with the arguments comes back from
    /// results() as ErrorKind::invalidArgument, and nothing is sent.
    BuildPoller(const BuildsClient& client, BuildSelector selector, WaitOptions options = {});
    BuildPoller(const BuildsClient& client, std::vector<BuildSelector> selectors, WaitOptions options = {});
    /// @}

    /// @{
    /// The wait goes on in the other.
    BuildPoller(BuildPoller&&) noexcept;
    BuildPoller& operator=(BuildPoller&&) noexcept;
    /// @}

    ~BuildPoller();

    /// Begins a check that is due, or takes up what has come of the last. @return done().
    bool poll();

    /// Whether the wait is over, and results() final.
    [[nodiscard]] bool done() const;

    /// How long until the next poll() is of use. While a request is under way, a short time.
    [[nodiscard]] std::chrono::milliseconds nextDelay() const;

    /// One for each selector, in their order; before done(), how things stand. Or the error that ended the wait, such
    /// as ErrorKind::authentication.
    [[nodiscard]] Result<std::vector<WaitResult>> results() const;

private:
    std::unique_ptr<detail::PollerState> state_;
};

}  // namespace applivery
APPLIVERY_WARNINGS_POP
