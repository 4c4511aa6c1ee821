/// @file
/// Statistics of builds, in one pass and bounded memory, whatever the service sends.
///
/// A build has no time if `createdAt` is absent, or more than a day after `now`: clocks do not differ by more than a
/// day. A build without a time is counted in all statistics that need no time, and is older than any build with a time.
/// Days and weeks are in UTC. Of builds with equal times, the first is the newest, because lists are newest first.
#pragma once

#include "statistics/build_brief.hpp"
#include "statistics/calendar.hpp"
#include "statistics/histogram.hpp"
#include "statistics/percentiles.hpp"
#include "statistics/profiles.hpp"
#include "statistics/top_counts.hpp"

#include <applivery/build.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace applivery::program {

/// Numbers of builds by status.
class StateCounts {
public:
    void add(BuildStatus status) { ++counts_.at(static_cast<std::size_t>(status)); }
    void add(const StateCounts& other) {
        for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    }
    [[nodiscard]] std::int64_t of(BuildStatus status) const { return counts_.at(static_cast<std::size_t>(status)); }
    [[nodiscard]] std::int64_t waiting() const { return of(BuildStatus::pending) + of(BuildStatus::inProgress); }
    [[nodiscard]] std::int64_t ended() const { return of(BuildStatus::processed) + of(BuildStatus::error); }
    [[nodiscard]] std::int64_t total() const { return waiting() + ended() + of(BuildStatus::unknown); }

    /// Returns the share of failed builds among those that ended; absent if none ended.
    [[nodiscard]] std::optional<double> failureRate() const {
        if (ended() == 0) return std::nullopt;
        return static_cast<double>(of(BuildStatus::error)) / static_cast<double>(ended());
    }

private:
    std::array<std::int64_t, 5> counts_{};
};

/// Times of builds, in the service's unit, which is not documented.
struct BuildTimes {
    Percentiles process;  ///< Of processed builds. Without 0, which the service also sends for an unknown time.
    Percentiles queue;    ///< Of processed and failed builds.

    void add(const BuildTimes& other) {
        process.add(other.process);
        queue.add(other.queue);
    }
};

/// The size of a processed build.
struct BuildSize {
    std::int64_t bytes = 0;
    std::string versionName{};
    TimePoint createdAt{};
};

/// Statistics of the builds of one week.
struct WeekStatistics {
    BuildTimes times{};
    StateCounts states{};
    std::optional<BuildSize> newestSize{};  ///< Of the newest processed build that has a size.
};

/// Statistics of a group of builds that are compared between two periods.
struct PeriodSummary {
    StateCounts states{};
    BuildTimes times{};

    void add(const PeriodSummary& other) {
        states.add(other.states);
        times.add(other.times);
    }
};

/// Statistics of the builds of one app for one operating system.
struct BuildGroup {
    // Limits of the lists below, which bound the memory.
    static constexpr std::size_t maxDays = 400;
    static constexpr std::size_t maxWeeks = 160;
    static constexpr std::size_t maxVersions = 12;

    std::string app;      ///< As the user named it; empty if the token implies it.
    std::string appName;  ///< The service's name of the app; empty if absent.
    std::string os;       ///< The service's text; empty if absent.

    StateCounts states;
    BuildTimes times;
    Histogram processTimes;             ///< Of the same numbers as times.process.
    Percentiles secondsUntilProcessed;  ///< From the creation to the last change of processed builds.
    std::optional<BuildBrief> newest;
    std::optional<BuildBrief> newestProcessed;
    std::optional<BuildBrief> oldestWaiting;  ///< Of the builds that are pending or in progress.
    std::optional<ProfileKey> newestProfile;  ///< Profile of `newestProcessed`; absent if it has none.
    std::vector<BuildBrief> versions;         ///< The newest build of each version name, newest first.
    bool hasMoreVersions = false;             ///< Whether older versions were dropped.
    std::map<Days, WeekStatistics> weeks;     ///< By Monday; the newest weeks, at most maxWeeks.
    bool hasMoreWeeks = false;                ///< Whether earlier weeks were dropped.
    std::map<Days, StateCounts> days;         ///< The newest days, at most maxDays.
    StateCounts earlier;                      ///< Of the days that are no longer in `days`.
    StateCounts undated;                      ///< Of builds without a time.
};

/// A failed build, as an example of its errorCode.
struct FailedBuild {
    std::string app;
    std::string os;
    BuildBrief build;
    std::string error;  ///< Build::error; empty if absent.
};

/// The failed builds with the same errorCode.
struct FailureCause {
    static constexpr std::size_t maxExamples = 3;

    std::int64_t count = 0;
    std::vector<FailedBuild> newest;  ///< At most maxExamples, newest first.
};

/// The period of the statistics, and the previous period if the statistics compare.
struct Period {
    TimePoint now;  ///< End of the period. Ages are relative to this.
    /// Beginning of the period. The iteration leaves out older builds, unless `previousSince` is present.
    std::optional<TimePoint> since{};
    /// Beginning of the previous period, which ends at `since`; absent if the statistics do not compare. If present,
    /// the iteration leaves out only builds older than this time. Builds from before `since` are counted only by
    /// BuildStatistics::previous().
    std::optional<TimePoint> previousSince{};
    /// Added to `since` to obtain the end of the previous period by the service's clock: sinceCorrection().
    std::chrono::seconds sinceCorrection{0};
};

/// Returns the beginning of the previous period, which is as long as the period from `since` to `now`.
[[nodiscard]] TimePoint previousBegin(TimePoint since, TimePoint now);

/// @{
/// Returns whether the period does not contain the whole day, or the whole week. The numbers of such a day or week
/// cannot be compared.
[[nodiscard]] bool isPartialDay(Days day, const Period& period);
[[nodiscard]] bool isPartialWeek(Days monday, const Period& period);
/// @}

/// Identifies a BuildGroup.
struct GroupKey {
    std::string app;
    std::string os;

    friend bool operator<(const GroupKey& a, const GroupKey& b) {
        return std::tie(a.app, a.os) < std::tie(b.app, b.os);
    }
};

/// Collects the statistics of a list of builds.
class BuildStatistics {
public:
    static constexpr std::size_t maxSystems = 16;  ///< Per app; builds for further systems count as builds without one.
    static constexpr std::size_t maxErrorCodes = 100;  ///< Further codes are counted by failuresByOtherCodes().
    static constexpr std::size_t maxProfiles = Profiles::maxOthers;  ///< Of the profiles that are not current.

    explicit BuildStatistics(Period period) : period_(period) {}

    /// Adds a build. @param app as the user named it; empty if the token implies it.
    void add(const Build& build, const std::string& app);

    [[nodiscard]] const Period& period() const noexcept { return period_; }

    /// Moves the end of the period, before builds of a later refresh are added.
    void setNow(TimePoint now) { period_.now = now; }

    /// Returns Build::createdAt; absent if it is unknown, or more than a day in the future.
    [[nodiscard]] OptionalTime timeOf(const Build& build) const;

    /// Returns the fields of a build that statistics show.
    [[nodiscard]] BuildBrief briefOf(const Build& build) const { return makeBrief(build, timeOf(build)); }

    /// Returns the statistics by app and system.
    [[nodiscard]] const std::map<GroupKey, BuildGroup>& groups() const noexcept { return groups_; }

    /// Returns whether an app has builds for more than maxSystems systems.
    [[nodiscard]] bool hasMoreSystems() const noexcept { return hasMoreSystems_; }

    /// Returns the statistics of the previous period, by app and system; empty without Period::previousSince.
    [[nodiscard]] const std::map<GroupKey, PeriodSummary>& previous() const noexcept { return previous_; }

    /// Returns failures by `errorCode`, which is empty for failures without one.
    [[nodiscard]] const std::map<std::string, FailureCause>& failures() const noexcept { return failures_; }

    /// Returns the number of failures with codes that failures() does not contain.
    [[nodiscard]] std::int64_t failuresByOtherCodes() const noexcept { return failuresByOtherCodes_; }

    [[nodiscard]] const TopCounts& branches() const noexcept { return branches_; }

    /// Returns uploaders by name, or else by email address, or else by id.
    [[nodiscard]] const TopCounts& uploaders() const noexcept { return uploaders_; }

    /// Returns the profiles that expire next first, and then those that have expired, newest expiry first. Each current
    /// profile is among them.
    [[nodiscard]] std::vector<Profile> profiles() const { return profiles_.sorted(period_.now); }
    [[nodiscard]] bool hasMoreProfiles() const noexcept { return !profiles_.isComplete(); }

    /// Returns the profile of the group's newest processed build; null if this build has no profile.
    [[nodiscard]] const Profile* profileOf(const BuildGroup& group) const {
        return group.newestProfile ? profiles_.find(*group.newestProfile) : nullptr;
    }

private:
    [[nodiscard]] GroupKey keyOf(const Build& build, const std::string& app);
    void addFailure(const GroupKey& key, LazyBrief& brief);
    void addProfile(BuildGroup& group, LazyBrief& brief, bool isNewestProcessed);

    Period period_;
    std::map<GroupKey, BuildGroup> groups_;
    std::map<GroupKey, PeriodSummary> previous_;
    std::map<std::string, std::set<std::string>> systems_;  // by app
    bool hasMoreSystems_ = false;
    std::map<std::string, FailureCause> failures_;
    std::int64_t failuresByOtherCodes_ = 0;
    TopCounts branches_;
    TopCounts uploaders_;
    Profiles profiles_;
};

}  // namespace applivery::program
