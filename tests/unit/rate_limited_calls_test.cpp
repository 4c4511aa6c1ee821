/// @file
/// The rate limit of calls of the public API.
#include "support/matchers.hpp"
#include "support/request_times.hpp"
#include "support/rig.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using test::FailsWith;
using test::token;
using testing::ElementsAre;
using testing::HasSubstr;

HttpResponse tooMany(const char* seconds) {
    return FakeTransport::answer(429, "", {{"Retry-After", seconds}});
}

// A clock that does not override alarmAfter().
class ClockWithoutAlarms final : public Clock {
public:
    explicit ClockWithoutAlarms(std::shared_ptr<Clock> clock) : clock_(std::move(clock)) {}

    [[nodiscard]] std::chrono::steady_clock::time_point now() const override { return clock_->now(); }
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override { return clock_->wallNow(); }
    void callAfter(milliseconds delay, CancellationToken cancel, std::function<void()> wake) override {
        clock_->callAfter(delay, std::move(cancel), std::move(wake));
    }

private:
    const std::shared_ptr<Clock> clock_;
};

// Records the times of requests. The test advances the time, and everything runs on this thread.
struct RateLimitedCalls : testing::Test {
    RateLimitedCalls() {
        options.clock = clock;
        options.executor = [](const std::function<void()>& task) { task(); };
        options.retry.random = [] { return 0.5; };
    }

    [[nodiscard]] BuildsClient client(std::optional<double> perSecond) const {
        ClientOptions own = options;
        own.maxRequestsPerSecond = perSecond;
        return BuildsClient(AppToken{token}, own, transport);
    }

    void begin(const BuildsClient& client, int calls, const CancellationToken& cancel = {}) {
        for (int i = 0; i < calls; ++i) {
            client.listBuildsAsync({}, {}, cancel, [this](const auto& page) {
                page ? ++succeeded : ++failed;
                if (!page) lastError = page.error();
            });
        }
    }

    std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>(VirtualClock::Passing::byHand);
    ClientOptions options;
    std::vector<milliseconds> sent;
    std::vector<FakeTransport::Answer> script;  // the first responses; the others are pages
    std::shared_ptr<FakeTransport> transport = std::make_shared<FakeTransport>([this](const HttpRequest&) {
        sent.push_back(clock->elapsed());
        return sent.size() <= script.size() ? script[sent.size() - 1] : FakeTransport::Answer(test::onePage());
    });
    int succeeded = 0;
    int failed = 0;
    std::optional<Error> lastError;
};

TEST_F(RateLimitedCalls, KeepTheLimitAfterAPause) {
    script = {tooMany("30")};
    const BuildsClient limited = client(2);
    begin(limited, 20);
    clock->advance(1h);
    EXPECT_EQ(succeeded, 20);
    ASSERT_EQ(sent.size(), 21U);
    EXPECT_EQ(sent[1], 30s);
    EXPECT_EQ(test::mostRequestsIn(1s, sent), 2);
    EXPECT_LE(sent.back(), 40s);
}

TEST_F(RateLimitedCalls, KeepTheLimitIfThePauseBeginsWhileTheyWait) {
    const BuildsClient limited = client(2);
    begin(limited, 20);
    clock->advance(2s);
    script.assign(sent.size(), test::onePage());
    script.emplace_back(tooMany("30"));
    clock->advance(1h);
    EXPECT_EQ(succeeded, 20);
    EXPECT_EQ(test::mostRequestsIn(1s, sent), 2);
    EXPECT_LE(sent.back(), 45s);
}

TEST_F(RateLimitedCalls, LeaveAPauseWithJitterWithoutALimit) {
    script = {tooMany("30")};
    const BuildsClient unlimited = client(std::nullopt);
    begin(unlimited, 20);
    clock->advance(1h);
    EXPECT_EQ(succeeded, 20);
    ASSERT_EQ(sent.size(), 21U);
    EXPECT_EQ(sent[1], 30s);
    EXPECT_EQ(test::mostRequestsIn(50ms, sent), 1);
    EXPECT_LE(sent.back(), 35s);
}

TEST_F(RateLimitedCalls, FailIfTheJitterThrows) {
    script = {tooMany("30")};
    int draws = 0;
    options.retry.random = [&draws]() -> double {
        if (++draws == 1) return 0.5;
        throw std::runtime_error("no entropy");
    };
    const BuildsClient unlimited = client(std::nullopt);
    begin(unlimited, 2);
    clock->advance(1h);
    EXPECT_EQ(failed, 2);
    ASSERT_TRUE(lastError);
    EXPECT_THAT(lastError->message(), HasSubstr("RetryPolicy::random threw an exception: no entropy"));
}

TEST_F(RateLimitedCalls, UseTheSlotsOfCancelledCallsOnce) {
    const BuildsClient limited = client(1);
    CancellationSource source;
    begin(limited, 1);
    begin(limited, 50, source.token());
    source.cancel();
    EXPECT_EQ(failed, 50);
    begin(limited, 48);
    clock->advance(1h);
    EXPECT_EQ(succeeded, 49);
    for (std::size_t i = 0; i < sent.size(); ++i) EXPECT_EQ(sent[i], std::chrono::seconds{i});
}

TEST_F(RateLimitedCalls, UseTheSlotsOfEarlierCancelledCalls) {
    const BuildsClient limited = client(1);
    CancellationSource source;
    begin(limited, 1);
    begin(limited, 30, source.token());
    begin(limited, 5);
    clock->advance(3s);
    source.cancel();
    clock->advance(1h);
    EXPECT_EQ(succeeded, 9);
    for (std::size_t i = 0; i < sent.size(); ++i) EXPECT_EQ(sent[i], std::chrono::seconds{i});
}

TEST_F(RateLimitedCalls, UseTheLimitOfTheExistingClients) {
    std::optional<BuildsClient> strict = client(0.01);
    const BuildsClient other = client(10);
    begin(other, 12);
    clock->advance(50s);
    EXPECT_EQ(sent.size(), 1U);
    strict.reset();
    clock->advance(2s);
    EXPECT_EQ(succeeded, 12);
    EXPECT_LE(test::mostRequestsIn(1s, sent), 10);
}

TEST_F(RateLimitedCalls, UseTheLimitOfANewClientWhileTheyWait) {
    const BuildsClient first = client(10);
    begin(first, 40);
    clock->advance(2s);
    const auto before = static_cast<std::ptrdiff_t>(sent.size());
    const BuildsClient strict = client(1);
    clock->advance(1h);
    EXPECT_EQ(succeeded, 40);
    sent.erase(sent.begin(), sent.begin() + before);
    EXPECT_EQ(test::mostRequestsIn(1s, sent), 1);
}

TEST_F(RateLimitedCalls, KeepTheLimitAcrossTheClientsOfAWorkspace) {
    options.clock = clock = std::make_shared<VirtualClock>();
    options.executor = nullptr;
    options.maxRequestsPerSecond = 1;
    const Workspace workspace(ServiceAccountToken{"service-token"}, "acme", options, transport);
    for (const char* app : {"shop", "bank", "shop"}) EXPECT_TRUE(workspace.app(app).listBuilds());
    EXPECT_THAT(clock->delays(), ElementsAre(1000ms, 1000ms));
}

TEST_F(RateLimitedCalls, AreRefusedIfARetryDoesNotFitIntoTheirTime) {
    script = {test::unavailable()};
    const BuildsClient slow = client(0.001);
    begin(slow, 1);
    clock->advance(1h);
    ASSERT_TRUE(lastError);
    EXPECT_EQ(lastError->kind(), ErrorKind::server);
    EXPECT_THAT(lastError->message(), HasSubstr("the request could not be sent within the call's time limit"));
    EXPECT_EQ(clock->untilNextWake(), std::nullopt);
}

TEST_F(RateLimitedCalls, EndAWaitWithinItsTime) {
    const BuildsClient slow = client(0.001);
    begin(slow, 1);
    WaitOptions wait;
    wait.timeout = 10s;
    std::optional<std::chrono::milliseconds> endedAt;
    BuildSelector selector;
    selector.id = "b9";
    slow.waitUntilBuildProcessedAsync(selector, wait, [&](const auto&) { endedAt = clock->elapsed(); });
    clock->advance(1h);
    ASSERT_TRUE(endedAt);
    EXPECT_LE(*endedAt, 11s);
}

TEST_F(RateLimitedCalls, DelayTheOtherClientsOfTheTransportAfterA429) {
    script = {tooMany("7")};
    const BuildsClient one = client(std::nullopt);
    const BuildsClient other = client(std::nullopt);
    begin(one, 1);
    begin(other, 1);
    clock->advance(6999ms);
    EXPECT_EQ(sent.size(), 1U);
    clock->advance(1s);
    EXPECT_EQ(succeeded, 2);
}

TEST_F(RateLimitedCalls, DelayTheOtherClientsAtMostByTheTimeOfACall) {
    script = {tooMany("3600")};
    const BuildsClient unlimited = client(std::nullopt);
    begin(unlimited, 2);
    EXPECT_EQ(failed, 1);
    clock->advance(2min);
    EXPECT_EQ(succeeded, 1);
}

// A request at the end of the call's time must not receive the transport's default limit of 30 s.
TEST_F(RateLimitedCalls, GiveARequestATimeLimitIfTheCallsTimeIsUsedUp) {
    options.clock = std::make_shared<ClockWithoutAlarms>(clock);
    std::vector<bool> haveLimits;
    transport->otherwise([&](const HttpRequest& request) {
        haveLimits.push_back(request.timeout.has_value());
        return test::onePage();
    });
    const BuildsClient limited = client(1);
    begin(limited, 1);
    WaitOptions wait;
    wait.timeout = 100ms;
    limited.waitUntilBuildProcessedAsync(BuildSelector::byId("b9"), wait, [](const auto&) {});
    clock->advance(1s);
    EXPECT_THAT(haveLimits, ElementsAre(true, true));
}

// The clock wakes each waiting call at once, without any time passing.
TEST_F(RateLimitedCalls, EndIfTheClockWakesWithoutPassingTime) {
    options.clock = std::make_shared<test::BrokenClock>([](const auto& wake) { wake(); });
    script = {tooMany("30")};
    const BuildsClient limited = client(1);
    EXPECT_TRUE(limited.listBuilds());
    EXPECT_TRUE(limited.listBuilds());
    EXPECT_EQ(sent.size(), 3U);
}

TEST_F(RateLimitedCalls, RefuseALimitOf0OrLess) {
    for (const double rate : {0.0, -1.0, std::nan("")}) {
        EXPECT_THAT(client(rate).listBuilds(), FailsWith(ErrorKind::invalidArgument)) << rate;
    }
}

TEST_F(RateLimitedCalls, AreCancelledWhileTheyWait) {
    options.clock = nullptr;
    const BuildsClient slow = client(0.001);
    EXPECT_TRUE(slow.listBuilds());
    CancellationSource source;
    std::thread canceller([&] {
        std::this_thread::sleep_for(20ms);
        source.cancel();
    });
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_THAT(slow.listBuilds({}, {}, source.token()), FailsWith(ErrorKind::cancelled));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
    canceller.join();
    EXPECT_EQ(sent.size(), 1U);
}

// In real time, from many threads at once, while clients with another limit come and go.
TEST(RateLimitedCallsOfManyThreads, AllEnd) {
    const auto transport = std::make_shared<FakeTransport>([](const HttpRequest&) { return test::onePage(); });
    ClientOptions options;
    options.maxRequestsPerSecond = 300;
    const BuildsClient client(AppToken{token}, options, transport);
    std::atomic<int> ended{0};
    const auto call = [&](int thread) {
        for (int i = 0; i < 60; ++i) {
            CancellationSource source;
            auto page = client.listBuildsAsync({}, {}, source.token());
            if (i % 4 == thread) source.cancel();
            if (i % 20 == 0) {
                ClientOptions own;
                own.maxRequestsPerSecond = 50;
                const BuildsClient strict(AppToken{token}, own, transport);
                (void)strict.listBuilds();
            }
            (void)page.get();
            ++ended;
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(call, i);
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(ended, 240);
}

}  // namespace
}  // namespace applivery
