#include "statistics/profiles.hpp"

#include <algorithm>
#include <utility>

namespace applivery::program {
namespace {

using std::chrono::milliseconds;

// Returns a key for sorting: profiles that expire next are first, then those that expired last.
std::pair<bool, milliseconds> expiryOrder(const Profile& profile, TimePoint now) {
    const milliseconds left = profile.timeLeft(now);
    const bool isExpired = left < milliseconds{0};
    return {isExpired, isExpired ? -left : left};
}

}  // namespace

// Computes in milliseconds, because a difference in the unit of TimePoint can overflow.
milliseconds Profile::timeLeft(TimePoint now) const {
    using std::chrono::floor;
    return floor<milliseconds>(expiresAt.time_since_epoch()) - floor<milliseconds>(now.time_since_epoch());
}

int Profile::daysLeft(TimePoint now) const {
    return std::chrono::floor<Days>(timeLeft(now)).count();
}

std::optional<ProfileKey> Profiles::add(const std::string& app, LazyBrief& brief) {
    const Build& build = brief.build();
    if (!build.info.ios || !build.info.ios->mobileProvision) return std::nullopt;
    const MobileProvision& provision = *build.info.ios->mobileProvision;
    if (!provision.expirationDate) return std::nullopt;
    const std::string teamName = boundedText(provision.teamName);
    const auto& plist = build.info.ios->plist;
    ProfileKey key{app, plist ? boundedText(plist->bundleIdentifier) : "",
                   teamName.empty() ? boundedText(provision.teamIdentifier) : teamName,
                   boundedText(std::string_view(provision.signingType.text())), dayOf(*provision.expirationDate)};
    const auto [entry, isNew] = entries_.try_emplace(key);
    Profile& profile = entry->second.profile;
    if (isNew) {
        std::tie(profile.app, profile.bundleIdentifier, profile.team, profile.signingType, profile.expires) = key;
        profile.expiresAt = *provision.expirationDate;
    }
    if (isNew || isNewer(brief.createdAt(), profile.newest.createdAt)) profile.newest = brief.get();
    profile.expiresAt = std::min(profile.expiresAt, *provision.expirationDate);
    ++profile.builds;
    return key;
}

void Profiles::replaceCurrent(const std::optional<ProfileKey>& previous, const std::optional<ProfileKey>& current) {
    const auto changeUses = [this](const std::optional<ProfileKey>& key, int difference) {
        const auto found = key ? entries_.find(*key) : entries_.end();
        if (found == entries_.end()) return;
        Entry& entry = found->second;
        if (entry.profile.isCurrent) --currentCount_;
        entry.uses += difference;
        entry.profile.isCurrent = entry.uses > 0;
        if (entry.profile.isCurrent) ++currentCount_;
    };
    changeUses(previous, -1);
    changeUses(current, 1);
}

void Profiles::dropExcess(TimePoint now) {
    while (entries_.size() - currentCount_ > maxKept) {
        auto last = entries_.end();
        for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
            const Profile& profile = entry->second.profile;
            if (profile.isCurrent) continue;
            if (last == entries_.end() || expiryOrder(profile, now) > expiryOrder(last->second.profile, now)) {
                last = entry;
            }
        }
        entries_.erase(last);
        isComplete_ = false;
    }
}

const Profile* Profiles::find(const ProfileKey& key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second.profile;
}

std::vector<Profile> Profiles::sorted(TimePoint now) const {
    std::vector<Profile> profiles;
    profiles.reserve(entries_.size());
    for (const auto& [key, entry] : entries_) profiles.push_back(entry.profile);
    std::stable_sort(profiles.begin(), profiles.end(),
                     [now](const Profile& a, const Profile& b) { return expiryOrder(a, now) < expiryOrder(b, now); });
    std::size_t others = 0;
    const auto isBeyondLimit = [&others](const Profile& profile) { return !profile.isCurrent && ++others > maxOthers; };
    profiles.erase(std::remove_if(profiles.begin(), profiles.end(), isBeyondLimit), profiles.end());
    return profiles;
}

}  // namespace applivery::program
