/// @file
/// Waits until a build is processed, as after an upload.
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
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

APPLIVERY_WARNINGS_PUSH
namespace applivery {

class BuildsClient;

/// Selects the build to wait for.
///
/// A build matches if every member that is set is equal to the build's value, without surrounding white space. The
/// library compares the values itself, whatever the service's own filters do. A selector needs `id`, `createdSince` or
/// `anyAge`, because an older build of the same version could match otherwise.
///
/// @code
/// Result<WaitResult> result = client.waitUntilBuildProcessed(BuildSelector::byId(buildId));
/// @endcode
struct BuildSelector {
    /// Type of `createdSince`.
    using TimePoint = std::chrono::system_clock::time_point;

    std::optional<std::string> id{};           ///< Build::id, as the upload returned it.
    std::optional<std::string> versionName{};  ///< Build::versionName
    std::optional<std::string> versionCode{};  ///< Build::versionCode
    std::optional<std::string> commit{};       ///< `deployer.info.commit`
    std::optional<std::string> branch{};       ///< `deployer.info.branch`
    std::optional<std::string> tag{};          ///< `deployer.info.tag`
    std::optional<std::string> buildNumber{};  ///< `deployer.info.buildNumber`
    std::optional<Os> os{};                    ///< Build::os
    /// Earliest Build::createdAt, by this machine's clock. The wait corrects a difference of up to one day between that
    /// clock and the service's. A build whose age is unknown does not match.
    std::optional<TimePoint> createdSince{};
    bool anyAge = false;  ///< Also match older builds.

    /// @{
    /// Creates a selector that the wait accepts. Set further members to select more narrowly, such as `os`.
    [[nodiscard]] static BuildSelector byId(std::string id) { return with(&BuildSelector::id, std::move(id), {}); }
    [[nodiscard]] static BuildSelector byVersion(std::string versionName, TimePoint createdSince) {
        return with(&BuildSelector::versionName, std::move(versionName), createdSince);
    }
    [[nodiscard]] static BuildSelector byVersionCode(std::string versionCode, TimePoint createdSince) {
        return with(&BuildSelector::versionCode, std::move(versionCode), createdSince);
    }
    [[nodiscard]] static BuildSelector byCommit(std::string commit, TimePoint createdSince) {
        return with(&BuildSelector::commit, std::move(commit), createdSince);
    }
    [[nodiscard]] static BuildSelector byBranch(std::string branch, TimePoint createdSince) {
        return with(&BuildSelector::branch, std::move(branch), createdSince);
    }
    [[nodiscard]] static BuildSelector byTag(std::string tag, TimePoint createdSince) {
        return with(&BuildSelector::tag, std::move(tag), createdSince);
    }
    [[nodiscard]] static BuildSelector byBuildNumber(std::string buildNumber, TimePoint createdSince) {
        return with(&BuildSelector::buildNumber, std::move(buildNumber), createdSince);
    }
    /// @}

private:
    using Text = std::optional<std::string> BuildSelector::*;

    static BuildSelector with(Text member, std::string value, std::optional<TimePoint> createdSince) {
        BuildSelector selector;
        selector.*member = std::move(value);
        selector.createdSince = createdSince;
        return selector;
    }
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

/// Waits for builds without blocking, for a program that has a loop of its own.
///
/// Call poll() now, and again after nextDelay(), until done(). Use a poller on one thread at a time.
/// WaitOptions::onEvent must not destroy the poller. Destroying the poller cancels its request. A poller that was moved
/// from is done, and results() returns ErrorKind::invalidArgument.
class APPLIVERY_API BuildPoller {
public:
    /// @{
    /// Begins a wait for one build, or for several builds with the same requests. An invalid argument ends the wait
    /// before anything is sent: results() then returns ErrorKind::invalidArgument. So does a wait for no build.
    BuildPoller(const BuildsClient& client, BuildSelector selector, WaitOptions options = {});
    BuildPoller(const BuildsClient& client, std::vector<BuildSelector> selectors, WaitOptions options = {});
    BuildPoller(const BuildsClient& client, std::initializer_list<BuildSelector> selectors, WaitOptions options = {})
        : BuildPoller(client, std::vector<BuildSelector>(selectors), std::move(options)) {}
    /// @}

    /// @{
    /// Moves the wait.
    BuildPoller(BuildPoller&&) noexcept;
    BuildPoller& operator=(BuildPoller&&) noexcept;
    /// @}

    ~BuildPoller();

    /// Begins a check that is due, or handles the response to the last request. @return done().
    bool poll();

    /// Returns whether the wait is over, and results() final.
    [[nodiscard]] bool done() const;

    /// Returns the time until the next poll() is useful. While a request is in flight, this is a short time.
    [[nodiscard]] std::chrono::milliseconds nextDelay() const;

    /// Returns one result for each selector, in their order; before done(), the results so far. Fails with the error
    /// that ended the wait, such as ErrorKind::authentication.
    [[nodiscard]] Result<std::vector<WaitResult>> results() const;

private:
    std::unique_ptr<detail::PollerState> state_;
};

}  // namespace applivery
APPLIVERY_WARNINGS_POP
