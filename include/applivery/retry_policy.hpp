/// @file
/// Defines when a failed request is retried, and the backoff before.
#pragma once

#include <applivery/error.hpp>

#include <chrono>
#include <functional>
#include <optional>

namespace applivery {

/// Configures retries: exponential backoff with full jitter.
///
/// Only errors with Error::isRetryable() are retried. The backoff before attempt n+1 is a random time from 0 to
/// `initialDelay * multiplier^(n-1)`, at most `maxDelay`. A longer `Retry-After` replaces the backoff.
///
/// @code
/// applivery::ClientOptions options;
/// options.retry.maxAttempts = 6;
/// options.retry.maxElapsed = std::chrono::minutes{5};
/// const applivery::BuildsClient client{applivery::AppToken{token}, options};
/// @endcode
struct RetryPolicy {
    int maxAttempts = 4;                          ///< Largest number of attempts, the first included. 1: no retries.
    std::chrono::milliseconds initialDelay{500};  ///< Largest backoff before the second attempt, at least 0.
    double multiplier = 2;                        ///< Growth of the backoff for each attempt, at least 1.
    /// Largest backoff, at least 0. A `Retry-After` may be longer.
    std::chrono::milliseconds maxDelay{std::chrono::seconds{8}};
    /// Time limit of a whole call, attempts and backoffs together. Time in the queue for a connection does not count.
    ///
    /// - The time limit of an attempt is ClientOptions::requestTimeout or the remaining time, whichever is less.
    /// - If a backoff would exceed the limit, the call ends at once with the last error.
    /// - 0 or less allows one attempt.
    std::chrono::milliseconds maxElapsed{std::chrono::minutes{2}};

    /// Replaces the rules above, `maxElapsed` included, for all errors except ErrorKind::cancelled.
    ///
    /// Receives the error, with Error::attempts(), and the elapsed time. This time begins with the first attempt, and
    /// does not include time in the queue for a connection. Returns the backoff before the next attempt, at most ten
    /// years. Returns std::nullopt to end the call with the error; an exception does the same. Called on several
    /// threads at once.
    ///
    /// @code
    /// options.retry.custom = [](const applivery::Error& error,
    ///                           std::chrono::milliseconds) -> std::optional<std::chrono::milliseconds> {
    ///     if (!error.isRetryable() || error.attempts() >= 10) return std::nullopt;
    ///     return std::chrono::seconds{3};
    /// };
    /// @endcode
    std::function<std::optional<std::chrono::milliseconds>(const Error& error, std::chrono::milliseconds elapsed)>
        custom{};

    /// Replaces the random numbers of the jitter. Returns a number from 0 to 1.
    ///
    /// Used for the backoff. Without a rate limit, also used for the delay between calls after a pause of HTTP 429.
    /// If the function throws, the call ends with its last error. If it returns NaN, the call ends with
    /// ErrorKind::invalidArgument. Called on several threads at once.
    std::function<double()> random{};
};

}  // namespace applivery
