#include "mock_server/build_generator.hpp"

#include <array>
#include <string_view>

namespace applivery::mock {
namespace {

/// Hashes a number by SplitMix64.
std::uint64_t hashOf(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31U);
}

std::string hex(std::uint64_t value, std::size_t digits) {
    constexpr std::string_view symbols = "0123456789abcdef";
    std::string text(digits, '0');
    for (std::size_t i = digits; i-- > 0; value >>= 4U) text[i] = symbols[value & 15U];
    return text;
}

/// Returns an id in the format of MongoDB: the time in seconds, a constant, and a counter that decreases.
std::string objectId(Time time, std::size_t position) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    return hex(static_cast<std::uint64_t>(seconds), 8) + "a7c1e95b30" + hex(0xffffffU - position, 6);
}

template <std::size_t Size>
std::string pick(const std::array<std::string_view, Size>& choices, std::uint64_t number) {
    return std::string(choices[number % Size]);
}

const char* statusAt(std::size_t position) {
    if (position % 50 == 0) return "pending";
    if (position % 50 == 1) return "in_progress";
    return position % 20 == 7 ? "error" : "processed";
}

constexpr std::array<std::string_view, 5> changelogs{
    "Offline maps are downloaded in the background and survive a restart.",
    "Fixes the crash when a track is exported without a name.\nThanks to everyone who sent a log.",
    "Nightly build of the development branch. Expect rough edges.",
    "Elevation profiles, dark mode for the legend, and \"follow me\" on the lock screen.",
    "Internal release for the field team: new tile server, same look.",
};
constexpr std::array<std::string_view, 4> branches{"main", "develop", "release/4.x", "feature/elevation-profile"};
constexpr std::array<std::string_view, 4> commitMessages{
    "Cache the tile index between starts",
    "Merge branch 'feature/elevation-profile' into develop",
    "Bump the version",
    "Do not lose the last point of a track\n",
};

}  // namespace

BuildSpec generatedSpec(std::size_t position, Time newest, std::uint64_t seed) {
    constexpr std::chrono::milliseconds interval{421'337};  // between builds
    constexpr std::size_t maxBuilds = 1'000'000;
    // Fields use different bits of the hash, so that they seem independent of each other.
    const std::uint64_t random = hashOf(seed == 0 ? position : position ^ hashOf(seed));
    BuildSpec spec;
    spec.createdAt = newest - interval * static_cast<long>(position);
    spec.id = objectId(spec.createdAt, position);
    spec.status = statusAt(position);
    spec.os = position % 2 == 0 ? "ios" : "android";
    spec.hasPackage = position % 4 == 0;
    const std::size_t version = position / 10;
    spec.versionName = "4." + std::to_string(version / 10) + '.' + std::to_string(version % 10);
    spec.versionCode = std::to_string(maxBuilds - position);
    spec.changelog = pick(changelogs, random);
    if (random % 3 == 0) spec.tags = {"qa", pick(branches, random >> 8U)};
    spec.size = 20'000'000 + static_cast<std::int64_t>(random % 90'000'000U);
    spec.processTime = 5 + static_cast<int>(random % 90U);
    spec.queuedTime = static_cast<int>(random % 12U);
    spec.branch = pick(branches, random >> 16U);
    if (spec.branch == "main") spec.tag = "v" + spec.versionName;
    spec.commit = hex(random, 16) + hex(hashOf(random), 16) + hex(random >> 5U, 8);
    spec.commitMessage = pick(commitMessages, random >> 24U);
    spec.buildNumber = std::to_string(maxBuilds - position);
    if (spec.status == "error") {
        spec.error = "The provisioning profile does not match the bundle identifier";
        spec.errorCode = "E-" + std::to_string(100 + random % 40U);
    }
    return spec;
}

std::vector<MockBuild> generateBuilds(std::size_t count, Time newest, std::uint64_t seed) {
    std::vector<MockBuild> builds;
    builds.reserve(count);
    for (std::size_t position = 0; position < count; ++position)
        builds.push_back(makeBuild(generatedSpec(position, newest, seed)));
    return builds;
}

}  // namespace applivery::mock
