/// @file
/// Reads the times in the headers of a response.
#pragma once

#include <applivery/http_transport.hpp>

#include <chrono>
#include <optional>

namespace applivery::detail {

/// Returns the delay that `Retry-After` requests, in seconds or as a date. Absent without the header, and if its value
/// is invalid. A delay of more than ten years is ten years, and a negative delay is 0.
/// @param now time by the clock of this machine.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfter(const HttpHeaders& headers,
                                                             std::chrono::system_clock::time_point now);

/// Returns the time of `Date`: when the server created the response, by its own clock. Absent without the header, if
/// its value is invalid, and if the response came from a cache.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> dateOf(const HttpHeaders& headers);

}  // namespace applivery::detail
