/// @file
/// Statistics of builds, in one pass and bounded memory, whatever the service sends.
///
/// A build without `createdAt` has no time. Neither has a build whose `createdAt` is more than a day after `now`:
/// clocks differ, but not by a day. Such builds are counted in all statistics that need no time, and are older than any
/// other. Days and weeks are in UTC. Of builds with equal times the first is the newest, because lists are newest
/// first.
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

/// Numbers of builds by status.
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

/// The kept part of a build. Texts are the service's, shortened to 300 columns.
struct BuildBrief {
    std::string id;
    std::string versionName;
    std::string versionCode;
    OpenEnum<BuildStatus> status;
    OptionalTime createdAt;  ///< BuildStatistics::timeOf()
    std::optional<std::int64_t> size;
};

/// Times of builds, in the service's unit, which is not documented.
struct BuildTimes {
    Percentiles process;  ///< Of processed builds. Without 0, which the service also sends for an unknown time.
    Percentiles queue;    ///< Of processed and failed builds.
};

/// Statistics of the builds of one app for one operating system.
struct BuildGroup {
    static constexpr std::size_t maxDays = 400;
    static constexpr std::size_t maxWeeks = 160;
    static constexpr std::size_t maxVersions = 12;

    std::string app;      ///< As the user named it; empty if the token implies it.
    std::string appName;  ///< The service's name of the app; empty if absent.
    std::string os;       ///< The service's text; empty if absent.

    StateCounts states;
    BuildTimes times;
    Histogram processTimes;  ///< Of the same numbers as times.process.
    std::optional<BuildBrief> newest;
    std::optional<BuildBrief> newestProcessed;
    std::optional<BuildBrief> oldestWaiting;  ///< Of the builds that are pending or in progress.
    std::vector<BuildBrief> versions;         ///< The newest build of each version name, newest first.
    std::map<Days, BuildTimes> weeks;         ///< By Monday; the newest weeks, at most maxWeeks.
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

struct FailureCause {
    static constexpr std::size_t maxExamples = 3;

    std::int64_t count = 0;
    std::vector<FailedBuild> newest;
};

/// A provisioning profile that builds were signed with.
struct Profile {
    std::string app;
    std::string bundleIdentifier;
    std::string team;  ///< Name of the team, or else its identifier.
    std::string signingType;
    Days expires{};  ///< Day of the expiry.
    std::int64_t builds = 0;
    BuildBrief newest;  ///< The newest of these builds.

    /// Returns whole days until the expiry; negative after it.
    [[nodiscard]] int daysLeft(TimePoint now) const { return (expires - dayOf(now)).count(); }
};

/// The period of the statistics.
struct Period {
    TimePoint now;                     ///< The ages are relative to this.
    std::optional<TimePoint> since{};  ///< WalkOptions::createdSince of the iteration, which leaves out older builds.
};

class BuildStatistics {
public:
    static constexpr std::size_t maxSystems = 16;  ///< Per app; builds for further systems count as builds without one.
    static constexpr std::size_t maxCauses = 100;  ///< Further codes are counted by failuresByOtherCauses().
    static constexpr std::size_t maxProfiles = 50;

    explicit BuildStatistics(Period period) : period_(period) {}

    /// Adds a build. @param app as the user named it; empty if the token implies it.
    void add(const Build& build, const std::string& app);

    [[nodiscard]] const Period& period() const noexcept { return period_; }

    /// Moves the end of the period, before builds of a later refresh are added.
    void setNow(TimePoint now) { period_.now = now; }

    /// Returns Build::createdAt; absent if it is unknown, or more than a day in the future.
    [[nodiscard]] OptionalTime timeOf(const Build& build) const;

    /// Returns the statistics by app and system.
    [[nodiscard]] const std::map<std::pair<std::string, std::string>, BuildGroup>& groups() const noexcept {
        return groups_;
    }

    /// Returns failures by `errorCode`, which is empty for failures without one.
    [[nodiscard]] const std::map<std::string, FailureCause>& failures() const noexcept { return failures_; }
    [[nodiscard]] std::int64_t failuresByOtherCauses() const noexcept { return failuresByOtherCauses_; }

    [[nodiscard]] const TopCounts& branches() const noexcept { return branches_; }

    /// Returns uploaders by name, or else by email address, or else by id.
    [[nodiscard]] const TopCounts& uploaders() const noexcept { return uploaders_; }

    /// Returns the profiles that expire next first, and then those that have expired, newest expiry first. If there are
    /// more than maxProfiles, returns the profiles of the newest builds.
    [[nodiscard]] std::vector<Profile> profiles() const;
    [[nodiscard]] bool hasMoreProfiles() const noexcept { return hasMoreProfiles_; }

private:
    BuildGroup& groupOf(const Build& build, const std::string& app);
    [[nodiscard]] BuildBrief briefOf(const Build& build) const;
    void addFailure(const Build& build, const BuildGroup& group, const BuildBrief& brief);
    void addProfile(const Build& build, const std::string& app, const BuildBrief& brief);

    Period period_;
    std::map<std::pair<std::string, std::string>, BuildGroup> groups_;
    std::map<std::string, std::size_t> systems_;  // number of systems by app
    std::map<std::string, FailureCause> failures_;
    std::int64_t failuresByOtherCauses_ = 0;
    TopCounts branches_;
    TopCounts uploaders_;
    std::vector<Profile> profiles_;
    bool hasMoreProfiles_ = false;
};

}  // namespace applivery::program
