/// @file
/// How long a server asks to be left alone.
#pragma once

#include <applivery/http_transport.hpp>

#include <chrono>
#include <optional>

namespace applivery::detail {

/// `Retry-After`, in seconds or as a date; absent where there is none that can be read. What is out of range is ten
/// years.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfter(const HttpHeaders& headers,
                                                             std::chrono::system_clock::time_point now);

}  // namespace applivery::detail
