/// @file
/// Limits durations.
#pragma once

#include <chrono>

namespace applivery::detail {

/// Longest delay. A server or a retry policy may request a longer one, which is reduced to this limit, so that the sum
/// of a point in time and a delay does not overflow.
inline constexpr std::chrono::milliseconds longestDelay = std::chrono::hours{24 * 3650};

}  // namespace applivery::detail
