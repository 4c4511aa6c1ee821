/// @file
/// Many builds at once, the same on every run.
#pragma once

#include "mock_server/mock_build.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace applivery::mock {

/// `count` builds, newest first, each a few minutes older than the one before it and with an id of its own.
///
/// Even positions are iOS, odd ones Android. Of every hundred, the positions 0 and 50 are pending, 1 and 51 in
/// progress, and 7, 27, 47, 67, 87 failed; all others are processed. Ten builds in a row share a version name: "4.N.M".
/// Together they have all fields of the schema. The seed changes what is left to chance: sizes, times, branches, texts.
[[nodiscard]] std::vector<MockBuild> generateBuilds(std::size_t count, Time newest = newestTime,
                                                    std::uint64_t seed = 0);

/// The one at this position, without the others.
[[nodiscard]] BuildSpec generatedSpec(std::size_t position, Time newest = newestTime, std::uint64_t seed = 0);

}  // namespace applivery::mock
