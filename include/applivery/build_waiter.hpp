/// @file
/// Defines the types of a wait for a build, such as after an upload.
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
/// A build matches if every member that is set equals the build's value. Texts are compared without surrounding white
/// space.
///
/// The library compares all members itself. The requests of a wait also contain these filters of the service:
///
/// - `versionName`, if all selectors have the same one.
/// - `os`, if all selectors have the same one, and the service documents this filter: see BuildFilter::os.
///
/// A selector needs `id`, `createdSince` or `anyAge`. Otherwise an older build of the same version could match, and the
/// wait fails with ErrorKind::invalidArgument.
///
/// @code
/// const auto uploadedAt = std::chrono::system_clock::now();
/// // The program uploads the build here.
/// applivery::BuildSelector selector = applivery::BuildSelector::byVersion("2.5.0", uploadedAt);
/// selector.os = applivery::Os::android;
/// const applivery::Result<applivery::WaitResult> result = client.waitUntilBuildProcessed(selector);
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
    /// Earliest Build::createdAt, by the clock of this machine.
    ///
    /// The wait corrects a difference of up to one day between the clocks of this machine and of the service. A build
    /// without Build::createdAt does not match: see WaitResult::buildsOfUnknownAge.
    std::optional<TimePoint> createdSince{};
    bool anyAge = false;  ///< Whether builds of any age match.

    /// Returns whether no property of a build is set. `anyAge` alone selects no build.
    [[nodiscard]] bool isEmpty() const noexcept {
        return !id && !versionName && !versionCode && !commit && !branch && !tag && !buildNumber && !os &&
               !createdSince;
    }

    /// Returns whether the selector needs `createdSince` or `anyAge`, because it has no `id`.
    [[nodiscard]] bool isMissingAge() const noexcept { return !id && !createdSince && !anyAge; }

    /// Returns whether the build matches every member that is set, except for `createdSince`.
    ///
    /// Compares as a wait does. An iteration can compare the age: see WalkOptions::createdSinceIsLocal.
    [[nodiscard]] APPLIVERY_API bool matches(const Build& build) const;

    /// @{
    /// Creates a selector that a wait accepts. Set further members, such as `os`, to exclude other builds.
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

/// Describes an event of a wait.
struct WaitEvent {
    /// Lists the kinds of events.
    enum class Kind {
        found,          ///< The build was seen for the first time.
        statusChanged,  ///< The status of the build differs from that of the last check.
        lost,           ///< The build was seen before, and is no longer in the list.
        checkFailed,    ///< A check failed. The wait continues.
        checked,        ///< A check ended. Comes after all other events of the check.
        unknownAge,     ///< The wait ignored a build that matches except for its unknown age. Once for each build.
    };
    Kind kind = Kind::checked;               ///< Kind of the event.
    std::size_t selector = 0;                ///< Index of the selector; 0 if the event belongs to none.
    std::optional<Build> build{};            ///< Build as it was last seen; of unknownAge, the ignored build.
    std::optional<Error> error{};            ///< Error of checkFailed.
    std::chrono::milliseconds elapsed{0};    ///< Time since the wait began.
    std::chrono::milliseconds nextCheck{0};  ///< Of checked: time until the next check; 0 if there is none.
};

/// Configures a wait.
///
/// @code
/// applivery::WaitOptions options;
/// options.timeout = std::chrono::minutes{30};
/// options.onEvent = [](const applivery::WaitEvent& event) {
///     if (event.build) std::cerr << *event.build << '\n';
/// };
/// @endcode
struct WaitOptions {
    /// Time limit of the wait.
    ///
    /// The last check begins at this limit, or earlier if checks take longer than one second. The wait ends within this
    /// limit plus one second, however slow the service is.
    ///
    /// 0 makes one check, which must be complete within one second. For a slower service, set a few seconds: the wait
    /// still ends as soon as the build is processed or has failed.
    std::chrono::milliseconds timeout = std::chrono::minutes{20};
    /// Time limit until the build is first seen, or seen again after WaitEvent::Kind::lost.
    ///
    /// Only complete checks count. The wait continues after a failed check, and completes a first check that lasts
    /// longer. `timeout` limits the wait in any case.
    std::chrono::milliseconds findTimeout = std::chrono::minutes{5};
    /// Time between the first two checks, above 0. Each later time is longer by half.
    ///
    /// A jitter of up to a tenth is added to each time or subtracted from it. A longer `Retry-After` replaces the time.
    std::chrono::milliseconds minDelay = std::chrono::seconds{3};
    std::chrono::milliseconds maxDelay = std::chrono::seconds{20};  ///< Longest time between checks, before the jitter.
    /// Receives the events, on the thread that blocks in the wait or on the thread of the callback. Exceptions are
    /// ignored.
    std::function<void(const WaitEvent&)> onEvent{};
    CancellationToken cancel{};        ///< Ends the wait with WaitOutcome::cancelled.
    std::shared_ptr<Clock> clock{};    ///< Clock of the wait. Null: the client's clock.
    std::function<double()> random{};  ///< Returns 0 to 1, for the jitter. Null: the library's generator.
};

/// Lists the ways in which a wait ends.
enum class WaitOutcome {
    processed,  ///< The build is processed and can be installed.
    failed,     ///< The build has the status `error`: see Build::error and Build::errorCode.
    /// The build was seen, and reached neither `processed` nor `error` in time: see WaitResult::lastSeenAt.
    ///
    /// The status of WaitResult::build may be BuildStatus::unknown, such as `pending_deletion`. Such a build is not
    /// necessarily pending.
    timedOutPending,
    timedOutNotFound,  ///< The build was not seen in time, or is no longer in the list: see WaitResult::lastCheckAt.
    ambiguous,         ///< Several builds match: see WaitResult::candidates.
    cancelled,         ///< The token was cancelled, or the client was destroyed.
};

/// Returns the enumerator's name.
[[nodiscard]] APPLIVERY_API std::string_view toString(WaitOutcome outcome) noexcept;

/// Describes the end of a wait for one build. All times count from the beginning of the wait.
///
/// @code
/// const auto result = client.waitUntilBuildProcessed(applivery::BuildSelector::byId(buildId));
/// if (!result) {
///     std::cerr << result.error() << '\n';
/// } else if (result->outcome == applivery::WaitOutcome::failed) {
///     std::cerr << applivery::printable(result->build->error.value_or("no reason")) << '\n';
/// } else {
///     std::cout << toString(result->outcome) << '\n';
/// }
/// @endcode
struct WaitResult {
    WaitOutcome outcome = WaitOutcome::timedOutNotFound;     ///< Way in which the wait ended.
    std::optional<Build> build{};                            ///< Build as it was last seen.
    std::vector<Build> candidates{};                         ///< Of ambiguous: all builds that match.
    int polls = 0;                                           ///< Number of checks.
    int transientFailures = 0;                               ///< Number of checks that failed.
    std::chrono::milliseconds elapsed{0};                    ///< Duration of the wait.
    std::optional<std::chrono::milliseconds> timeToFound{};  ///< Time at which the build was first seen.
    std::optional<std::chrono::milliseconds> lastSeenAt{};   ///< Time at which the build had the state of `build`.
    /// Time at which the last complete check ended. Absent if no check was complete: the build may or may not exist.
    std::optional<std::chrono::milliseconds> lastCheckAt{};
    /// Number of checks that failed since the last complete check. If above 0, the build may have changed since
    /// `lastSeenAt`.
    int consecutiveFailures = 0;
    std::optional<Error> lastError{};  ///< Error of the last check; absent if this check was complete.
    /// Number of pages that the first complete check read. If no check was complete, the same as `pagesOfLastCheck`.
    int pagesOfFirstCheck = 0;
    int pagesOfLastCheck = 0;     ///< Number of pages that the last check read.
    bool hasUnreadPages = false;  ///< Whether the last check left pages unread on which the build may be.
    /// Number of builds that match except for their unknown age (Build::createdAt is absent). The wait ignored these
    /// builds.
    int buildsOfUnknownAge = 0;
};

namespace detail {
class WaitStateMachine;
class PollerState;
}  // namespace detail

/// Waits for builds without blocking, for a program with its own event loop.
///
/// Call poll() at once, and again after nextDelay(), until done() is true.
///
/// @code
/// applivery::BuildPoller poller(client, applivery::BuildSelector::byId(buildId));
/// while (!poller.poll()) {
///     // The program does its own work here, and calls poll() again after the delay.
///     std::this_thread::sleep_for(poller.nextDelay());
/// }
/// if (poller.results()) std::cout << toString(poller.results()->front().outcome) << '\n';
/// @endcode
///
/// Use a poller on one thread at a time. WaitOptions::onEvent must not destroy the poller. The destructor cancels the
/// request in flight. A moved-from poller is done, and its results() are ErrorKind::invalidArgument.
class APPLIVERY_API BuildPoller {
public:
    /// @{
    /// Creates a poller for one build, or for several builds with the same requests. The first poll() begins the wait.
    ///
    /// If an argument is invalid, nothing is sent, and results() returns ErrorKind::invalidArgument. An empty list of
    /// selectors is invalid.
    BuildPoller(const BuildsClient& client, BuildSelector selector, WaitOptions options = {});
    BuildPoller(const BuildsClient& client, std::vector<BuildSelector> selectors, WaitOptions options = {});
    BuildPoller(const BuildsClient& client, std::initializer_list<BuildSelector> selectors, WaitOptions options = {})
        : BuildPoller(client, std::vector<BuildSelector>(selectors), std::move(options)) {}
    /// @}

    /// @{
    /// Transfers the wait.
    BuildPoller(BuildPoller&&) noexcept;
    BuildPoller& operator=(BuildPoller&&) noexcept;
    /// @}

    ~BuildPoller();

    /// Begins a check that is due, or handles the response to the last request. Does not block. Returns done().
    bool poll();

    /// Returns whether the wait is over. If so, results() is final.
    [[nodiscard]] bool done() const;

    /// Returns the time after which the next poll() is useful. The time is short while a request is in flight.
    [[nodiscard]] std::chrono::milliseconds nextDelay() const;

    /// Returns one result for each selector, in the order of the selectors. Before done(), returns the results so far.
    ///
    /// If an error ended the wait, such as ErrorKind::authentication, returns this error.
    [[nodiscard]] Result<std::vector<WaitResult>> results() const;

private:
    std::unique_ptr<detail::PollerState> state_;
};

}  // namespace applivery
APPLIVERY_WARNINGS_POP
