/// @file
/// Cancellation takes effect within 100 ms in every phase of a call.
#include "mock_server/connection_handlers.hpp"
#include "mock_server/full_backlog_listener.hpp"
#include "support/matchers.hpp"
#include "support/raw_client.hpp"
#include "support/scale.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace applivery {
namespace {

using namespace std::chrono_literals;
namespace raw = mock::raw;
using mock::RawServer;
using test::clientWith;
using test::optionsFor;
using SteadyClock = std::chrono::steady_clock;

// With a sanitizer, the cancellation takes several times as long.
constexpr auto timeLimit = test::isSanitized ? 500ms : 100ms;

// Cancels calls, and returns the shortest time until a call ended. Repeats a measurement above the time limit, because
// the machine may be busy.
// @param waitForPhase waits until the request with this number has reached the phase in which the call is cancelled.
SteadyClock::duration timeToCancel(const BuildsClient& client, const std::function<bool(std::size_t)>& waitForPhase) {
    SteadyClock::duration quickest = SteadyClock::duration::max();
    for (std::size_t run = 1; run <= 5 && quickest >= timeLimit; ++run) {
        CancellationSource source;
        auto page = client.listBuildsAsync({}, {}, source.token());
        EXPECT_TRUE(waitForPhase(run));
        const auto start = SteadyClock::now();
        source.cancel();
        EXPECT_THAT(page.get(), test::FailsWith(ErrorKind::cancelled));
        quickest = std::min(quickest, SteadyClock::now() - start);
    }
    return quickest;
}

// Waits 20 ms for a state that the test cannot observe.
bool pauseBriefly(std::size_t) {
    std::this_thread::sleep_for(20ms);
    return true;
}

TEST(CancellingTakesEffect, WhileConnecting) {
    const mock::FullBacklogListener listener;
    EXPECT_LT(timeToCancel(clientWith(optionsFor(listener.baseUrl())), pauseBriefly), timeLimit);
}

TEST(CancellingTakesEffect, InTheTlsHandshake) {
    const RawServer server(raw::neverRespond());
    EXPECT_LT(timeToCancel(clientWith(optionsFor(test::withHttps(server.baseUrl()))),
                           [&](std::size_t run) { return server.waitForFirstBytes(run); }),
              timeLimit);
}

TEST(CancellingTakesEffect, WhileAProxyConnects) {
    const RawServer proxy(raw::neverRespond());
    ClientOptions options = optionsFor("https://service.test");
    options.proxy = proxy.baseUrl();
    EXPECT_LT(timeToCancel(clientWith(options), [&](std::size_t run) { return proxy.waitForRequests(run); }),
              timeLimit);
}

TEST(CancellingTakesEffect, BeforeTheResponse) {
    const RawServer server(raw::neverRespond());
    EXPECT_LT(timeToCancel(clientWith(optionsFor(server.baseUrl())),
                           [&](std::size_t run) { return server.waitForRequests(run); }),
              timeLimit);
}

TEST(CancellingTakesEffect, InASlowBody) {
    const RawServer server(raw::dripForever(5ms));
    EXPECT_LT(timeToCancel(clientWith(optionsFor(server.baseUrl())),
                           [&](std::size_t run) { return server.waitForRequests(run) && pauseBriefly(run); }),
              timeLimit);
}

TEST(CancellingTakesEffect, InABackoff) {
    const RawServer server(raw::respondToEach(raw::response(503, "")));
    ClientOptions options = optionsFor(server.baseUrl());
    options.retry.initialDelay = options.retry.maxDelay = 60s;
    options.retry.random = [] { return 1.0; };
    EXPECT_LT(timeToCancel(clientWith(options),
                           [&](std::size_t run) { return server.waitForRequests(run) && pauseBriefly(run); }),
              timeLimit);
}

TEST(CancellingTakesEffect, InTheQueueForConnections) {
    const RawServer server(raw::neverRespond());
    ClientOptions options = optionsFor(server.baseUrl());
    options.maxConnections = 1;
    const BuildsClient client = clientWith(options);
    const auto blocking = client.listBuildsAsync();
    ASSERT_TRUE(server.waitForRequests(1));
    EXPECT_LT(timeToCancel(client, pauseBriefly), timeLimit);
    EXPECT_EQ(server.requestHeads().size(), 1U);
}

// ---- while a page is decoded ----

// Returns a body that takes long to decode. Its decoded page is small, because most of the body is an unknown field.
std::string longBody() {
    std::string body = R"({"status":true,"data":{"items":[{"id":"b1","more":[0)";
    const std::string text = ",\"" + std::string(100, 'x') + '"';
    constexpr std::size_t size = test::isSanitized ? 16'000'000 : 63'000'000;
    body.reserve(size);
    while (body.size() < size - text.size() - 10) body += text;
    return body + "]}]}}";
}

// Notifies the test when a response arrives.
class NotifyingTransport final : public HttpTransport {
public:
    explicit NotifyingTransport(std::shared_ptr<HttpTransport> inner) : inner_(std::move(inner)) {}

    void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) override {
        inner_->send(std::move(request), std::move(token), [arrived = arrived_, done = std::move(done)](auto response) {
            if (response) arrived->set_value();
            done(std::move(response));
        });
    }

    void waitForTheResponse() { arrived_->get_future().wait(); }

private:
    const std::shared_ptr<HttpTransport> inner_;
    const std::shared_ptr<std::promise<void>> arrived_ = std::make_shared<std::promise<void>>();
};

class CancellingWhileAPageIsDecoded : public testing::Test {
protected:
    CancellingWhileAPageIsDecoded() { options.baseUrl = server.baseUrl(); }

    // Returns the shortest time from the cancellation of a call to its end. Repeats a measurement above the time limit.
    // Ignores a measurement if the page was decoded before the cancelled call ended, as can happen on a busy machine.
    // @param begin starts the call to cancel and a call whose page is decoded meanwhile. Returns the futures of both.
    // The second future is invalid if the page of the cancelled call is decoded.
    template <typename Begin>
    SteadyClock::duration timeToCancelWhileDecoding(Begin begin) {
        SteadyClock::duration quickest = SteadyClock::duration::max();
        int counted = 0;
        for (int run = 0; run < 12 && counted < 3 && quickest >= timeLimit; ++run) {
            const auto transport = std::make_shared<NotifyingTransport>(makeCurlTransport(options));
            const BuildsClient client(AppToken{"app-token"}, options, transport);
            CancellationSource source;
            auto [cancelled, decoded] = begin(client, source.token());
            transport->waitForTheResponse();
            std::this_thread::sleep_for(20ms);  // until the decoding has started
            const auto start = SteadyClock::now();
            source.cancel();
            const Result<BuildPage> outcome = cancelled.get();
            const auto time = SteadyClock::now() - start;
            const bool isLate = outcome || (decoded.valid() && decoded.wait_for(0s) == std::future_status::ready);
            if (decoded.valid()) {
                EXPECT_TRUE(decoded.get());
            }
            if (isLate) continue;
            EXPECT_THAT(outcome, test::FailsWith(ErrorKind::cancelled));
            quickest = std::min(quickest, time);
            ++counted;
        }
        EXPECT_GT(counted, 0) << "no call was cancelled while a page was decoded";
        return quickest;
    }

    using Future = std::future<Result<BuildPage>>;

    // Makes a call with a callback, which sets the future.
    static Future listWithCallback(const BuildsClient& client, Page page, CancellationToken token) {
        const auto promise = std::make_shared<std::promise<Result<BuildPage>>>();
        client.listBuildsAsync({}, page, std::move(token), [promise](auto result) { promise->set_value(result); });
        return promise->get_future();
    }

    // The second page never arrives.
    const RawServer server{[body = raw::response(200, longBody())](mock::Connection& connection) {
        while (const auto head = connection.readRequestHead()) {
            if (head->find("page=2") != std::string::npos) return connection.waitForPeerOrStop();
            if (!connection.write(body)) return;
        }
    }};
    ClientOptions options;
    const Page secondPage = [] {
        Page page;
        page.number = 2;
        return page;
    }();
};

TEST_F(CancellingWhileAPageIsDecoded, EndsTheFutureOfAnotherCall) {
    EXPECT_LT(timeToCancelWhileDecoding([&](const BuildsClient& client, const CancellationToken& token) {
                  Future other = client.listBuildsAsync({}, secondPage, token);
                  return std::pair(std::move(other), client.listBuildsAsync());
              }),
              timeLimit);
}

TEST_F(CancellingWhileAPageIsDecoded, InvokesTheCallbackOfAnotherCall) {
    EXPECT_LT(timeToCancelWhileDecoding([&](const BuildsClient& client, const CancellationToken& token) {
                  Future other = listWithCallback(client, secondPage, token);
                  return std::pair(std::move(other), client.listBuildsAsync());
              }),
              timeLimit);
}

TEST_F(CancellingWhileAPageIsDecoded, EndsTheCall) {
    EXPECT_LT(timeToCancelWhileDecoding([&](const BuildsClient& client, const CancellationToken& token) {
                  return std::pair(listWithCallback(client, {}, token), Future());
              }),
              timeLimit);
}

TEST_F(CancellingWhileAPageIsDecoded, EndsTheCallOfABlockedCaller) {
    EXPECT_LT(timeToCancelWhileDecoding([&](const BuildsClient& client, const CancellationToken& token) {
                  return std::pair(
                      std::async(std::launch::async, [client, token] { return client.listBuilds({}, {}, token); }),
                      Future());
              }),
              timeLimit);
}

}  // namespace
}  // namespace applivery
