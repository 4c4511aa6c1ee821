#include "statistics/build_statistics.hpp"

#include "build_parts.hpp"

#include <algorithm>

namespace applivery::program {
namespace {

// Returns whether `newest` was replaced.
bool replaceIfNewer(std::optional<BuildBrief>& newest, LazyBrief& brief) {
    if (newest && !isNewer(brief.createdAt(), newest->createdAt)) return false;
    newest = brief.get();
    return true;
}

// Replaces `oldest` by an older build, or by a later build of the list with the same time. A build with a time replaces
// a build without one.
void replaceIfOlder(std::optional<BuildBrief>& oldest, LazyBrief& brief) {
    const OptionalTime& time = brief.createdAt();
    const bool isOlder = !oldest || (time && (!oldest->createdAt || *time <= *oldest->createdAt));
    if (isOlder) oldest = brief.get();
}

// Inserts an item into a list that is sorted from newest to oldest. Drops the oldest item if the list has more than
// `limit` items. Returns whether an item was dropped.
template <typename T, typename IsNewer>
bool insertByAge(std::vector<T>& newestFirst, T item, std::size_t limit, const IsNewer& isNewerItem) {
    const auto position = std::upper_bound(newestFirst.begin(), newestFirst.end(), item, isNewerItem);
    newestFirst.insert(position, std::move(item));
    if (newestFirst.size() <= limit) return false;
    newestFirst.pop_back();
    return true;
}

// Keeps the newest build of each of the newest versions.
void addVersion(BuildGroup& group, LazyBrief& brief) {
    std::vector<BuildBrief>& versions = group.versions;
    const bool isFull = versions.size() >= BuildGroup::maxVersions;
    const bool isTooOld = isFull && !isNewer(brief.createdAt(), versions.back().createdAt);
    if (isTooOld && group.hasMoreVersions) return;
    const std::string name = boundedText(brief.build().versionName);
    const auto sameVersion = std::find_if(versions.begin(), versions.end(),
                                          [&](const BuildBrief& version) { return version.versionName == name; });
    if (sameVersion != versions.end()) {
        if (!isNewer(brief.createdAt(), sameVersion->createdAt)) return;
        versions.erase(sameVersion);
    } else if (isTooOld) {
        group.hasMoreVersions = true;
        return;
    }
    const auto isNewerBuild = [](const BuildBrief& a, const BuildBrief& b) { return isNewer(a, b); };
    if (insertByAge(versions, brief.get(), BuildGroup::maxVersions, isNewerBuild)) group.hasMoreVersions = true;
}

// Returns the processing time of a processed build; absent if it is 0, which the service also sends for an unknown
// time.
std::optional<double> processTimeOf(const Build& build) {
    const bool isKnown = build.status == BuildStatus::processed && build.processTime && *build.processTime > 0;
    return isKnown ? build.processTime : std::nullopt;
}

void addTimes(BuildTimes& times, const Build& build) {
    if (const auto time = processTimeOf(build)) times.process.add(*time);
    if (isFinal(build) && build.queuedTime) times.queue.add(*build.queuedTime);
}

// Approximates the end of the processing by the last change. A later change, such as of a tag, makes the time longer.
void addSecondsUntilProcessed(Percentiles& seconds, const Build& build) {
    if (build.status != BuildStatus::processed || !build.createdAt || !build.updatedAt) return;
    // A difference in the unit of TimePoint could overflow.
    using Seconds = std::chrono::duration<double>;
    seconds.add((Seconds(build.updatedAt->time_since_epoch()) - Seconds(build.createdAt->time_since_epoch())).count());
}

void addToWeek(WeekStatistics& week, const Build& build, TimePoint createdAt) {
    week.states.add(build.status);
    addTimes(week.times, build);
    if (build.status != BuildStatus::processed || !build.size) return;
    if (week.newestSize && week.newestSize->createdAt >= createdAt) return;
    week.newestSize = {*build.size, boundedText(build.versionName), createdAt};
}

void addToCalendar(BuildGroup& group, const Build& build, TimePoint createdAt) {
    const Days day = dayOf(createdAt);
    group.days[day].add(build.status);
    if (group.days.size() > BuildGroup::maxDays) {
        group.earlier.add(group.days.begin()->second);
        group.days.erase(group.days.begin());
    }
    addToWeek(group.weeks[mondayOf(day)], build, createdAt);
    if (group.weeks.size() > BuildGroup::maxWeeks) {
        group.weeks.erase(group.weeks.begin());
        group.hasMoreWeeks = true;
    }
}

// Returns whether the build is the newest processed build of the group so far.
bool addToGroup(BuildGroup& group, LazyBrief& brief) {
    const Build& build = brief.build();
    if (group.appName.empty()) group.appName = appNameOf(build);
    group.states.add(build.status);
    replaceIfNewer(group.newest, brief);
    const bool isNewestProcessed =
        build.status == BuildStatus::processed && replaceIfNewer(group.newestProcessed, brief);
    if (isWaiting(build)) replaceIfOlder(group.oldestWaiting, brief);
    addVersion(group, brief);
    addTimes(group.times, build);
    addSecondsUntilProcessed(group.secondsUntilProcessed, build);
    if (const auto time = processTimeOf(build)) group.processTimes.add(*time);
    if (brief.createdAt()) {
        addToCalendar(group, build, *brief.createdAt());
    } else {
        group.undated.add(build.status);
    }
    return isNewestProcessed;
}

// Returns whether a day or a week is partly outside the period. Compares seconds, because a day can be out of the range
// of TimePoint.
bool isPartial(Days begin, Days length, const Period& period) {
    using std::chrono::seconds;
    const auto secondsOf = [](TimePoint time) { return std::chrono::floor<seconds>(time.time_since_epoch()); };
    if (seconds(begin + length) > secondsOf(period.now)) return true;
    return period.since && seconds(begin) < secondsOf(*period.since);
}

bool isOfPreviousPeriod(const Build& build, const Period& period) {
    if (!period.previousSince || !build.createdAt) return false;
    using std::chrono::floor;
    using std::chrono::milliseconds;  // in the unit of TimePoint, the sum could overflow
    return floor<milliseconds>(build.createdAt->time_since_epoch()) <
           floor<milliseconds>(period.since->time_since_epoch()) + period.sinceCorrection;
}

// Returns the full name; without a name, the email address or the id.
std::string uploaderOf(const Build& build) {
    if (!build.uploadedBy) return {};
    const Uploader& uploader = *build.uploadedBy;
    const std::string first = boundedText(uploader.firstName);
    const std::string last = boundedText(uploader.lastName);
    if (!first.empty() && !last.empty()) return first + ' ' + last;
    if (!first.empty() || !last.empty()) return first + last;
    const std::string email = boundedText(uploader.email);
    return email.empty() ? boundedText(uploader.id) : email;
}

}  // namespace

void BuildStatistics::add(const Build& build, const std::string& app) {
    const GroupKey key = keyOf(build, app);
    if (isOfPreviousPeriod(build, period_)) {
        PeriodSummary& summary = previous_[key];
        summary.states.add(build.status);
        addTimes(summary.times, build);
        return;
    }
    LazyBrief brief(build, timeOf(build));
    BuildGroup& group = groups_[key];
    group.app = key.app;
    group.os = key.os;
    const bool isNewestProcessed = addToGroup(group, brief);
    addProfile(group, brief, isNewestProcessed);
    if (build.status == BuildStatus::error) addFailure(key, brief);
    if (const std::string branch = boundedText(deployerOf(build).branch); !branch.empty()) branches_.add(branch);
    if (const std::string uploader = uploaderOf(build); !uploader.empty()) uploaders_.add(uploader);
}

GroupKey BuildStatistics::keyOf(const Build& build, const std::string& app) {
    std::string os = systemOf(build);
    std::set<std::string>& systems = systems_[app];
    if (systems.size() >= maxSystems && systems.find(os) == systems.end()) {
        hasMoreSystems_ = true;
        os.clear();
    } else {
        systems.insert(os);
    }
    return {app, std::move(os)};
}

// Ignores a time in the future, which would make one build the newest for ever. Clocks may differ by a day.
OptionalTime BuildStatistics::timeOf(const Build& build) const {
    constexpr std::chrono::hours maxAhead{24};
    return build.createdAt && *build.createdAt <= period_.now + maxAhead ? build.createdAt : std::nullopt;
}

void BuildStatistics::addFailure(const GroupKey& key, LazyBrief& brief) {
    const std::string code = boundedText(brief.build().errorCode);
    if (failures_.size() >= maxErrorCodes && failures_.find(code) == failures_.end()) {
        ++failuresByOtherCodes_;
        return;
    }
    FailureCause& cause = failures_[code];
    ++cause.count;
    std::vector<FailedBuild>& newest = cause.newest;
    const bool isFull = newest.size() >= FailureCause::maxExamples;
    if (isFull && !isNewer(brief.createdAt(), newest.back().build.createdAt)) return;
    insertByAge(newest, FailedBuild{key.app, key.os, brief.get(), brief.get().error}, FailureCause::maxExamples,
                [](const FailedBuild& a, const FailedBuild& b) { return isNewer(a.build, b.build); });
}

void BuildStatistics::addProfile(BuildGroup& group, LazyBrief& brief, bool isNewestProcessed) {
    std::optional<ProfileKey> key = profiles_.add(group.app, brief);
    if (isNewestProcessed) {
        profiles_.replaceCurrent(group.newestProfile, key);
        group.newestProfile = std::move(key);
    }
    profiles_.dropExcess(period_.now);
}

TimePoint previousBegin(TimePoint since, TimePoint now) {
    using std::chrono::ceil;
    using std::chrono::seconds;
    const seconds length = ageOf(since, now);
    const seconds maxLength =
        ceil<seconds>(since.time_since_epoch()) - ceil<seconds>(TimePoint::min().time_since_epoch());
    return length < maxLength ? since - length : TimePoint::min();
}

bool isPartialDay(Days day, const Period& period) {
    return isPartial(day, Days{1}, period);
}

bool isPartialWeek(Days monday, const Period& period) {
    return isPartial(monday, Days{7}, period);
}

}  // namespace applivery::program
