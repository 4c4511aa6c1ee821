/// @file
/// SystemClock and its timers.
#include <applivery/clock.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace applivery {
namespace {

using namespace std::chrono_literals;

TEST(SystemClock, WakesAfterTheDelay) {
    const auto clock = makeSystemClock();
    std::promise<void> woken;
    const auto start = clock->now();
    clock->callAfter(20ms, {}, [&] { woken.set_value(); });
    woken.get_future().wait();
    EXPECT_GE(clock->now() - start, 20ms);
}

TEST(SystemClock, WakesInTheOrderOfTheDelays) {
    const auto clock = makeSystemClock();
    std::promise<void> both;
    std::vector<int> order;
    clock->callAfter(40ms, {}, [&] {
        order.push_back(2);
        both.set_value();
    });
    clock->callAfter(1ms, {}, [&] { order.push_back(1); });
    both.get_future().wait();
    EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

TEST(SystemClock, WakesAtOnceWhenItIsCancelled) {
    const auto clock = makeSystemClock();
    CancellationSource source;
    std::promise<void> woken;
    clock->callAfter(1h, source.token(), [&] { woken.set_value(); });
    source.cancel();
    EXPECT_EQ(woken.get_future().wait_for(10s), std::future_status::ready);
}

TEST(SystemClock, RunsAnAlarmAfterItsTime) {
    const auto clock = makeSystemClock();
    std::promise<void> called;
    const auto start = clock->now();
    clock->alarmAfter(20ms, {}, [&] { called.set_value(); });
    ASSERT_EQ(called.get_future().wait_for(10s), std::future_status::ready);
    EXPECT_GE(clock->now() - start, 20ms);
}

TEST(SystemClock, CancelsManyTimersAtOnce) {
    const auto clock = makeSystemClock();
    CancellationSource source;
    constexpr int many = 20'000;
    std::atomic<int> woken{0};
    for (int i = 0; i < many; ++i) clock->callAfter(1h, source.token(), [&] { ++woken; });
    const auto start = clock->now();
    source.cancel();
    while (woken < many) std::this_thread::yield();
    EXPECT_LT(clock->now() - start, 5s) << "cancelling a timer searches all timers";
}

TEST(SystemClock, WakesAllTimersWhenItIsDestroyed) {
    auto clock = makeSystemClock();
    bool woken = false;
    clock->callAfter(1h, {}, [&] { woken = true; });
    clock.reset();
    EXPECT_TRUE(woken);
}

TEST(SystemClock, CanBeDestroyedByItsTimer) {
    auto clock = makeSystemClock();
    std::promise<void> gone;
    clock->callAfter(1ms, {}, [&] {
        clock.reset();
        gone.set_value();
    });
    EXPECT_EQ(gone.get_future().wait_for(10s), std::future_status::ready);
}

}  // namespace
}  // namespace applivery
