/// @file
/// Cancelling takes effect within 100 ms, wherever the call is.
#include "mock_server/deaf_listener.hpp"
#include "mock_server/raw_behaviours.hpp"
#include "support/matchers.hpp"
#include "support/scale.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <future>
#include <string>
#include <thread>

namespace applivery {
namespace {

using namespace std::chrono_literals;
namespace raw = mock::raw;
using mock::RawServer;
using Clock = std::chrono::steady_clock;

// A sanitizer makes what has to happen in that time several times slower.
constexpr auto promised = test::isSanitized ? 500ms : 100ms;

// The quickest of a few: the machine may be busy with something else.
Clock::duration timeToCancel(const BuildsClient& client, const std::function<bool(std::size_t)>& waitUntilItIsThere) {
    Clock::duration quickest = Clock::duration::max();
    for (std::size_t run = 1; run <= 5 && quickest >= promised; ++run) {
        CancellationSource source;
        auto page = client.listBuildsAsync({}, {}, source.token());
        EXPECT_TRUE(waitUntilItIsThere(run));
        const auto begun = Clock::now();
        source.cancel();
        EXPECT_THAT(page.get(), test::FailsWith(ErrorKind::cancelled));
        quickest = std::min(quickest, Clock::now() - begun);
    }
    return quickest;
}

BuildsClient clientOf(const ClientOptions& options) {
    return BuildsClient(AppToken{"app-token"}, options);
}

ClientOptions optionsFor(const std::string& baseUrl) {
    ClientOptions options;
    options.baseUrl = baseUrl;
    return options;
}

// For what cannot be seen from outside.
bool pauseBriefly(std::size_t) {
    std::this_thread::sleep_for(20ms);
    return true;
}

TEST(CancellingTakesEffect, WhileItConnects) {
    const mock::DeafListener nobody;
    EXPECT_LT(timeToCancel(clientOf(optionsFor(nobody.baseUrl())), pauseBriefly), promised);
}

TEST(CancellingTakesEffect, InTheTlsHandshake) {
    const RawServer server(raw::neverAnswer());
    EXPECT_LT(timeToCancel(clientOf(optionsFor("https" + server.baseUrl().substr(4))),
                           [&](std::size_t run) { return server.waitForFirstBytes(run); }),
              promised);
}

TEST(CancellingTakesEffect, WhileAProxyConnects) {
    const RawServer proxy(raw::neverAnswer());
    ClientOptions options = optionsFor("https://service.test");
    options.proxy = proxy.baseUrl();
    EXPECT_LT(timeToCancel(clientOf(options), [&](std::size_t run) { return proxy.waitForRequests(run); }), promised);
}

TEST(CancellingTakesEffect, BeforeTheAnswer) {
    const RawServer server(raw::neverAnswer());
    EXPECT_LT(timeToCancel(clientOf(optionsFor(server.baseUrl())),
                           [&](std::size_t run) { return server.waitForRequests(run); }),
              promised);
}

TEST(CancellingTakesEffect, InABodyThatDrips) {
    const RawServer server(raw::dripForever(5ms));
    EXPECT_LT(timeToCancel(clientOf(optionsFor(server.baseUrl())),
                           [&](std::size_t run) { return server.waitForRequests(run) && pauseBriefly(run); }),
              promised);
}

TEST(CancellingTakesEffect, InABackoff) {
    const RawServer server(raw::keepAnswering(raw::answer(503, "")));
    ClientOptions options = optionsFor(server.baseUrl());
    options.retry.initialDelay = options.retry.maxDelay = 60s;
    options.retry.random = [] { return 1.0; };
    EXPECT_LT(timeToCancel(clientOf(options),
                           [&](std::size_t run) { return server.waitForRequests(run) && pauseBriefly(run); }),
              promised);
}

TEST(CancellingTakesEffect, InTheQueueForConnections) {
    const RawServer server(raw::neverAnswer());
    ClientOptions options = optionsFor(server.baseUrl());
    options.maxConnections = 1;
    const BuildsClient client = clientOf(options);
    const auto blocking = client.listBuildsAsync();
    ASSERT_TRUE(server.waitForRequests(1));
    EXPECT_LT(timeToCancel(client, pauseBriefly), promised);
    EXPECT_EQ(server.requestHeads().size(), 1U);
}

}  // namespace
}  // namespace applivery
