/// @file
/// Faulty code of the user: logger, policy, transport and clock.
#include "support/matchers.hpp"
#include "support/rig.hpp"
#include "support/scale.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::BrokenClock;
using test::checkBlockingAndAsyncCall;
using test::clientOf;
using test::clientOfTransport;
using test::FailsWith;
using test::onePage;
using test::Rig;
using test::token;
using test::unavailable;

TEST(UserCode, ContinuesTheCallIfTheLoggerThrows) {
    Rig rig({unavailable(), onePage()});
    rig.options.log = [](LogLevel, std::string_view) { throw std::runtime_error("disk full"); };
    checkBlockingAndAsyncCall(rig.client(), [](const auto& page) { EXPECT_TRUE(page); });
}

TEST(UserCode, EndsTheCallWithTheLastErrorIfThePolicyThrows) {
    Rig rig({unavailable()});
    rig.options.retry.custom = [](const Error&, auto) -> std::optional<std::chrono::milliseconds> {
        throw std::runtime_error("no policy");
    };
    checkBlockingAndAsyncCall(rig.client(), [](const auto& page) {
        ASSERT_FALSE(page);
        EXPECT_THAT(page, FailsWith(ErrorKind::server));
        EXPECT_EQ(page.error().httpStatus(), 503);
        EXPECT_NE(page.error().message().find("RetryPolicy::custom threw an exception: no policy"), std::string::npos);
    });
}

TEST(UserCode, EndsTheCallWithTheLastErrorIfTheRandomFunctionThrows) {
    Rig rig({unavailable()});
    rig.options.retry.random = []() -> double { throw 42; };
    checkBlockingAndAsyncCall(rig.client(), [](const auto& page) {
        ASSERT_FALSE(page);
        EXPECT_THAT(page, FailsWith(ErrorKind::server));
    });
}

TEST(UserCode, EndsTheCallIfTheRandomFunctionReturnsNan) {
    Rig rig({unavailable()});
    rig.options.retry.random = [] { return std::nan(""); };
    EXPECT_THAT(rig.client().listBuilds(), FailsWith(ErrorKind::invalidArgument));
}

TEST(UserCode, WaitsAtMostTenYearsIfThePolicyReturnsALongerDelay) {
    Rig rig({unavailable(), onePage()});
    rig.options.retry.custom = [](const Error&, auto) { return std::chrono::milliseconds::max(); };
    EXPECT_TRUE(rig.client().listBuilds());
    EXPECT_EQ(rig.clock->delays(), (std::vector<std::chrono::milliseconds>{std::chrono::hours{24 * 3650}}));
}

TEST(UserCode, DoesNotExhaustTheStackIfThePolicyRetriesManyTimes) {
    constexpr int maxAttempts = test::scaled(20'000);
    Rig rig({unavailable()});
    rig.options.retry.custom = [](const Error& error, auto) -> std::optional<std::chrono::milliseconds> {
        if (error.attempts() == maxAttempts) return std::nullopt;
        return 0ms;
    };
    EXPECT_EQ(rig.client().listBuildsAsync().get().error().attempts(), maxAttempts);
}

TEST(UserCode, EndsTheCallIfTheTransportThrows) {
    checkBlockingAndAsyncCall(
        clientOf([](auto&) -> FakeTransport::Answer { throw std::runtime_error("no network"); }), [](const auto& page) {
            ASSERT_FALSE(page);
            EXPECT_THAT(page, FailsWith(ErrorKind::connection));
            EXPECT_EQ(page.error().attempts(), 4) << "the error is transient";
            EXPECT_NE(page.error().message().find("the transport threw an exception: no network"), std::string::npos);
        });
}

TEST(UserCode, KeepsTheErrorIfTheTransportThrowsATypedException) {
    checkBlockingAndAsyncCall(
        clientOf([](auto&) -> FakeTransport::Answer { throwError(Error(ErrorKind::tls, "no key")); }),
        [](const auto& page) { EXPECT_THAT(page, FailsWith(ErrorKind::tls)); });
}

TEST(UserCode, RedactsTheTokenInAnExceptionOfTheTransport) {
    checkBlockingAndAsyncCall(
        clientOf([](auto&) -> FakeTransport::Answer { throw std::runtime_error(token); }),
        [](const auto& page) { EXPECT_EQ(page.error().message().find(token), std::string::npos) << page.error(); });
}

TEST(UserCode, UsesTheFirstOfSeveralCompletions) {
    int sent = 0;
    const BuildsClient client = clientOfTransport([&](auto&, auto done) {
        ++sent;
        done(unavailable());
        done(unavailable());
        done(onePage());
    });
    checkBlockingAndAsyncCall(client, [](const auto& page) {
        ASSERT_FALSE(page);
        EXPECT_EQ(page.error().attempts(), 4);
    });
    EXPECT_EQ(sent, 8);
}

TEST(UserCode, UsesTheCompletionIfTheTransportThrowsAfterwards) {
    checkBlockingAndAsyncCall(clientOfTransport([](auto&, auto done) {
                                  done(onePage());
                                  throw std::runtime_error("late");
                              }),
                              [](const auto& page) { EXPECT_TRUE(page); });
}

TEST(UserCode, EndsTheCallIfTheTransportDropsTheCallback) {
    checkBlockingAndAsyncCall(clientOfTransport([](auto&, auto) {}), [](const auto& page) {
        ASSERT_FALSE(page);
        EXPECT_THAT(page, FailsWith(ErrorKind::connection));
        EXPECT_NE(page.error().message().find("dropped"), std::string::npos) << page.error();
    });
}

TEST(UserCode, EndsTheCallWithTheLastErrorIfTheClockThrows) {
    Rig rig({unavailable()});
    rig.options.clock = std::make_shared<BrokenClock>([](auto) { throw std::runtime_error("no timer"); });
    checkBlockingAndAsyncCall(rig.client(), [](const auto& page) {
        ASSERT_FALSE(page);
        EXPECT_THAT(page, FailsWith(ErrorKind::server));
        EXPECT_NE(page.error().message().find("no timer"), std::string::npos) << page.error();
    });
}

TEST(UserCode, EndsTheCallWithTheLastErrorIfTheClockDropsTheWait) {
    Rig rig({unavailable()});
    rig.options.clock = std::make_shared<BrokenClock>([](auto) {});
    checkBlockingAndAsyncCall(rig.client(), [](const auto& page) {
        ASSERT_FALSE(page);
        EXPECT_THAT(page, FailsWith(ErrorKind::server));
        EXPECT_NE(page.error().message().find("the clock dropped the wait"), std::string::npos) << page.error();
    });
}

// Throws once if the time is read when the flag is set.
class FailingOnceClock final : public Clock {
public:
    explicit FailingOnceClock(std::atomic<bool>& mustThrow) : mustThrow_(mustThrow) {}

    [[nodiscard]] std::chrono::steady_clock::time_point now() const override {
        if (mustThrow_.exchange(false)) throw std::runtime_error("no time");
        return {};
    }
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override { return {}; }
    void callAfter(std::chrono::milliseconds, CancellationToken, std::function<void()> wake) override { wake(); }

private:
    std::atomic<bool>& mustThrow_;
};

TEST(UserCode, EndsTheCallIfTheClockThrowsWhenTheResponseArrives) {
    std::atomic<bool> mustThrow{false};
    ClientOptions options;
    options.clock = std::make_shared<FailingOnceClock>(mustThrow);
    const BuildsClient client = clientOf(
        [&](auto&) -> FakeTransport::Answer {
            mustThrow = true;
            return onePage();
        },
        options);
    auto page = client.listBuildsAsync();
    ASSERT_EQ(page.wait_for(10s), std::future_status::ready);
    const auto result = page.get();
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().message().find("the clock threw an exception: no time"), std::string::npos);
}

TEST(UserCode, UsesTheFirstOfTwoWakes) {
    Rig rig({unavailable()});
    rig.options.clock = std::make_shared<BrokenClock>([](auto wake) {
        wake();
        wake();
    });
    EXPECT_EQ(rig.client().listBuilds().error().attempts(), 4);
    EXPECT_EQ(rig.transport->requests().size(), 4U);
}

TEST(UserCode, AllowsALoggerToCallTheClient) {
    Rig rig({onePage()});
    std::optional<BuildsClient> client;
    int calls = 0;
    rig.options.log = [&](LogLevel, std::string_view) {
        if (++calls > 1) return;
        EXPECT_TRUE(client->listBuilds());
    };
    client = rig.client();
    EXPECT_TRUE(client->listBuilds());
    EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace applivery
