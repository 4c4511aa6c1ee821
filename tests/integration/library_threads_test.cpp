/// @file
/// The threads of the library: their number, their end, and calls on them.
#include "mock_server/connection_handlers.hpp"
#include "support/matchers.hpp"
#include "support/process_use.hpp"
#include "support/raw_client.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
namespace raw = mock::raw;
using mock::RawServer;
using test::emptyPage;
using test::optionsFor;

TEST(LibraryThreads, RefuseADeadlockingCall) {
    const RawServer server(raw::respondToEach(raw::response(200, emptyPage)));
    ClientOptions options = optionsFor(server.baseUrl());
    std::promise<Result<BuildPage>> inner;
    std::optional<BuildsClient> client;
    options.log = [&](LogLevel, std::string_view) { inner.set_value(client->listBuilds()); };
    client.emplace(AppToken{"app-token"}, options);
    auto outer = client->listBuildsAsync();
    auto refused = inner.get_future();
    ASSERT_EQ(refused.wait_for(10s), std::future_status::ready);
    EXPECT_THAT(refused.get(), test::FailsWith(ErrorKind::invalidArgument));
    EXPECT_TRUE(outer.get());
}

TEST(LibraryThreads, RefuseARange) {
    const RawServer server(raw::respondToEach(raw::response(200, emptyPage)));
    ClientOptions options = optionsFor(server.baseUrl());
    std::promise<std::vector<ErrorKind>> read;
    std::optional<BuildsClient> client;
    options.log = [&](LogLevel, std::string_view) {
        std::vector<ErrorKind> kinds;
        for (const auto& build : client->builds()) kinds.push_back(build.error().kind());
        read.set_value(kinds);
    };
    client.emplace(AppToken{"app-token"}, options);
    auto outer = client->listBuildsAsync();
    auto kinds = read.get_future();
    ASSERT_EQ(kinds.wait_for(10s), std::future_status::ready);
    EXPECT_EQ(kinds.get(), std::vector<ErrorKind>{ErrorKind::invalidArgument});
    EXPECT_TRUE(outer.get());
}

TEST(LibraryThreads, AllowALoggerToDestroyTheClient) {
    const RawServer server(raw::respondToEach(raw::response(200, emptyPage)));
    ClientOptions options = optionsFor(server.baseUrl());
    std::optional<BuildsClient> client;
    std::promise<void> destroyed;
    options.log = [&](LogLevel, std::string_view) {
        client.reset();
        destroyed.set_value();
    };
    client.emplace(AppToken{"app-token"}, options);
    auto page = client->listBuildsAsync();
    ASSERT_EQ(destroyed.get_future().wait_for(10s), std::future_status::ready);
    EXPECT_TRUE(page.get());
}

std::size_t threadsNow() {
    return test::processUse().threads;
}

// The system may list a joined thread, even of an earlier test, for a short time.
std::size_t settledThreadCount() {
    std::size_t least = threadsNow();
    for (int i = 0; i < 20; ++i) {
        std::this_thread::sleep_for(1ms);
        least = std::min(least, threadsNow());
    }
    return least;
}

TEST(LibraryThreads, AreSharedByAHundredAppsInBackoff) {
    const RawServer server(raw::respondToEach(raw::response(503, "")));
    ClientOptions options = optionsFor(server.baseUrl());
    options.retry.initialDelay = options.retry.maxDelay = 1h;
    options.retry.maxElapsed = 10h;
    options.retry.random = [] { return 1.0; };
    std::atomic<int> waiting{0};
    options.log = [&](LogLevel level, std::string_view) { waiting += level == LogLevel::warning ? 1 : 0; };
    const Workspace workspace(ServiceAccountToken{"service-token"}, "acme", options);
    std::vector<BuildsClient> clients;
    std::vector<std::future<Result<BuildPage>>> pages;
    const std::size_t before = settledThreadCount();
    for (int i = 0; i < 100; ++i) {
        clients.push_back(workspace.app("app-" + std::to_string(i)));
        pages.push_back(clients.back().listBuildsAsync());
    }
    for (int i = 0; i < 1000 && waiting < 100; ++i) std::this_thread::sleep_for(10ms);
    ASSERT_EQ(waiting, 100);
    EXPECT_LE(threadsNow() - before, 3U + server.connectionCount()) << "the server has a thread for each connection";
    clients.clear();
    for (auto& page : pages) EXPECT_THAT(page.get(), test::FailsWith(ErrorKind::cancelled));
}

TEST(LibraryThreads, EndWithTheLastClient) {
    const RawServer server(raw::neverRespond());
    const std::size_t before = settledThreadCount();
    std::optional<BuildsClient> client(std::in_place, AppToken{"app-token"}, optionsFor(server.baseUrl()));
    auto page = client->listBuildsAsync();
    ASSERT_TRUE(server.waitForRequests(1));
    EXPECT_EQ(settledThreadCount(), before + 3) << "threads for the network, for callbacks and of the server";
    client.reset();
    EXPECT_LE(settledThreadCount(), before + 1);
    EXPECT_THAT(page.get(), test::FailsWith(ErrorKind::cancelled));
}

}  // namespace
}  // namespace applivery
