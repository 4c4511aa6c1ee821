/// @file
/// The rule of retry: which errors, how long, and when it gives up.
#include "http/retry.hpp"

#include <gtest/gtest.h>

namespace applivery::detail {
namespace {

using namespace std::chrono_literals;

Error transient(int attempts) {
    return Error(ErrorKind::server, "503").setRetryable(true).setAttempts(attempts);
}

RetryPolicy withChance(double chance) {
    RetryPolicy policy;
    policy.random = [chance] { return chance; };
    return policy;
}

TEST(Retry, GrowsExponentiallyToItsBound) {
    RetryPolicy policy = withChance(1);
    policy.maxAttempts = 10;
    EXPECT_EQ(delayBeforeRetry(policy, transient(1), 0ms), 500ms);
    EXPECT_EQ(delayBeforeRetry(policy, transient(2), 0ms), 1000ms);
    EXPECT_EQ(delayBeforeRetry(policy, transient(5), 0ms), 8000ms);
    EXPECT_EQ(delayBeforeRetry(policy, transient(9), 0ms), 8000ms);
}

TEST(Retry, JitterReachesDownToNothing) {
    EXPECT_EQ(delayBeforeRetry(withChance(0), transient(3), 0ms), 0ms);
}

TEST(Retry, StopsAfterTheLastAttempt) {
    EXPECT_EQ(delayBeforeRetry(withChance(1), transient(4), 0ms), std::nullopt);
}

TEST(Retry, OneAttemptTurnsItOff) {
    RetryPolicy policy = withChance(1);
    policy.maxAttempts = 1;
    EXPECT_EQ(delayBeforeRetry(policy, transient(1), 0ms), std::nullopt);
}

TEST(Retry, LeavesErrorsThatWouldComeAgain) {
    const Error error = Error(ErrorKind::notFound, "404").setAttempts(1);
    EXPECT_EQ(delayBeforeRetry(withChance(1), error, 0ms), std::nullopt);
}

TEST(Retry, ALongerRetryAfterWins) {
    EXPECT_EQ(delayBeforeRetry(withChance(1), transient(1).setRetryAfter(30s), 0ms), 30s);
}

TEST(Retry, ARetryAfterThatOutlastsThePolicyEndsTheCall) {
    EXPECT_EQ(delayBeforeRetry(withChance(1), transient(1).setRetryAfter(3600s), 0ms), std::nullopt);
}

TEST(Retry, TheWholeCallIsBounded) {
    EXPECT_EQ(delayBeforeRetry(withChance(1), transient(1), 119'900ms), std::nullopt);
}

TEST(Retry, TheRuleCanBeReplaced) {
    RetryPolicy policy;
    policy.custom = [](const Error&, std::chrono::milliseconds elapsed) { return elapsed + 1ms; };
    EXPECT_EQ(delayBeforeRetry(policy, transient(99), 41ms), 42ms);
}

TEST(RetryAfter, ReadsSeconds) {
    EXPECT_EQ(retryAfter({{"retry-after", "7"}}, {}), 7s);
}

TEST(RetryAfter, ReadsADate) {
    const auto now = std::chrono::system_clock::from_time_t(784'111'767);  // ten seconds before the date below
    EXPECT_EQ(retryAfter({{"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"}}, now), 10s);
}

TEST(RetryAfter, ADateThatIsOverIsNow) {
    EXPECT_EQ(retryAfter({{"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"}}, std::chrono::system_clock::now()), 0s);
}

TEST(RetryAfter, NonsenseIsNone) {
    EXPECT_EQ(retryAfter({{"Retry-After", "soon"}}, {}), std::nullopt);
}

}  // namespace
}  // namespace applivery::detail
