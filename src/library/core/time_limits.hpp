/// @file
/// Limits of durations.
#pragma once

#include <chrono>

namespace applivery::detail {

/// The longest delay. Longer delays, such as a server or a retry policy may request, are reduced to it: a point in time
/// plus a delay must not overflow.
inline constexpr std::chrono::milliseconds longestDelay = std::chrono::hours{24 * 3650};

}  // namespace applivery::detail
