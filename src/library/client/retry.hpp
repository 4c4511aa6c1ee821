/// @file
/// Whether and when a failed attempt is followed by another.
#pragma once

#include <applivery/error.hpp>
#include <applivery/result.hpp>
#include <applivery/retry_policy.hpp>

#include <chrono>
#include <optional>

namespace applivery::detail {

/// The wait before the next attempt; absent where the failure is the call's outcome. `elapsed` counts from the first
/// attempt's start. Fails where a function of the policy does, with the error that is then the call's outcome.
[[nodiscard]] Result<std::optional<std::chrono::milliseconds>> delayBeforeRetry(const RetryPolicy& policy,
                                                                                const Error& failure,
                                                                                std::chrono::milliseconds elapsed);

/// Returns a number from 0 to 1, drawn by RetryPolicy::random if it is set; fails if that throws or returns NaN.
[[nodiscard]] Result<double> uniformRandom(const RetryPolicy& policy);

/// The failure that ends a call after this time; says so where the call was, or could have been, tried again.
[[nodiscard]] Error withRetriesExhausted(Error failure, std::chrono::milliseconds elapsed);

/// The failure, with the reason why nothing followed it.
[[nodiscard]] Error notTriedAgain(Error failure, const Error& reason);

}  // namespace applivery::detail
