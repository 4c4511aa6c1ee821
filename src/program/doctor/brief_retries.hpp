/// @file
/// The retry policy of a diagnosis, which ends within seconds.
#pragma once

#include <applivery/error.hpp>
#include <applivery/retry_policy.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

namespace applivery::program {

/// Retries the same failures as other commands, and as often, but within seconds. Keeps the first failure, which a
/// successful retry would hide.
class BriefRetries {
public:
    /// Returns the largest number of attempts.
    [[nodiscard]] static int maxAttempts() { return RetryPolicy{}.maxAttempts; }

    /// Returns the policy for one client.
    [[nodiscard]] RetryPolicy policy() const {
        RetryPolicy policy;
        policy.custom = [state = state_](const Error& error, std::chrono::milliseconds elapsed) {
            state->keep(error);
            return delayAfter(error, elapsed);
        };
        return policy;
    }

    /// Returns the first failure of the client's requests; absent if none failed.
    [[nodiscard]] std::optional<Error> firstFailure() const {
        const std::lock_guard<std::mutex> lock(state_->mutex);
        return state_->firstFailure;
    }

private:
    struct State {
        void keep(const Error& error) {
            const std::lock_guard<std::mutex> lock(mutex);
            if (!firstFailure) firstFailure = error;
        }

        std::mutex mutex;
        std::optional<Error> firstFailure;
    };

    // Returns the time until the next attempt; absent if there is none.
    static std::optional<std::chrono::milliseconds> delayAfter(const Error& error, std::chrono::milliseconds elapsed) {
        constexpr std::chrono::seconds timeLimit{10};
        constexpr std::chrono::milliseconds firstDelay{150};
        const std::chrono::milliseconds requested = error.retryAfter().value_or(std::chrono::seconds{0});
        const std::chrono::milliseconds delay = std::max(requested, firstDelay * error.attempts());
        const bool isRetried = error.isRetryable() && error.attempts() < maxAttempts() && delay < timeLimit - elapsed;
        return isRetried ? std::optional(delay) : std::nullopt;
    }

    const std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace applivery::program
