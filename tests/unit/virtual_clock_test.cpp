/// @file
/// VirtualClock.
#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>
#include <applivery/testing/virtual_clock.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
// Programs may still use the names without the namespace testing.
static_assert(std::is_same_v<applivery::VirtualClock, applivery::testing::VirtualClock>);
static_assert(std::is_same_v<applivery::FakeTransport, applivery::testing::FakeTransport>);

using Passing = VirtualClock::Passing;
using Delays = std::vector<std::chrono::milliseconds>;

TEST(VirtualClock, AdvancesItsTimeForEachWait) {
    VirtualClock clock;
    const auto before = clock.wallNow();
    bool isAwake = false;
    clock.callAfter(20min, {}, [&] { isAwake = true; });
    EXPECT_TRUE(isAwake);
    EXPECT_EQ(clock.elapsed(), 20min);
    EXPECT_EQ(clock.wallNow() - before, 20min);
    EXPECT_EQ(clock.now() - VirtualClock().now(), 20min);
    EXPECT_EQ(clock.delays(), Delays{20min});
}

TEST(VirtualClock, DoesNotAdvanceForACancelledWait) {
    for (const Passing passing : {Passing::whenAwaited, Passing::byHand}) {
        VirtualClock clock(passing);
        CancellationSource source;
        source.cancel();
        bool isAwake = false;
        clock.callAfter(20min, source.token(), [&] { isAwake = true; });
        EXPECT_TRUE(isAwake);
        EXPECT_EQ(clock.elapsed(), 0min);
        EXPECT_EQ(clock.untilNextWake(), std::nullopt);
        EXPECT_EQ(clock.delays(), Delays{20min});
    }
}

TEST(VirtualClock, StartsAtAGivenTime) {
    const auto start = std::chrono::system_clock::time_point{48h};
    EXPECT_EQ(VirtualClock(Passing::whenAwaited, start).wallNow(), start);
}

TEST(VirtualClock, WakesEachTimerAtItsTimeIfAdvancedByHand) {
    VirtualClock clock(Passing::byHand);
    std::string order;
    const auto note = [&](char name) {
        return [&order, &clock, name] { order += name + std::to_string(clock.elapsed() / 1s) + ' '; };
    };
    clock.callAfter(3s, {}, note('c'));
    clock.callAfter(1s, {}, note('a'));
    clock.callAfter(1s, {}, note('b'));
    EXPECT_EQ(clock.untilNextWake(), 1s);
    EXPECT_EQ(order, "");
    clock.advance(2s);
    EXPECT_EQ(order, "a1 b1 ");
    EXPECT_EQ(clock.elapsed(), 2s);
    EXPECT_EQ(clock.untilNextWake(), 1s);
    clock.advance(1s);
    EXPECT_EQ(order, "a1 b1 c3 ");
    EXPECT_EQ(clock.untilNextWake(), std::nullopt);
}

TEST(VirtualClock, IncludesNewTimersIfAdvancedByHand) {
    VirtualClock clock(Passing::byHand);
    std::chrono::milliseconds woken{0};
    clock.callAfter(1s, {}, [&] { clock.callAfter(1s, {}, [&] { woken = clock.elapsed(); }); });
    clock.advance(10s);
    EXPECT_EQ(woken, 2s);
    EXPECT_EQ(clock.elapsed(), 10s);
}

TEST(VirtualClock, WakesACancelledTimerOnceIfAdvancedByHand) {
    VirtualClock clock(Passing::byHand);
    CancellationSource source;
    int calls = 0;
    clock.callAfter(1h, source.token(), [&] { ++calls; });
    source.cancel();
    EXPECT_EQ(calls, 1);
    EXPECT_EQ(clock.untilNextWake(), std::nullopt);
    clock.advance(2h);
    EXPECT_EQ(calls, 1);
    clock.callAfter(1h, source.token(), [&] { ++calls; });
    EXPECT_EQ(calls, 2) << "a token that is cancelled already";
}

TEST(VirtualClock, EndsAllWaitsWhenItIsDestroyed) {
    int calls = 0;
    {
        VirtualClock clock(Passing::byHand);
        clock.callAfter(1h, {}, [&] { ++calls; });
    }
    EXPECT_EQ(calls, 1);
}

TEST(VirtualClock, EndsTheBackoffsOfInlineCallsIfAdvancedByHand) {
    const auto clock = std::make_shared<VirtualClock>(Passing::byHand);
    ClientOptions options;
    options.clock = clock;
    options.executor = [](const auto& task) { task(); };
    options.retry.random = [] { return 1.0; };
    const auto service = std::make_shared<FakeTransport>(FakeTransport::answer(503, "<html>busy</html>"),
                                                         FakeTransport::answer(503, "<html>busy</html>"),
                                                         FakeTransport::answer(BuildPage{}));
    const BuildsClient client(AppToken{"any-token"}, options, service);
    auto page = client.listBuildsAsync();
    clock->advance(10min);
    ASSERT_EQ(page.wait_for(0s), std::future_status::ready);
    EXPECT_TRUE(page.get());
    EXPECT_EQ(clock->delays(), (Delays{500ms, 1s}));
}

TEST(VirtualClock, KeepsABackoffUntilItsEndIfAdvancedByHand) {
    const auto clock = std::make_shared<VirtualClock>(Passing::byHand);
    ClientOptions options;
    options.clock = clock;
    options.retry.random = [] { return 1.0; };
    const auto service = std::make_shared<FakeTransport>(FakeTransport::answer(503, "<html>busy</html>"),
                                                         FakeTransport::answer(BuildPage{}));
    const BuildsClient client(AppToken{"any-token"}, options, service);
    auto page = client.listBuildsAsync();
    while (!clock->untilNextWake()) std::this_thread::yield();
    clock->advance(499ms);
    EXPECT_EQ(service->requests().size(), 1U);
    clock->advance(1ms);
    ASSERT_EQ(page.wait_for(10s), std::future_status::ready);
    EXPECT_TRUE(page.get());
    EXPECT_EQ(service->requests().size(), 2U);
}

TEST(VirtualClock, RunsAnAlarmWhenItsTimeHasPassed) {
    VirtualClock clock;
    std::string order;
    clock.alarmAfter(10s, {}, [&] { order += 'a'; });
    EXPECT_EQ(clock.elapsed(), 0s) << "an alarm makes no time pass";
    EXPECT_EQ(clock.untilNextWake(), std::nullopt);
    EXPECT_EQ(clock.delays(), Delays{});
    clock.callAfter(9s, {}, [&] { order += 'b'; });
    clock.callAfter(1s, {}, [&] { order += 'c'; });
    EXPECT_EQ(order, "bac");
}

TEST(VirtualClock, RunsAnAlarmAtItsTimeIfAdvancedByHand) {
    VirtualClock clock(Passing::byHand);
    std::chrono::milliseconds at{0};
    clock.alarmAfter(10s, {}, [&] { at = clock.elapsed(); });
    EXPECT_EQ(clock.untilNextWake(), std::nullopt);
    clock.advance(1min);
    EXPECT_EQ(at, 10s);
}

TEST(VirtualClock, RunsACancelledAlarmOnceAndAtOnce) {
    VirtualClock clock;
    CancellationSource source;
    int calls = 0;
    clock.alarmAfter(10s, source.token(), [&] { ++calls; });
    source.cancel();
    EXPECT_EQ(calls, 1);
    clock.advance(1min);
    EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace applivery
