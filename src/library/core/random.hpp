/// @file
/// Chance, where nobody injects it.
#pragma once

namespace applivery::detail {

/// From 0 to 1. Each thread draws its own.
[[nodiscard]] double uniformRandom();

}  // namespace applivery::detail
