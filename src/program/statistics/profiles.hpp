/// @file
/// Provisioning profiles that builds were signed with, in bounded memory.
#pragma once

#include "statistics/build_brief.hpp"
#include "statistics/calendar.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace applivery::program {

/// A provisioning profile that builds were signed with.
struct Profile {
    std::string app{};
    std::string bundleIdentifier{};
    std::string team{};  ///< Name of the team, or else its identifier.
    std::string signingType{};
    Days expires{};  ///< Day of the expiry.
    std::int64_t builds = 0;
    BuildBrief newest{};     ///< The newest of these builds.
    TimePoint expiresAt{};   ///< Time of the expiry; the earliest, if profiles differ only in the time of the day.
    bool isCurrent = false;  ///< Whether the newest processed build of an app and system has this profile.

    /// Returns the time until the expiry; negative after it.
    [[nodiscard]] std::chrono::milliseconds timeLeft(TimePoint now) const;

    /// Returns whole days until the expiry, rounded down: 0 less than a day before it, and -1 less than a day after it.
    [[nodiscard]] int daysLeft(TimePoint now) const;
};

/// Identifies a profile: app, bundle, team, signing type, and day of the expiry.
using ProfileKey = std::tuple<std::string, std::string, std::string, std::string, Days>;

/// Collects the profiles of builds. Lists each current profile, and at most `maxOthers` others. If there are more,
/// omits those that expired longest ago, and then those that expire last.
class Profiles {
public:
    static constexpr std::size_t maxOthers = 50;
    /// While builds are added, more profiles are kept: a later build can make one of them current.
    static constexpr std::size_t maxKept = 2'000;

    /// Adds the profile of a build. @return absent if the build has none.
    std::optional<ProfileKey> add(const std::string& app, LazyBrief& brief);

    /// Replaces the profile that the newest processed build of an app and system uses. A profile is current as long as
    /// one app and system uses it.
    void replaceCurrent(const std::optional<ProfileKey>& previous, const std::optional<ProfileKey>& current);

    /// Drops profiles beyond `maxKept`, in the order in which they are omitted from the list.
    void dropExcess(TimePoint now);

    /// Returns the profile; null if there is none.
    [[nodiscard]] const Profile* find(const ProfileKey& key) const;

    /// Returns the profiles that expire next first, and then those that have expired, newest expiry first.
    [[nodiscard]] std::vector<Profile> sorted(TimePoint now) const;

    /// Returns whether sorted() contains all profiles.
    [[nodiscard]] bool isComplete() const noexcept {
        return isComplete_ && entries_.size() - currentCount_ <= maxOthers;
    }

private:
    struct Entry {
        Profile profile;
        int uses = 0;  // number of apps and systems whose newest processed build has the profile
    };
    std::map<ProfileKey, Entry> entries_;
    std::size_t currentCount_ = 0;
    bool isComplete_ = true;  // whether no profile was dropped
};

}  // namespace applivery::program
