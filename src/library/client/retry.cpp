#include "client/retry.hpp"

#include "core/random.hpp"
#include "core/time_limits.hpp"
#include "core/user_code.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace applivery::detail {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Delay = std::optional<milliseconds>;

// Returns the longest backoff after this number of attempts, in milliseconds.
double longestBackoff(const RetryPolicy& policy, int attempts) {
    const auto initial = static_cast<double>(policy.initialDelay.count());
    if (initial <= 0) return 0;  // 0 times infinity is NaN
    return std::min(initial * std::pow(std::max(policy.multiplier, 1.0), attempts - 1),
                    static_cast<double>(policy.maxDelay.count()));
}

Result<milliseconds> jitteredDelay(const RetryPolicy& policy, int attempts) {
    return uniformRandom(policy).transform([&](double fraction) {
        constexpr auto longest = static_cast<double>(longestDelay.count());  // keeps sums of times in range
        const double delay = std::clamp(longestBackoff(policy, attempts) * fraction, 0.0, longest);
        return milliseconds(static_cast<milliseconds::rep>(delay));
    });
}

milliseconds between(CallTimes::Time then, CallTimes::Time later) {
    return std::max(std::chrono::duration_cast<milliseconds>(later - then), milliseconds{0});
}

// Example: "7.5 s".
std::string secondsText(milliseconds time) {
    const auto tenths = time.count() / 100;
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " s";
}

}  // namespace

Result<double> uniformRandom(const RetryPolicy& policy) {
    const auto drawn =
        invokeUserCode("RetryPolicy::random", [&] { return policy.random ? policy.random() : uniformRandom(); });
    if (drawn && std::isnan(*drawn)) {
        return Error(ErrorKind::invalidArgument, "RetryPolicy::random returned no number");
    }
    return drawn.transform([](double fraction) { return std::clamp(fraction, 0.0, 1.0); });
}

Result<Delay> delayBeforeRetry(const RetryPolicy& policy, const Error& failure, milliseconds elapsed) {
    if (failure.kind() == ErrorKind::cancelled) return Delay{};
    if (policy.custom) {
        const auto delay = invokeUserCode("RetryPolicy::custom", [&] { return policy.custom(failure, elapsed); });
        if (!delay) return withoutRetry(failure, delay.error());
        if (!*delay) return Delay{};
        return Delay{std::clamp(**delay, milliseconds{0}, longestDelay)};
    }
    if (!failure.isRetryable() || failure.attempts() >= policy.maxAttempts) return Delay{};
    const auto drawn = jitteredDelay(policy, failure.attempts());
    if (!drawn) return withoutRetry(failure, drawn.error());
    const seconds asked = failure.retryAfter().value_or(seconds{0});
    const milliseconds delay =
        std::max<milliseconds>(*drawn, std::min(asked, std::chrono::duration_cast<seconds>(longestDelay)));
    if (elapsed > policy.maxElapsed || delay > policy.maxElapsed - elapsed) return Delay{};
    return Delay{delay};
}

Error withRetriesExhausted(Error failure, milliseconds elapsed) {
    const int attempts = failure.attempts();
    if (!failure.isRetryable() && attempts <= 1) return failure;
    std::string message = failure.message();
    if (!message.empty() && message.back() != '.') message += '.';
    message += " Given up after " + std::to_string(attempts) + (attempts == 1 ? " attempt" : " attempts") + " in " +
               secondsText(elapsed) + '.';
    return failure.setMessage(std::move(message));
}

Error withoutRetry(Error failure, const Error& reason) {
    std::string message = failure.message() + " It was not tried again: " + reason.message() + '.';
    if (reason.kind() == ErrorKind::invalidArgument) failure = Error(reason.kind(), {}).setAttempts(failure.attempts());
    return failure.setMessage(std::move(message));
}

void CallTimes::beginAttempt(Time now) noexcept {
    attemptBegunAt_ = now;
    startedAt_ = now;
    if (++attempts_ == 1) firstAttemptAt_ = now;
}

void CallTimes::endAttempt(Time now) noexcept {
    attemptEndedAt_ = now;
    // The time in the transport's queue does not count, so both times move by that duration.
    const Time started = startedAt_;
    firstAttemptAt_ += started - attemptBegunAt_;
    attemptBegunAt_ = started;
}

milliseconds CallTimes::attemptDuration() const noexcept {
    return between(attemptBegunAt_, attemptEndedAt_);
}

milliseconds CallTimes::elapsed() const noexcept {
    return between(firstAttemptAt_, attemptEndedAt_);
}

RetryPolicy CallTimes::policy() const {
    RetryPolicy policy = policy_;
    if (policy.custom) policy.maxElapsed = milliseconds::max();  // the function decides when the call ends
    if (budget_) policy.maxElapsed = std::min(policy.maxElapsed, *budget_ - between(createdAt_, firstAttemptAt_));
    return policy;
}

CallTimes::Time CallTimes::deadline() const {
    const Time end = budget_ ? endOf(createdAt_, *budget_) : Time::max();
    return attempts_ == 0 ? end : std::min(end, endOf(firstAttemptAt_, policy().maxElapsed));
}

std::optional<milliseconds> CallTimes::timeLeft() const {
    constexpr milliseconds unlimited = milliseconds::max();
    const bool isLimited = !policy_.custom && policy_.maxElapsed > milliseconds{0};
    milliseconds left = isLimited ? policy_.maxElapsed - between(firstAttemptAt_, attemptBegunAt_) : unlimited;
    if (budget_) left = std::min(left, *budget_ - between(createdAt_, attemptBegunAt_));
    if (left == unlimited) return std::nullopt;
    return std::max(left, milliseconds{1});
}

CallTimes::Time endOf(CallTimes::Time begin, milliseconds time) {
    constexpr auto never = CallTimes::Time::max();
    const bool fits = time < std::chrono::duration_cast<milliseconds>(never - std::max(begin, {}));
    return fits ? begin + std::max(time, milliseconds{0}) : never;
}

}  // namespace applivery::detail
