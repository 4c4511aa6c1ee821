/// @file
/// Decides whether and when a failed attempt is retried, and records the attempts of a call.
#pragma once

#include <applivery/error.hpp>
#include <applivery/result.hpp>
#include <applivery/retry_policy.hpp>

#include <atomic>
#include <chrono>
#include <optional>

namespace applivery::detail {

/// Returns the delay before the next attempt; absent if the failure is the outcome of the call. If a function of the
/// policy fails, returns another error, which is then the outcome.
/// @param elapsed CallTimes::elapsed() after the failed attempt.
[[nodiscard]] Result<std::optional<std::chrono::milliseconds>> delayBeforeRetry(const RetryPolicy& policy,
                                                                                const Error& failure,
                                                                                std::chrono::milliseconds elapsed);

/// Returns a random number from 0 to 1, from RetryPolicy::random if set. Fails if that function throws or returns NaN.
[[nodiscard]] Result<double> uniformRandom(const RetryPolicy& policy);

/// Adds the number of attempts and the elapsed time to the message of the failure that ends a call. Adds nothing to a
/// permanent failure of the first attempt.
[[nodiscard]] Error withRetriesExhausted(Error failure, std::chrono::milliseconds elapsed);

/// Adds the reason why no attempt followed to the message of the failure. A reason of ErrorKind::invalidArgument
/// replaces the kind of the failure.
[[nodiscard]] Error withoutRetry(Error failure, const Error& reason);

/// Records the attempts of a call and their times, and derives the time limits. An attempt counts from the time at
/// which the transport starts the request. The time in the transport's queue does not count.
class CallTimes {
public:
    using Milliseconds = std::chrono::milliseconds;
    using Time = std::chrono::steady_clock::time_point;

    /// @param policy Must outlive this object.
    /// @param budget Time from `createdAt` to the end of the last attempt; absent if only the policy limits the call.
    CallTimes(const RetryPolicy& policy, std::optional<Milliseconds> budget, Time createdAt)
        : policy_(policy), budget_(budget), createdAt_(createdAt) {}

    void beginAttempt(Time now) noexcept;

    /// Records that the transport started the attempt. Called on any thread.
    void startAttempt(Time now) noexcept { startedAt_ = now; }

    void endAttempt(Time now) noexcept;

    /// Returns the number of attempts so far.
    [[nodiscard]] int attempts() const noexcept { return attempts_; }

    [[nodiscard]] Time attemptEnd() const noexcept { return attemptEndedAt_; }
    [[nodiscard]] Milliseconds attemptDuration() const noexcept;

    /// Returns the time from the start of the first attempt to the end of the last attempt, without the time in the
    /// transport's queue.
    [[nodiscard]] Milliseconds elapsed() const noexcept;

    /// Returns the policy. The budget limits its `maxElapsed`. RetryPolicy::custom removes its own limit.
    [[nodiscard]] RetryPolicy policy() const;

    /// Returns the latest time at which the next attempt may begin. The budget limits all attempts. The policy limits
    /// all except the first, which may wait longer for the rate limit.
    [[nodiscard]] Time deadline() const;

    /// Returns the time limit of the attempt that begins; absent if only the transport has a limit.
    [[nodiscard]] std::optional<Milliseconds> timeLeft() const;

private:
    const RetryPolicy& policy_;
    const std::optional<Milliseconds> budget_;
    const Time createdAt_;
    int attempts_ = 0;
    Time firstAttemptAt_;                  // without the time in the transport's queue
    Time attemptBegunAt_;                  // when the call passed the request to the transport
    std::atomic<Time> startedAt_{Time{}};  // when the transport started the request
    Time attemptEndedAt_;
};

/// Returns `begin + time`, or the largest time if the sum is out of range. A negative `time` counts as 0.
[[nodiscard]] std::chrono::steady_clock::time_point endOf(std::chrono::steady_clock::time_point begin,
                                                          std::chrono::milliseconds time);

}  // namespace applivery::detail
