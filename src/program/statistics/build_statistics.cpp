#include "statistics/build_statistics.hpp"

#include "build_parts.hpp"
#include "text/text_format.hpp"
#include "text/trimmed.hpp"

#include <algorithm>
#include <tuple>

namespace applivery::program {
namespace {

// Bounds the memory for a text.
std::string bounded(std::string_view text) {
    constexpr std::size_t maxColumns = 300;
    return shortened(text, maxColumns);
}

// Some uploaders end these texts in a newline.
std::string boundedText(const OptionalText& text) {
    return text ? bounded(trimmed(*text)) : "";
}

bool isNewer(const BuildBrief& a, const BuildBrief& b) {
    return a.createdAt && (!b.createdAt || *a.createdAt > *b.createdAt);
}

void keepNewer(std::optional<BuildBrief>& newest, const BuildBrief& brief) {
    if (!newest || isNewer(brief, *newest)) newest = brief;
}

void keepOlder(std::optional<BuildBrief>& oldest, const BuildBrief& brief) {
    if (!oldest || (brief.createdAt && (!oldest->createdAt || !isNewer(brief, *oldest)))) oldest = brief;
}

// Inserts into a list that is newest first, and has at most `limit` elements.
template <typename T, typename Newer>
void insertByAge(std::vector<T>& newest, T item, std::size_t limit, const Newer& newer) {
    const auto place = std::upper_bound(newest.begin(), newest.end(), item, newer);
    newest.insert(place, std::move(item));
    if (newest.size() > limit) newest.pop_back();
}

void addVersion(std::vector<BuildBrief>& versions, const BuildBrief& brief) {
    const auto known = std::find_if(versions.begin(), versions.end(), [&](const BuildBrief& version) {
        return version.versionName == brief.versionName;
    });
    if (known != versions.end()) {
        if (!isNewer(brief, *known)) return;
        versions.erase(known);
    }
    insertByAge(versions, brief, BuildGroup::maxVersions, isNewer);
}

std::optional<double> processTimeOf(const Build& build) {
    const bool isKnown = build.status == BuildStatus::processed && build.processTime && *build.processTime > 0;
    return isKnown ? build.processTime : std::nullopt;
}

void addTimes(BuildTimes& times, const Build& build) {
    if (const auto time = processTimeOf(build)) times.process.add(*time);
    if (isFinal(build) && build.queuedTime) times.queue.add(*build.queuedTime);
}

void addToDay(BuildGroup& group, const Build& build, Days day) {
    group.days[day].add(build.status);
    if (group.days.size() > BuildGroup::maxDays) {
        group.earlier.add(group.days.begin()->second);
        group.days.erase(group.days.begin());
    }
    addTimes(group.weeks[mondayOf(day)], build);
    if (group.weeks.size() > BuildGroup::maxWeeks) group.weeks.erase(group.weeks.begin());
}

std::string appNameOf(const Build& build) {
    const std::string name = boundedText(build.applicationInfo.name);
    return name.empty() ? boundedText(build.applicationInfo.slug) : name;
}

void addToGroup(BuildGroup& group, const Build& build, const BuildBrief& brief) {
    if (group.appName.empty()) group.appName = appNameOf(build);
    group.states.add(build.status);
    keepNewer(group.newest, brief);
    if (build.status == BuildStatus::processed) keepNewer(group.newestProcessed, brief);
    if (isWaiting(build)) keepOlder(group.oldestWaiting, brief);
    addVersion(group.versions, brief);
    addTimes(group.times, build);
    if (const auto time = processTimeOf(build)) group.processTimes.add(*time);
    if (brief.createdAt) {
        addToDay(group, build, dayOf(*brief.createdAt));
    } else {
        group.undated.add(build.status);
    }
}

std::string uploaderOf(const Build& build) {
    if (!build.uploadedBy) return {};
    const Uploader& person = *build.uploadedBy;
    const std::string first = boundedText(person.firstName);
    const std::string last = boundedText(person.lastName);
    if (!first.empty() || !last.empty()) return first + (first.empty() || last.empty() ? "" : " ") + last;
    const std::string email = boundedText(person.email);
    return email.empty() ? boundedText(person.id) : email;
}

}  // namespace

void BuildStatistics::add(const Build& build, const std::string& app) {
    const BuildBrief brief = briefOf(build);
    BuildGroup& group = groupOf(build, app);
    addToGroup(group, build, brief);
    addProfile(build, app, brief);
    if (build.status == BuildStatus::error) addFailure(build, group, brief);
    if (const std::string branch = boundedText(deployerOf(build).branch); !branch.empty()) branches_.add(branch);
    if (const std::string uploader = uploaderOf(build); !uploader.empty()) uploaders_.add(uploader);
}

BuildGroup& BuildStatistics::groupOf(const Build& build, const std::string& app) {
    std::string os = bounded(platformOf(build));
    std::size_t& systems = systems_[app];
    const auto known = groups_.find({app, os});
    if (known != groups_.end()) return known->second;
    if (systems >= maxSystems) os.clear();
    BuildGroup& group = groups_[{app, os}];
    if (group.states.total() == 0) ++systems;
    group.app = app;
    group.os = os;
    return group;
}

OptionalTime BuildStatistics::timeOf(const Build& build) const {
    constexpr std::chrono::hours maxAhead{24};
    return build.createdAt && *build.createdAt <= period_.now + maxAhead ? build.createdAt : std::nullopt;
}

BuildBrief BuildStatistics::briefOf(const Build& build) const {
    return {bounded(build.id),
            boundedText(build.versionName),
            boundedText(build.versionCode),
            OpenEnum<BuildStatus>::fromText(bounded(build.status.text())),
            timeOf(build),
            build.size};
}

void BuildStatistics::addFailure(const Build& build, const BuildGroup& group, const BuildBrief& brief) {
    const std::string code = boundedText(build.errorCode);
    if (failures_.size() >= maxCauses && failures_.find(code) == failures_.end()) {
        ++failuresByOtherCauses_;
        return;
    }
    FailureCause& cause = failures_[code];
    ++cause.count;
    insertByAge(cause.newest, FailedBuild{group.app, group.os, brief, boundedText(build.error)},
                FailureCause::maxExamples,
                [](const FailedBuild& a, const FailedBuild& b) { return isNewer(a.build, b.build); });
}

void BuildStatistics::addProfile(const Build& build, const std::string& app, const BuildBrief& brief) {
    if (!build.info.ios || !build.info.ios->mobileProvision) return;
    const MobileProvision& provision = *build.info.ios->mobileProvision;
    if (!provision.expirationDate) return;
    const std::string teamName = boundedText(provision.teamName);
    Profile profile{app,
                    build.info.ios->plist ? boundedText(build.info.ios->plist->bundleIdentifier) : "",
                    teamName.empty() ? boundedText(provision.teamIdentifier) : teamName,
                    bounded(provision.signingType.text()),
                    dayOf(*provision.expirationDate),
                    1,
                    brief};
    const auto identity = [](const Profile& p) {
        return std::tie(p.app, p.bundleIdentifier, p.team, p.signingType, p.expires);
    };
    const auto isNewerProfile = [](const Profile& a, const Profile& b) { return isNewer(a.newest, b.newest); };
    const auto known = std::find_if(profiles_.begin(), profiles_.end(),
                                    [&](const Profile& other) { return identity(other) == identity(profile); });
    if (known != profiles_.end()) {
        profile.builds += known->builds;
        if (!isNewer(brief, known->newest)) profile.newest = known->newest;
        profiles_.erase(known);
    }
    hasMoreProfiles_ = hasMoreProfiles_ || profiles_.size() == maxProfiles;
    insertByAge(profiles_, std::move(profile), maxProfiles, isNewerProfile);
}

std::vector<Profile> BuildStatistics::profiles() const {
    std::vector<Profile> sorted = profiles_;
    const auto order = [this](const Profile& profile) {
        const int left = profile.daysLeft(period_.now);
        return std::make_pair(left < 0, left < 0 ? -left : left);
    };
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](const Profile& a, const Profile& b) { return order(a) < order(b); });
    return sorted;
}

}  // namespace applivery::program
