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
    /// clock and the service's. A build whose age is unknown does not match: see WaitResult::buildsOfUnknownAge.
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

/// Describes what happened during a wait.
struct WaitEvent {
    /// Kinds of events.
    enum class Kind {
        found,          ///< The build was seen for the first time.
        statusChanged,  ///< The status of the build differs from the last check.
        lost,           ///< The build was seen before, and is no longer in the list.
        checkFailed,    ///< A check failed. The wait continues.
        checked,        ///< A check ended. Comes after all other events of that check.
        unknownAge,     ///< The wait ignored a build that matches except that its age is unknown. Once for each build.
    };
    Kind kind = Kind::checked;               ///< What happened.
    std::size_t selector = 0;                ///< Index of the selector; 0 if the event belongs to none.
    std::optional<Build> build{};            ///< The build as it was last seen; of unknownAge, the ignored build.
    std::optional<Error> error{};            ///< Of checkFailed: the error.
    std::chrono::milliseconds elapsed{0};    ///< Time since the wait began.
    std::chrono::milliseconds nextCheck{0};  ///< Of checked: time until the next check; 0 if there is none.
};

/// Options of a wait.
struct WaitOptions {
    /// Time limit of the wait. The last check begins at this limit, or earlier if checks take longer than one second.
    /// The wait ends within this limit plus one second, however slow the service is.
    ///
    /// 0 makes one check, which must be complete within one second. Set a few seconds if the service may be slower: the
    /// wait still ends as soon as the build is processed or has failed.
    std::chrono::milliseconds timeout = std::chrono::minutes{20};
    /// Time limit until the build is first seen. Only complete checks count: the wait continues after a failed check,
    /// and a first check that lasts longer is completed. `timeout` bounds the wait in any case.
    std::chrono::milliseconds findTimeout = std::chrono::minutes{5};
    std::chrono::milliseconds minDelay = std::chrono::seconds{3};   ///< Time between the first checks.
    std::chrono::milliseconds maxDelay = std::chrono::seconds{20};  ///< Longest time between checks.
    /// Receives the events, on the thread that waits or on the thread of the callback. Exceptions are ignored.
    std::function<void(const WaitEvent&)> onEvent{};
    CancellationToken cancel{};        ///< Ends the wait with WaitOutcome::cancelled.
    std::shared_ptr<Clock> clock{};    ///< Null: the client's clock.
    std::function<double()> random{};  ///< Returns 0 to 1, for the jitter of the delays. Null: the library's generator.
};

/// How a wait ended.
enum class WaitOutcome {
    processed,         ///< The build can be installed.
    failed,            ///< The build has the status `error`: see Build::error and Build::errorCode.
    timedOutPending,   ///< The build was seen, and was not processed in time. See WaitResult::lastSeenAt.
    timedOutNotFound,  ///< The build was not seen in time, or is no longer in the list. See WaitResult::lastCheckAt.
    ambiguous,         ///< Several builds match: see WaitResult::candidates.
    cancelled,         ///< The token was cancelled, or the client was destroyed.
};

/// Returns the enumerator's name.
[[nodiscard]] APPLIVERY_API std::string_view toString(WaitOutcome outcome) noexcept;

/// Result of a wait for one build. All times count from the beginning of the wait.
struct WaitResult {
    WaitOutcome outcome = WaitOutcome::timedOutNotFound;     ///< How the wait ended.
    std::optional<Build> build{};                            ///< The build as it was last seen.
    std::vector<Build> candidates{};                         ///< Of ambiguous: all builds that match.
    int polls = 0;                                           ///< Number of checks.
    int transientFailures = 0;                               ///< Number of checks that failed.
    std::chrono::milliseconds elapsed{0};                    ///< Duration of the wait.
    std::optional<std::chrono::milliseconds> timeToFound{};  ///< When the build was first seen.
    std::optional<std::chrono::milliseconds> lastSeenAt{};   ///< When `build` was last seen, with the status there.
    /// When the last complete check ended. Absent if no check was completed: whether the build exists is unknown.
    std::optional<std::chrono::milliseconds> lastCheckAt{};
    /// Number of checks that failed since the last complete check. Above 0, the build may have changed since
    /// `lastSeenAt`.
    int consecutiveFailures = 0;
    std::optional<Error> lastError{};  ///< Error of the last check; absent if that check was complete.
    int pagesOfFirstCheck = 0;         ///< Number of pages that the first check read.
    int pagesOfLastCheck = 0;          ///< Number of pages that the last check read.
    bool hasUnreadPages = false;       ///< The last check did not read all pages on which the build may be.
    /// Number of builds that match except that their age is unknown (Build::createdAt is absent). The wait ignored
    /// them.
    int buildsOfUnknownAge = 0;
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
