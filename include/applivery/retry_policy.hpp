/// @file
/// When a call is tried again, and how long it waits before.
#pragma once

#include <applivery/error.hpp>

#include <chrono>
#include <functional>
#include <optional>

namespace applivery {

/// Exponential backoff with full jitter: before attempt n+1 a call waits a random time between 0 and
/// `initialDelay * multiplier^(n-1)`, at most `maxDelay`. A longer `Retry-After` wins. Only errors that
/// Error::isRetryable() are tried again.
struct RetryPolicy {
    int maxAttempts = 4;                                          ///< With the first; 1 turns retry off.
    std::chrono::milliseconds initialDelay{500};                  ///< The bound of the first wait, at least 0.
    double multiplier = 2;                                        ///< The growth of that bound, at least 1; a number.
    std::chrono::milliseconds maxDelay{std::chrono::seconds{8}};  ///< Of every wait but a `Retry-After`, at least 0.
    /// The bound of a whole call, attempts and waits together: an attempt gets ClientOptions::requestTimeout or what is
    /// left, whichever is less, and no wait is begun that would end after it. A `Retry-After` that does not fit is
    /// returned as the error. Time in the queue for a connection does not count. 0 or less: one attempt.
    std::chrono::milliseconds maxElapsed{std::chrono::minutes{2}};

    /// Replaces the rule above, `maxElapsed` too, for all errors but ErrorKind::cancelled: given the error,
    /// Error::attempts() included, and the time since the call began, tells how long to wait before the next attempt,
    /// at most ten years; absent ends the call with that error, and so does an exception. Called from many threads.
    std::function<std::optional<std::chrono::milliseconds>(const Error& error, std::chrono::milliseconds elapsed)>
        custom{};

    /// Replaces the random numbers of the jitter: returns a number from 0 to 1. Used for the backoff, and without a
    /// rate limit for the distance between calls that leave a pause. If it throws, the call ends with that error; if it
    /// returns NaN, with ErrorKind::invalidArgument. Called from many threads.
    std::function<double()> random{};
};

}  // namespace applivery
