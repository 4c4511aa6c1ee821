/// @file
/// What an answer's headers say of time.
#pragma once

#include <applivery/http_transport.hpp>

#include <chrono>
#include <optional>

namespace applivery::detail {

/// `Retry-After`, in seconds or as a date; absent where there is none that can be read. What is out of range is ten
/// years.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfter(const HttpHeaders& headers,
                                                             std::chrono::system_clock::time_point now);

/// Returns `Date`: when the response was made, by the server's clock. Absent if the response came from a cache.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> dateOf(const HttpHeaders& headers);

}  // namespace applivery::detail
