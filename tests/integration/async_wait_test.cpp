/// @file
/// The number of threads of many concurrent waits.
#include "mock_server/connection_handlers.hpp"
#include "support/process_use.hpp"
#include "support/scale.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>

namespace applivery {
namespace {

using namespace std::chrono_literals;
namespace raw = mock::raw;

TEST(AsyncWaits, UseThreeThreadsForAThousandWaits) {
    const int count = test::scaled(1'000);
    const mock::RawServer server(raw::respondToEach(raw::response(
        200, R"({"status":true,"data":{"hasNextPage":false,"items":[{"id":"b1","status":"pending"}]}})")));
    ClientOptions options;
    options.baseUrl = server.baseUrl();
    std::atomic<int> checked{0};
    std::atomic<int> cancelled{0};
    BuildSelector selector;
    selector.id = "b1";
    WaitOptions wait;
    wait.minDelay = wait.maxDelay = 1h;
    wait.timeout = 10h;
    wait.onEvent = [&](const WaitEvent& event) { checked += event.kind == WaitEvent::Kind::checked ? 1 : 0; };
    const std::size_t before = test::processUse().threads;
    {
        const BuildsClient client(AppToken{"app-token"}, options);
        for (int i = 0; i < count; ++i) {
            client.waitUntilBuildProcessedAsync(selector, wait, [&](const Result<WaitResult>& result) {
                cancelled += result && result->outcome == WaitOutcome::cancelled ? 1 : 0;
            });
        }
        for (int i = 0; i < 3'000 && checked < count; ++i) std::this_thread::sleep_for(10ms);
        ASSERT_EQ(checked, count);
        EXPECT_LE(test::processUse().threads, before + 3 + server.connectionCount())
            << "the server has a thread for each connection";
    }
    EXPECT_EQ(cancelled, count);
    EXPECT_LE(test::processUse().threads, before + server.connectionCount());
}

}  // namespace
}  // namespace applivery
