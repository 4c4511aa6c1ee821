/// @file
/// Decides whether and when a failed attempt is followed by another, and keeps the times of a call.
#pragma once

#include <applivery/error.hpp>
#include <applivery/result.hpp>
#include <applivery/retry_policy.hpp>

#include <atomic>
#include <chrono>
#include <optional>

namespace applivery::detail {

/// Returns the delay before the next attempt; absent if the failure is the outcome of the call. If a function of the
/// policy fails, returns the error that is the outcome.
/// @param elapsed Time since the first attempt started.
[[nodiscard]] Result<std::optional<std::chrono::milliseconds>> delayBeforeRetry(const RetryPolicy& policy,
                                                                                const Error& failure,
                                                                                std::chrono::milliseconds elapsed);

/// Returns a number from 0 to 1, drawn by RetryPolicy::random if it is set. Fails if that throws or returns NaN.
[[nodiscard]] Result<double> uniformRandom(const RetryPolicy& policy);

/// Returns the failure that ends a call. If the call was or could have been retried, the message contains the number of
/// attempts and the elapsed time.
[[nodiscard]] Error withRetriesExhausted(Error failure, std::chrono::milliseconds elapsed);

/// Returns the failure, with the reason why no attempt followed.
[[nodiscard]] Error withoutRetry(Error failure, const Error& reason);

/// Records the times of a call, and derives its time limits. An attempt counts from the time at which the transport
/// starts it: the time in the transport's queue does not count.
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

    [[nodiscard]] Time attemptEnd() const noexcept { return answeredAt_; }
    [[nodiscard]] Milliseconds attemptDuration() const noexcept;

    /// Returns the time from the start of the first attempt to the end of the last.
    [[nodiscard]] Milliseconds elapsed() const noexcept;

    /// Returns the policy, with the time that the budget leaves for it.
    [[nodiscard]] RetryPolicy policy() const;

    /// Returns when the next attempt must start at the latest. The first attempt may wait for the rate limit as long as
    /// the budget allows, another attempt only as long as the policy allows.
    [[nodiscard]] Time deadline() const;

    /// Returns the time limit of the attempt that begins; absent if only the transport limits it.
    [[nodiscard]] std::optional<Milliseconds> timeLeft() const;

private:
    const RetryPolicy& policy_;
    const std::optional<Milliseconds> budget_;
    const Time createdAt_;
    int attempts_ = 0;
    Time firstAttemptAt_;
    Time attemptBegunAt_;
    std::atomic<Time> startedAt_{Time{}};
    Time answeredAt_;
};

/// Returns `begin + time`, or the largest time if that is out of range. A negative `time` counts as 0.
[[nodiscard]] std::chrono::steady_clock::time_point endOf(std::chrono::steady_clock::time_point begin,
                                                          std::chrono::milliseconds time);

}  // namespace applivery::detail
