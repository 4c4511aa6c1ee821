#include "statistics/attention.hpp"

#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace applivery::program {
namespace {

using std::chrono::seconds;

std::string versionOf(const BuildBrief& build) {
    const std::string name = build.versionName.empty() ? "without a version" : build.versionName;
    return build.versionCode.empty() ? name : name + " (" + build.versionCode + ')';
}

std::string agoOfBuild(const BuildBrief& build, TimePoint now) {
    return build.createdAt ? ageText(ageOf(*build.createdAt, now)) + " ago" : "at an unknown time";
}

std::string failureSentence(const BuildBrief& build, TimePoint now) {
    std::string text = fmt::format("The newest build, {} of {}, failed", versionOf(build), agoOfBuild(build, now));
    if (!build.errorCode.empty()) text += " with code " + build.errorCode;
    return text + (build.error.empty() ? "." : ": " + build.error);
}

std::string stuckSentence(const BuildBrief& build, const StuckLimit& limit, TimePoint now) {
    const std::string text = fmt::format("Build {} has been {} for {}", versionOf(build), build.status.text(),
                                         ageText(ageOf(*build.createdAt, now)));
    const bool isMeasured = limit.p99 && *limit.p99 <= std::chrono::duration<double>(StuckLimit::maxAge).count();
    if (!isMeasured) return fmt::format("{}, which is more than {}.", text, ageText(limit.age));
    return fmt::format("{}; 99% of the processed builds took at most {}.", text,
                       ageText(seconds(static_cast<std::int64_t>(std::ceil(*limit.p99)))));
}

std::string expirySentence(const Profile& profile, TimePoint now) {
    const std::string name = profile.bundleIdentifier.empty()
                                 ? "The provisioning profile"
                                 : "The provisioning profile of " + profile.bundleIdentifier;
    const seconds left = std::chrono::floor<seconds>(profile.timeLeft(now));
    const std::string day = dayText(profile.expires);
    return left < seconds{0} ? fmt::format("{} expired {} ago, on {}.", name, ageText(-left), day)
                             : fmt::format("{} expires in {}, on {}.", name, ageText(left), day);
}

void addAttentionItemsOf(std::vector<AttentionItem>& attentionItems, const BuildStatistics& statistics,
                         const BuildGroup& group, const StuckLimit& limit) {
    const TimePoint now = statistics.period().now;
    const auto add = [&](AttentionKind kind, const BuildBrief& build) -> AttentionItem& {
        attentionItems.push_back({kind, group.app, group.os, {}, build});
        return attentionItems.back();
    };
    if (group.newest->status == BuildStatus::error) add(AttentionKind::failed, *group.newest);
    const auto& oldest = group.oldestWaiting;
    if (oldest && oldest->createdAt && ageOf(*oldest->createdAt, now) > limit.age) {
        add(AttentionKind::stuck, *oldest).limit = limit;
    }
    const Profile* const profile = statistics.profileOf(group);
    if (profile != nullptr && profile->daysLeft(now) < AttentionItem::expiringDays) {
        add(AttentionKind::expiring, *group.newestProcessed).profile = *profile;
    }
}

// Returns whether `a` is more urgent than `b`.
bool isMoreUrgent(const AttentionItem& a, const AttentionItem& b) {
    if (a.kind != b.kind) return a.kind < b.kind;
    switch (a.kind) {
        case AttentionKind::failed:
            return isNewer(*a.build, *b.build);
        case AttentionKind::stuck:
            return isNewer(*b.build, *a.build);
        case AttentionKind::expiring:
            return a.profile->expiresAt < b.profile->expiresAt;
        default:
            return false;
    }
}

}  // namespace

std::string_view toText(AttentionKind kind) {
    switch (kind) {
        case AttentionKind::unread:
            return "unread";
        case AttentionKind::failed:
            return "failed";
        case AttentionKind::stuck:
            return "stuck";
        default:
            return "expiring";
    }
}

StuckLimit stuckLimit(const BuildStatistics& statistics, const std::string& app) {
    const auto& groups = statistics.groups();
    Percentiles measured;
    for (auto group = groups.lower_bound({app, ""}); group != groups.end() && group->first.app == app; ++group) {
        measured.add(group->second.secondsUntilProcessed);
    }
    if (measured.count() < StuckLimit::minMeasuredBuilds) return {StuckLimit::defaultAge, std::nullopt};
    const double p99 = *measured.at(0.99);
    const auto bounded = std::clamp(p99, std::chrono::duration<double>(StuckLimit::minAge).count(),
                                    std::chrono::duration<double>(StuckLimit::maxAge).count());
    return {seconds(static_cast<std::int64_t>(std::ceil(bounded))), p99};
}

std::vector<AttentionItem> attentionItemsOf(const BuildStatistics& statistics, const std::vector<UnreadApp>& unread) {
    std::vector<AttentionItem> attentionItems;
    attentionItems.reserve(unread.size());
    for (const UnreadApp& app : unread) attentionItems.push_back({AttentionKind::unread, app.app, "", app.message});
    StuckLimit limit;
    const std::string* appOfLimit = nullptr;  // the groups of an app follow each other
    for (const auto& [key, group] : statistics.groups()) {
        if (appOfLimit == nullptr || *appOfLimit != key.app) limit = stuckLimit(statistics, key.app);
        appOfLimit = &key.app;
        addAttentionItemsOf(attentionItems, statistics, group, limit);
    }
    sortByUrgency(attentionItems);
    return attentionItems;
}

void sortByUrgency(std::vector<AttentionItem>& attentionItems) {
    std::stable_sort(attentionItems.begin(), attentionItems.end(), isMoreUrgent);
}

std::vector<const BuildGroup*> groupsByUrgency(const BuildStatistics& statistics,
                                               const std::vector<AttentionItem>& attentionItems) {
    std::vector<std::pair<std::size_t, const BuildGroup*>> ranked;
    for (const auto& [key, group] : statistics.groups()) {
        const auto isOfGroup = [&group = group](const AttentionItem& item) {
            return item.concerns(group.app, group.os);
        };
        const auto first = std::find_if(attentionItems.begin(), attentionItems.end(), isOfGroup);
        ranked.emplace_back(first - attentionItems.begin(), &group);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<const BuildGroup*> groups;
    groups.reserve(ranked.size());
    for (const auto& [rank, group] : ranked) groups.push_back(group);
    return groups;
}

std::string sentenceOf(const AttentionItem& item, TimePoint now) {
    switch (item.kind) {
        case AttentionKind::failed:
            return failureSentence(*item.build, now);
        case AttentionKind::stuck:
            return stuckSentence(*item.build, *item.limit, now);
        case AttentionKind::expiring:
            return expirySentence(*item.profile, now);
        default:
            return "Builds are missing: " + item.error;
    }
}

}  // namespace applivery::program
