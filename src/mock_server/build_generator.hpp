/// @file
/// Reproducible generated builds.
#pragma once

#include "mock_server/mock_build.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace applivery::mock {

/// Generates builds with unique ids, newest first, a few minutes apart.
///
/// - Builds at even positions are for iOS, the others for Android.
/// - Of each hundred builds, those at the positions 0 and 50 are pending, and those at 1 and 51 are in progress. Those
///   at the positions 7, 27, 47, 67 and 87 have failed. All others are processed.
/// - Ten builds in a row share a version name: "4.N.M".
/// - Together, many builds have all fields of the schema except `disabled` and `buildPlatform`.
/// @param newest time of the build at position 0.
/// @param seed changes sizes, durations, branches, commits, tags and texts.
[[nodiscard]] std::vector<MockBuild> generateBuilds(std::size_t count, Time newest = newestTime,
                                                    std::uint64_t seed = 0);

/// Generates the build at one position of generateBuilds().
[[nodiscard]] BuildSpec generatedSpec(std::size_t position, Time newest = newestTime, std::uint64_t seed = 0);

}  // namespace applivery::mock
