/// @file
/// The retry rule: retryable errors, delays and the last attempt.
#include "client/retry.hpp"

#include "support/matchers.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>

namespace applivery::detail {
namespace {

using namespace std::chrono_literals;

using Delay = std::optional<std::chrono::milliseconds>;

Error transient(int attempts) {
    return Error(ErrorKind::server, "503").setRetryable(true).setAttempts(attempts);
}

Delay delay(const RetryPolicy& policy, const Error& failure, std::chrono::milliseconds elapsed) {
    return delayBeforeRetry(policy, failure, elapsed).value();
}

RetryPolicy withRandom(double value) {
    RetryPolicy policy;
    policy.random = [value] { return value; };
    return policy;
}

TEST(Retry, GrowsExponentiallyToTheMaximum) {
    RetryPolicy policy = withRandom(1);
    policy.maxAttempts = 10;
    EXPECT_EQ(delay(policy, transient(1), 0ms), 500ms);
    EXPECT_EQ(delay(policy, transient(2), 0ms), 1000ms);
    EXPECT_EQ(delay(policy, transient(5), 0ms), 8000ms);
    EXPECT_EQ(delay(policy, transient(9), 0ms), 8000ms);
}

TEST(Retry, HasJitterDownToZero) {
    EXPECT_EQ(delay(withRandom(0), transient(3), 0ms), 0ms);
}

TEST(Retry, StopsAfterTheLastAttempt) {
    EXPECT_EQ(delay(withRandom(1), transient(4), 0ms), std::nullopt);
}

TEST(Retry, IsDisabledByOneAttempt) {
    RetryPolicy policy = withRandom(1);
    policy.maxAttempts = 1;
    EXPECT_EQ(delay(policy, transient(1), 0ms), std::nullopt);
}

TEST(Retry, DoesNotRepeatPermanentErrors) {
    const Error error = Error(ErrorKind::notFound, "404").setAttempts(1);
    EXPECT_EQ(delay(withRandom(1), error, 0ms), std::nullopt);
}

TEST(Retry, UsesALongerRetryAfter) {
    EXPECT_EQ(delay(withRandom(1), transient(1).setRetryAfter(30s), 0ms), 30s);
}

TEST(Retry, StopsIfRetryAfterExceedsThePolicy) {
    EXPECT_EQ(delay(withRandom(1), transient(1).setRetryAfter(3600s), 0ms), std::nullopt);
}

TEST(Retry, StopsAtTheTimeLimitOfTheCall) {
    EXPECT_EQ(delay(withRandom(1), transient(1), 119'900ms), std::nullopt);
}

TEST(Retry, UsesACustomRule) {
    RetryPolicy policy;
    policy.custom = [](const Error&, std::chrono::milliseconds elapsed) { return elapsed + 1ms; };
    EXPECT_EQ(delay(policy, transient(99), 41ms), 42ms);
}

TEST(Retry, WaitsAtMostTenYears) {
    constexpr auto tenYears = std::chrono::hours{24 * 3650};
    RetryPolicy policy;
    policy.custom = [](const Error&, auto) { return std::chrono::milliseconds::max(); };
    EXPECT_EQ(delay(policy, transient(1), 0ms), tenYears);
    policy = withRandom(1);
    policy.initialDelay = policy.maxDelay = policy.maxElapsed = std::chrono::milliseconds::max();
    EXPECT_EQ(delay(policy, transient(1), 0ms), tenYears);
}

TEST(Retry, LimitsTheRetryAfterOfATransport) {
    RetryPolicy policy = withRandom(1);
    policy.maxElapsed = std::chrono::milliseconds::max();
    EXPECT_EQ(delay(policy, transient(1).setRetryAfter(std::chrono::seconds::max()), 0ms),
              std::chrono::hours{24 * 3650});
}

TEST(Retry, DoesNotCallThePolicyForACancelledCall) {
    RetryPolicy policy;
    policy.custom = [](const Error&, auto) { return 1ms; };
    EXPECT_EQ(delay(policy, Error(ErrorKind::cancelled, "cancelled"), 0ms), std::nullopt);
}

TEST(Retry, TreatsANegativeDelayAsZero) {
    RetryPolicy policy;
    policy.custom = [](const Error&, auto) { return std::chrono::milliseconds::min(); };
    EXPECT_EQ(delay(policy, transient(1), 0ms), 0ms);
    policy = withRandom(1);
    policy.initialDelay = std::chrono::milliseconds::min();
    EXPECT_EQ(delay(policy, transient(1), 0ms), 0ms);
}

TEST(Retry, TreatsInfinityAsTheMaximum) {
    RetryPolicy policy = withRandom(std::numeric_limits<double>::infinity());
    policy.multiplier = std::numeric_limits<double>::infinity();
    EXPECT_EQ(delay(policy, transient(2), 0ms), 8000ms);
    policy.initialDelay = 0ms;
    EXPECT_EQ(delay(policy, transient(2), 0ms), 0ms);
}

TEST(Retry, StopsIfTheRandomFunctionReturnsNan) {
    const auto refused = delayBeforeRetry(withRandom(std::nan("")), transient(2), 0ms);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused, test::FailsWith(ErrorKind::invalidArgument));
    EXPECT_EQ(refused.error().attempts(), 2);
}

TEST(Retry, StopsWithTheLastErrorIfThePolicyThrows) {
    RetryPolicy policy;
    policy.custom = [](const Error&, auto) -> Delay { throw std::runtime_error("no policy"); };
    const auto refused = delayBeforeRetry(policy, transient(1), 0ms);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused, test::FailsWith(ErrorKind::server));
    EXPECT_NE(refused.error().message().find("no policy"), std::string::npos) << refused.error();
}

TEST(RetriesExhausted, AppendsASentenceToTheError) {
    const auto message = [](const char* what) {
        return withRetriesExhausted(Error(ErrorKind::server, what).setRetryable(true).setAttempts(4), 1500ms).message();
    };
    EXPECT_EQ(message("HTTP 503"), "HTTP 503. Given up after 4 attempts in 1.5 s.");
    EXPECT_EQ(message("HTTP 503."), "HTTP 503. Given up after 4 attempts in 1.5 s.");
    EXPECT_EQ(withRetriesExhausted(transient(1), 0ms).message(), "503. Given up after 1 attempt in 0.0 s.");
}

TEST(RetriesExhausted, AppendsNothingToAPermanentError) {
    EXPECT_EQ(withRetriesExhausted(Error(ErrorKind::authentication, "HTTP 401.").setAttempts(1), 10ms).message(),
              "HTTP 401.");
}

}  // namespace
}  // namespace applivery::detail
