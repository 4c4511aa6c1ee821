/// @file
/// Limits durations.
#pragma once

#include <chrono>

namespace applivery::detail {

/// Longest delay. A longer delay, as a server or a retry policy may request, is reduced to this limit. The sum of a
/// point in time and a delay then does not overflow.
inline constexpr std::chrono::milliseconds longestDelay = std::chrono::hours{24 * 3650};

}  // namespace applivery::detail
