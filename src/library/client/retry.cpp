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

// Every wait that this library ever adds to a time goes through here.
milliseconds bounded(double count) {
    return milliseconds(
        static_cast<milliseconds::rep>(std::clamp(count, 0.0, static_cast<double>(longestDelay.count()))));
}

double boundOfWait(const RetryPolicy& policy, int attempts) {
    const auto initial = static_cast<double>(policy.initialDelay.count());
    if (initial <= 0) return 0;  // also times infinity
    return std::min(initial * std::pow(std::max(policy.multiplier, 1.0), attempts - 1),
                    static_cast<double>(policy.maxDelay.count()));
}

Result<milliseconds> jitteredDelay(const RetryPolicy& policy, int attempts) {
    return uniformRandom(policy).transform(
        [&](double fraction) { return bounded(boundOfWait(policy, attempts) * fraction); });
}

// "7.5 s"
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

Result<std::optional<milliseconds>> delayBeforeRetry(const RetryPolicy& policy, const Error& failure,
                                                     milliseconds elapsed) {
    if (failure.kind() == ErrorKind::cancelled) return std::optional<milliseconds>{};
    if (policy.custom) {
        const auto delay = invokeUserCode("RetryPolicy::custom", [&] { return policy.custom(failure, elapsed); });
        if (!delay) return notTriedAgain(failure, delay.error());
        if (!*delay) return std::optional<milliseconds>{};
        return std::optional<milliseconds>{std::clamp(**delay, milliseconds{0}, longestDelay)};
    }
    if (!failure.isRetryable() || failure.attempts() >= policy.maxAttempts) return std::optional<milliseconds>{};
    const auto drawn = jitteredDelay(policy, failure.attempts());
    if (!drawn) return notTriedAgain(failure, drawn.error());
    const seconds asked = failure.retryAfter().value_or(seconds{0});
    const milliseconds delay =
        std::max<milliseconds>(*drawn, std::min(asked, std::chrono::duration_cast<seconds>(longestDelay)));
    if (elapsed > policy.maxElapsed || delay > policy.maxElapsed - elapsed) return std::optional<milliseconds>{};
    return std::optional<milliseconds>{delay};
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

Error notTriedAgain(Error failure, const Error& reason) {
    std::string message = failure.message() + " It was not tried again: " + reason.message() + '.';
    if (reason.kind() == ErrorKind::invalidArgument) failure = Error(reason.kind(), {}).setAttempts(failure.attempts());
    return failure.setMessage(std::move(message));
}

}  // namespace applivery::detail
