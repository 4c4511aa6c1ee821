/// @file
/// The event loop with a libcurl whose `curl_multi_perform` consumes wake-ups. No wake-up may be lost.
#include "lifetime/consuming_perform.hpp"
#include "mock_server/connection_handlers.hpp"
#include "mock_server/raw_server.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace applivery {
namespace {

using namespace std::chrono_literals;
namespace raw = mock::raw;
using lifetime::duringNextPerform;
using lifetime::wakeUpCount;

using Response = Result<HttpResponse>;
using Responses = std::future<Response>;

// Much shorter than the sleep of an idle event loop, and longer than a stall of a busy machine.
constexpr auto soon = 10s;

Responses send(HttpTransport& transport, const std::string& url, CancellationToken token = {}) {
    const auto promise = std::make_shared<std::promise<Response>>();
    HttpRequest request;
    request.method = "GET";
    request.url = url;
    transport.send(std::move(request), std::move(token),
                   [promise](Response response) { promise->set_value(std::move(response)); });
    return promise->get_future();
}

// Runs the action in a `curl_multi_perform` after which no socket is ready, so that only a wake-up ends the following
// sleep of the event loop.
void duringIdlePerform(HttpTransport& transport, const std::string& url, std::function<void()> action) {
    HttpRequest request;
    request.method = "GET";
    request.url = url;
    transport.send(std::move(request), {},
                   [action = std::move(action)](const Response&) mutable { duringNextPerform(std::move(action)); });
}

class LostWakeup : public testing::Test {
protected:
    const mock::RawServer silent{raw::neverRespond()};
    const mock::RawServer server{raw::respondToEach(raw::response(200, "x"))};
    std::shared_ptr<HttpTransport> transport = makeCurlTransport({});
};

TEST_F(LostWakeup, DoesNotDelayARequest) {
    std::promise<Responses> sent;
    duringIdlePerform(*transport, server.baseUrl(), [&] { sent.set_value(send(*transport, server.baseUrl())); });
    Responses response = sent.get_future().get();
    EXPECT_EQ(response.wait_for(soon), std::future_status::ready);
}

TEST_F(LostWakeup, DoesNotDelayTheDestructor) {
    std::promise<void> entered;
    duringIdlePerform(*transport, server.baseUrl(), [&] {
        const int before = wakeUpCount();
        entered.set_value();
        while (wakeUpCount() == before) std::this_thread::yield();  // until the destructor has woken the loop
    });
    entered.get_future().wait();
    auto destroyed = std::async(std::launch::async, [&] { transport.reset(); });
    EXPECT_EQ(destroyed.wait_for(soon), std::future_status::ready);
}

TEST_F(LostWakeup, DoesNotDelayACancellation) {
    CancellationSource source;
    Responses response = send(*transport, silent.baseUrl(), source.token());
    ASSERT_TRUE(silent.waitForRequests(1));
    duringIdlePerform(*transport, server.baseUrl(), [&] { source.cancel(); });
    EXPECT_EQ(response.wait_for(soon), std::future_status::ready);
}

// The event loop looks for cancelled requests while this request is still in the queue.
TEST_F(LostWakeup, DoesNotDelayACancellationWithoutAConnection) {
    ClientOptions options;
    options.maxConnections = 1;
    transport = makeCurlTransport(options);
    const Responses occupying = send(*transport, silent.baseUrl());
    ASSERT_TRUE(silent.waitForRequests(1));
    CancellationSource source;
    std::promise<Responses> sent;
    duringIdlePerform(*transport, server.baseUrl(), [&] {
        Responses response = send(*transport, silent.baseUrl(), source.token());
        source.cancel();
        sent.set_value(std::move(response));
    });
    Responses response = sent.get_future().get();
    EXPECT_EQ(response.wait_for(soon), std::future_status::ready);
}

}  // namespace
}  // namespace applivery
