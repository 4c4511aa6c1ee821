/// @file
/// What a dashboard tells of builds: gathered build by build, in one pass and bounded memory, whatever the service
/// sends.
///
/// Of times: a build without `createdAt`, or with one more than a day after `now` (no two clocks agree, but none of
/// them is a day ahead), is counted wherever no time is asked for, and is older than any other. Days and weeks are
/// those of UTC. Of equals, the first that comes is the newest: lists are newest first.
#pragma once

#include "statistics/calendar.hpp"
#include "statistics/histogram.hpp"
#include "statistics/percentiles.hpp"
#include "statistics/top_counts.hpp"

#include <applivery/build.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery::program {

/// Whether the service is through with it, for better or worse.
[[nodiscard]] inline bool isFinal(const Build& build) {
    return build.status == BuildStatus::processed || build.status == BuildStatus::error;
}

/// Builds by state.
class StateCounts {
public:
    void add(BuildStatus status) { ++counts_.at(static_cast<std::size_t>(status)); }
    void add(const StateCounts& other) {
        for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    }
    [[nodiscard]] std::int64_t of(BuildStatus status) const { return counts_.at(static_cast<std::size_t>(status)); }
    [[nodiscard]] std::int64_t waiting() const { return of(BuildStatus::pending) + of(BuildStatus::inProgress); }
    [[nodiscard]] std::int64_t total() const {
        return waiting() + of(BuildStatus::processed) + of(BuildStatus::error) + of(BuildStatus::unknown);
    }

private:
    std::array<std::int64_t, 5> counts_{};
};

/// What is kept of a single build. Texts are the service's, of 300 columns at most.
struct BuildBrief {
    std::string id;
    std::string versionName;
    std::string versionCode;
    OpenEnum<BuildStatus> status;
    OptionalTime createdAt;  ///< Absent too where it is in the future.
    std::optional<std::int64_t> size;
};

/// The times of builds as the service counts them, in a unit that it does not document.
struct BuildTimes {
    Percentiles process;  ///< Of processed builds; without 0, which the service also sends for what is not known.
    Percentiles queue;    ///< Of builds that have been processed or have failed.
};

/// The builds of one app for one system.
struct BuildGroup {
    static constexpr std::size_t mostDays = 400;
    static constexpr std::size_t mostWeeks = 160;
    static constexpr std::size_t mostVersions = 12;

    std::string app;      ///< As the user named it; empty where the token says which.
    std::string appName;  ///< As the service calls it; empty where it does not say.
    std::string os;       ///< The service's text; empty where there is none.

    StateCounts all;
    std::optional<BuildBrief> newest;
    std::optional<BuildBrief> newestProcessed;
    std::optional<BuildBrief> oldestWaiting;  ///< Of those that are pending or in progress; how many: all.waiting().
    std::vector<BuildBrief> versions;         ///< The newest build of each version name, newest first.

    // From here on, of builds of the period alone.
    StateCounts period;  ///< Its errors are the failures of the period.
    BuildTimes times;
    Histogram processTimes;            ///< As of times.process.
    std::map<Days, BuildTimes> weeks;  ///< By their Monday, the newest that there is room for.
    std::map<Days, StateCounts> days;  ///< The newest that there is room for.
    StateCounts earlier;               ///< Of the days for which there was no room.
    StateCounts undated;               ///< Of no day, since their time is absent or in the future.
};

/// A failed build, as an example of what it failed by.
struct FailedBuild {
    std::string app;
    std::string os;
    BuildBrief build;
    std::string error;  ///< For people; empty where the service says nothing.
};

struct FailureCause {
    static constexpr std::size_t mostExamples = 3;

    std::int64_t count = 0;
    std::vector<FailedBuild> newest;
};

/// A provisioning profile that builds were made with.
struct Profile {
    std::string app;
    std::string bundleIdentifier;
    std::string team;  ///< Its name, or else its identifier.
    std::string signingType;
    Days expires{};  ///< The day on which it does.
    std::int64_t builds = 0;
    BuildBrief newest;  ///< Of these builds.

    /// Whole days; below 0 for a profile that has expired.
    [[nodiscard]] int daysLeft(TimePoint now) const { return (expires - dayOf(now)).count(); }
};

/// What the builds are told against.
struct Period {
    TimePoint now;
    std::optional<TimePoint> since{};  ///< Absent for all that there is. A build without a time is of any period.
};

class BuildStatistics {
public:
    static constexpr std::size_t mostSystems = 16;  ///< Of an app; builds for others count as for no system.
    static constexpr std::size_t mostCauses = 100;  ///< Failures by others are counted as such.
    static constexpr std::size_t mostProfiles = 50;

    explicit BuildStatistics(Period period) : period_(period) {}

    /// @param app as the user named it; empty where the token says which.
    void add(const Build& build, const std::string& app);

    [[nodiscard]] const Period& period() const noexcept { return period_; }

    /// For builds that are added later than the first; the period's begin stays.
    void setNow(TimePoint now) { period_.now = now; }

    /// When the build was made; absent where that is not known, or in the future.
    [[nodiscard]] OptionalTime timeOf(const Build& build) const;

    /// By app and system.
    [[nodiscard]] const std::map<std::pair<std::string, std::string>, BuildGroup>& groups() const noexcept {
        return groups_;
    }

    /// Failures of the period by `errorCode`, empty where there is none.
    [[nodiscard]] const std::map<std::string, FailureCause>& failures() const noexcept { return failures_; }
    [[nodiscard]] std::int64_t failuresByOtherCauses() const noexcept { return failuresByOtherCauses_; }

    // Of builds of the period that say so.
    [[nodiscard]] const TopCounts& branches() const noexcept { return branches_; }
    [[nodiscard]] const TopCounts& uploaders() const noexcept {
        return uploaders_;
    }  ///< By name, else address, else id.

    /// Those that expire next first, then those that have expired, the latest first. Where there are more than
    /// mostProfiles, those of the newest builds.
    [[nodiscard]] std::vector<Profile> profiles() const;
    [[nodiscard]] bool hasMoreProfiles() const noexcept { return hasMoreProfiles_; }

private:
    BuildGroup& groupOf(const Build& build, const std::string& app);
    [[nodiscard]] BuildBrief briefOf(const Build& build) const;
    [[nodiscard]] bool isOfPeriod(const BuildBrief& brief) const;
    void addFailure(const Build& build, const BuildGroup& group, const BuildBrief& brief);
    void addProfile(const Build& build, const std::string& app, const BuildBrief& brief);

    Period period_;
    std::map<std::pair<std::string, std::string>, BuildGroup> groups_;
    std::map<std::string, std::size_t> systems_;  // how many an app has
    std::map<std::string, FailureCause> failures_;
    std::int64_t failuresByOtherCauses_ = 0;
    TopCounts branches_;
    TopCounts uploaders_;
    std::vector<Profile> profiles_;
    bool hasMoreProfiles_ = false;
};

}  // namespace applivery::program
