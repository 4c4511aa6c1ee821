/// @file
/// Whether and when a failed attempt is followed by another.
#pragma once

#include <applivery/error.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/retry_policy.hpp>

#include <chrono>
#include <optional>

namespace applivery::detail {

/// The wait before the next attempt; absent where the error is the call's outcome. `elapsed` counts from the first
/// attempt's start.
[[nodiscard]] std::optional<std::chrono::milliseconds> delayBeforeRetry(const RetryPolicy& policy, const Error& error,
                                                                        std::chrono::milliseconds elapsed);

/// `Retry-After`, in seconds or as a date; absent where there is none that can be read.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfter(const HttpHeaders& headers,
                                                             std::chrono::system_clock::time_point now);

}  // namespace applivery::detail
