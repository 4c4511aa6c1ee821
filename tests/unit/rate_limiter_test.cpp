/// @file
/// RateLimiter without calls, at given times.
#include "http/rate_limiter.hpp"

#include "support/rig.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace applivery::detail {
namespace {

using namespace std::chrono_literals;
using Kind = RateLimiter::Turn::Kind;
using Time = RateLimiter::Time;

constexpr Time start{1h};
constexpr Time never = Time::max();

struct RateLimiterTest : testing::Test {
    void limit(double perSecond) { limits.push_back(std::make_unique<RateLimiter::Limit>(limiter, perSecond)); }

    RateLimiter::Turn askWithNewWaiter(Time now) {
        waiters.push_back(std::make_unique<RateLimiter::Waiter>(limiter, 1.0));
        return waiters.back()->ask(now, never);
    }

    // Adds a call to the queue.
    RateLimiter::Waiter& enqueue(Time now) {
        EXPECT_EQ(askWithNewWaiter(now).kind, Kind::later);
        return *waiters.back();
    }

    const std::shared_ptr<RateLimiter> limiter = std::make_shared<RateLimiter>();
    std::vector<std::unique_ptr<RateLimiter::Limit>> limits;
    std::vector<std::unique_ptr<RateLimiter::Waiter>> waiters;
};

TEST_F(RateLimiterTest, SendsAllRequestsWithoutALimit) {
    for (int i = 0; i < 5000; ++i) EXPECT_TRUE(limiter->tryTake(start));
}

TEST_F(RateLimiterTest, SendsTheRequestsOfASecondAtOnceAndThenSpacesRequests) {
    limit(4);
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(limiter->tryTake(start));
    EXPECT_FALSE(limiter->tryTake(start + 999ms));
    std::vector<Time> times;
    for (int i = 0; i < 3; ++i) times.push_back(askWithNewWaiter(start).time);
    EXPECT_EQ(times, (std::vector<Time>{start + 1s, start + 1250ms, start + 1500ms}));
}

TEST_F(RateLimiterTest, SpacesRequestsByTheIntervalOfALowLimit) {
    limit(0.5);
    EXPECT_TRUE(limiter->tryTake(start));
    EXPECT_FALSE(limiter->tryTake(start + 1999ms));
    EXPECT_TRUE(limiter->tryTake(start + 2s));
}

TEST_F(RateLimiterTest, KeepsTheAverageOfAFractionalLimit) {
    limit(2.5);
    int sent = 0;
    for (Time now = start; now < start + 12s; now += 10ms) sent += limiter->tryTake(now) ? 1 : 0;
    EXPECT_EQ(sent, 30);
}

TEST_F(RateLimiterTest, KeepsALimitAboveTheLengthOfItsHistory) {
    limit(5000);
    int sent = 0;
    for (Time now = start; now < start + 1s; now += 100us) sent += limiter->tryTake(now) ? 1 : 0;
    EXPECT_EQ(sent, 5000);
}

TEST_F(RateLimiterTest, WaitsTenYearsAtMostForALimitNearZero) {
    limit(1e-300);
    EXPECT_TRUE(limiter->tryTake(start));
    EXPECT_EQ(askWithNewWaiter(start).time, start + 24h * 3650);
    for (int i = 0; i < 100; ++i) EXPECT_GT(askWithNewWaiter(start).time, start);
}

TEST_F(RateLimiterTest, SendsNothingDuringAPause) {
    limiter->pauseUntil(start + 3s);
    limiter->pauseUntil(start + 1s);
    EXPECT_FALSE(limiter->tryTake(start + 2999ms));
    EXPECT_TRUE(limiter->tryTake(start + 3s));
}

TEST_F(RateLimiterTest, MovesAWaitingCallAfterAPause) {
    limit(1);
    EXPECT_TRUE(limiter->tryTake(start));
    RateLimiter::Waiter& waiter = enqueue(start);
    limiter->pauseUntil(start + 60s);
    EXPECT_EQ(waiter.ask(start + 1s, never).time, start + 60s);
    EXPECT_EQ(waiter.ask(start + 60s, never).kind, Kind::now);
}

TEST_F(RateLimiterTest, SpacesCallsAfterAPauseByTheLimit) {
    limit(2);
    limiter->pauseUntil(start + 30s);
    for (int i = 0; i < 3; ++i) enqueue(start);
    EXPECT_EQ(waiters[0]->ask(start + 30s, never).kind, Kind::now);
    EXPECT_EQ(waiters[1]->ask(start + 30s, never).time, start + 30'500ms);
    EXPECT_EQ(waiters[2]->ask(start + 30s, never).time, start + 31s);
}

TEST_F(RateLimiterTest, SpacesCallsAfterAPauseByJitterWithoutALimit) {
    limiter->pauseUntil(start + 30s);
    for (int i = 0; i < 2; ++i) enqueue(start);
    EXPECT_EQ(waiters[0]->ask(start + 30s, never).kind, Kind::now);
    EXPECT_EQ(waiters[1]->ask(start + 30s, never).time, start + 30'200ms);
}

TEST_F(RateLimiterTest, EmptiesALongQueueSoonAfterAPause) {
    limiter->pauseUntil(start + 30s);
    constexpr std::size_t count = 5000;
    for (std::size_t i = 0; i < count; ++i) enqueue(start);
    std::size_t next = 0;
    for (Time now = start + 30s; next < count && now < start + 120s; now += 10ms) {
        while (next < count && waiters[next]->ask(now, never).kind == Kind::now) ++next;
    }
    EXPECT_EQ(next, count);
}

TEST_F(RateLimiterTest, LetsACallWakeEarlierWhenTheCallBeforeItLeaves) {
    limit(1);
    EXPECT_TRUE(limiter->tryTake(start));
    for (int i = 0; i < 3; ++i) enqueue(start);
    EXPECT_FALSE(waiters[1]->token().isCancelled());
    waiters.erase(waiters.begin());
    EXPECT_TRUE(waiters[0]->token().isCancelled());
    EXPECT_FALSE(waiters[1]->token().isCancelled()) << "only the first call needs its exact time";
    EXPECT_EQ(waiters[0]->ask(start, never).time, start + 1s);
    EXPECT_FALSE(waiters[0]->token().isCancelled());
}

// A clock may run the call that it wakes, and thus the user's code, before the wake-up returns.
TEST_F(RateLimiterTest, WakesTheNextCallWhileTheFirstOneRuns) {
    limit(1);
    EXPECT_TRUE(limiter->tryTake(start));
    for (int i = 0; i < 4; ++i) enqueue(start);
    bool isNextWoken = false;
    const CancellationCallback run(waiters[1]->token(), [&] {
        waiters[1].reset();
        isNextWoken = waiters[2]->token().isCancelled();
    });
    waiters[0].reset();
    EXPECT_TRUE(isNextWoken);
}

TEST_F(RateLimiterTest, WakesAllCallsOfALongQueueIfTheyLeaveInTheirWakeUp) {
    limit(1);
    EXPECT_TRUE(limiter->tryTake(start));
    constexpr std::size_t count = 2000;
    std::vector<std::unique_ptr<CancellationCallback>> callbacks;
    for (std::size_t i = 0; i < count; ++i) {
        const CancellationToken token = enqueue(start).token();
        callbacks.push_back(std::make_unique<CancellationCallback>(token, [this, i] { waiters[i].reset(); }));
    }
    waiters[0].reset();
    for (const auto& waiter : waiters) EXPECT_FALSE(waiter);
}

TEST_F(RateLimiterTest, GivesNoSlotTwiceAfterManyCallsHaveLeft) {
    limit(1);
    EXPECT_TRUE(limiter->tryTake(start));
    for (int i = 0; i < 50; ++i) enqueue(start);
    waiters.clear();
    for (int i = 1; i <= 48; ++i) {
        EXPECT_EQ(askWithNewWaiter(start).time, start + std::chrono::seconds{i});
    }
}

TEST_F(RateLimiterTest, DoesNotLetANewCallOvertakeTheQueue) {
    limit(1);
    EXPECT_TRUE(limiter->tryTake(start));
    enqueue(start);
    EXPECT_FALSE(limiter->tryTake(start + 1s));
    EXPECT_EQ(waiters[0]->ask(start + 1s, never).kind, Kind::now);
}

TEST_F(RateLimiterTest, RefusesACallIfItsSlotIsAfterItsDeadline) {
    limit(1);
    EXPECT_TRUE(limiter->tryTake(start));
    RateLimiter::Waiter late(limiter, 1.0);
    EXPECT_EQ(late.ask(start, start + 999ms).kind, Kind::tooLate);
    EXPECT_TRUE(limiter->tryTake(start + 1s)) << "the call did not join the queue";
}

TEST_F(RateLimiterTest, RefusesACallAfterItsDeadline) {
    limit(1);
    EXPECT_TRUE(limiter->tryTake(start));
    RateLimiter::Waiter waiter(limiter, 1.0);
    EXPECT_EQ(waiter.ask(start, start + 1s).kind, Kind::later);
    EXPECT_EQ(waiter.ask(start + 1001ms, start + 1s).kind, Kind::tooLate);
    EXPECT_TRUE(limiter->tryTake(start + 1001ms)) << "the call took no slot";
}

TEST_F(RateLimiterTest, RefusesACallIfAPauseMovesItAfterItsDeadline) {
    limit(1);
    EXPECT_TRUE(limiter->tryTake(start));
    RateLimiter::Waiter waiter(limiter, 1.0);
    EXPECT_EQ(waiter.ask(start, start + 5s).kind, Kind::later);
    limiter->pauseUntil(start + 10s);
    EXPECT_EQ(waiter.ask(start + 1s, start + 5s).kind, Kind::tooLate);
}

TEST_F(RateLimiterTest, CountsOnlyQueuedCallsForADeadline) {
    limit(1);
    EXPECT_TRUE(limiter->tryTake(start));
    for (int i = 0; i < 5; ++i) enqueue(start);
    RateLimiter::Waiter waiter(limiter, 1.0);
    EXPECT_EQ(waiter.ask(start, start + 6s).kind, Kind::later);
    for (int i = 0; i < 3; ++i) enqueue(start);
    while (waiters.size() > 4) waiters.erase(waiters.begin() + 1);
    limiter->pauseUntil(start + 4s);
    EXPECT_EQ(waiter.ask(start + 1s, start + 6s).time, start + 5s);
}

TEST_F(RateLimiterTest, AppliesTheLowestLimit) {
    limit(10);
    limit(1);
    EXPECT_TRUE(limiter->tryTake(start));
    EXPECT_FALSE(limiter->tryTake(start + 999ms));
}

TEST_F(RateLimiterTest, AppliesALimitOnlyWhileItsClientLives) {
    limit(10);
    limit(0.001);
    EXPECT_TRUE(limiter->tryTake(start));
    RateLimiter::Waiter& waiter = enqueue(start);
    limits.pop_back();
    EXPECT_TRUE(waiter.token().isCancelled());
    EXPECT_EQ(waiter.ask(start, never).kind, Kind::now);
}

TEST_F(RateLimiterTest, CountsRequestsFromBeforeTheLimit) {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter->tryTake(start));
    limit(3);
    EXPECT_FALSE(limiter->tryTake(start + 999ms));
    EXPECT_TRUE(limiter->tryTake(start + 1s));
}

TEST_F(RateLimiterTest, CountsARequestFromItsStart) {
    limit(2);
    EXPECT_TRUE(limiter->tryTake(start));
    EXPECT_TRUE(limiter->tryTake(start));
    limiter->started(start, start + 100ms);
    EXPECT_FALSE(limiter->tryTake(start + 1099ms));
    EXPECT_TRUE(limiter->tryTake(start + 1100ms)) << "one request still waits for its start";
    EXPECT_FALSE(limiter->tryTake(start + 10s));
    limiter->started(start, start + 10s);
    EXPECT_FALSE(limiter->tryTake(start + 10'999ms));
    limiter->started(start + 1100ms, start + 10'500ms);
    EXPECT_TRUE(limiter->tryTake(start + 11s));
    EXPECT_FALSE(limiter->tryTake(start + 11'499ms));
}

TEST_F(RateLimiterTest, DelaysACallByAWindowIfAllRequestsWaitForTheirStart) {
    limit(1);
    EXPECT_TRUE(limiter->tryTake(start));
    limiter->started(start, start);
    EXPECT_TRUE(limiter->tryTake(start + 1s));
    RateLimiter::Waiter& waiter = enqueue(start + 5s);
    EXPECT_EQ(waiter.ask(start + 6s, never).time, start + 7s);
    limiter->endedWithoutStart(start + 1s);
    EXPECT_TRUE(waiter.token().isCancelled());
    EXPECT_EQ(waiter.ask(start + 6s, never).kind, Kind::now);
}

TEST_F(RateLimiterTest, KeepsTheLimitAfterMoreRequestsThanItsHistoryHolds) {
    constexpr int many = 3000;
    for (int i = 0; i < many; ++i) EXPECT_TRUE(limiter->tryTake(start));
    limit(3);
    for (int i = 0; i < many; ++i) limiter->started(start, start + 1s);
    EXPECT_FALSE(limiter->tryTake(start + 1999ms));
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter->tryTake(start + 2s));
    EXPECT_FALSE(limiter->tryTake(start + 2s));
}

TEST_F(RateLimiterTest, IsSharedByTheClientsOfATransport) {
    const auto transport = test::transportOf({test::onePage()});
    EXPECT_EQ(RateLimiter::of(transport), RateLimiter::of(transport));
    EXPECT_NE(RateLimiter::of(transport), RateLimiter::of(test::transportOf({test::onePage()})));
}

}  // namespace
}  // namespace applivery::detail
