/// @file
/// Bounds that keep sums of times in range, whatever a server or a policy asks for.
#pragma once

#include <chrono>

namespace applivery::detail {

/// The longest wait that anything can ask for; what asks for more gets this.
inline constexpr std::chrono::milliseconds longestDelay = std::chrono::hours{24 * 3650};

}  // namespace applivery::detail
