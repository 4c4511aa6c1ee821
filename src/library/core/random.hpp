/// @file
/// Provides the default source of random numbers.
#pragma once

namespace applivery::detail {

/// Returns a number in the range [0, 1). Each thread has a generator of its own. Thread-safe.
[[nodiscard]] double uniformRandom();

}  // namespace applivery::detail
