/// @file
/// Many more concurrent calls than connections.
#include "mock_server/connection_handlers.hpp"
#include "mock_server/nginx_proxy.hpp"
#include "mock_server/sample_workspace.hpp"
#include "support/matchers.hpp"
#include "support/raw_client.hpp"
#include "support/scale.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <set>
#include <string>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
namespace raw = mock::raw;
using mock::RawServer;

constexpr int manyCalls = test::scaled(5'000);
constexpr int queuedCalls = test::scaled(50'000);
constexpr std::size_t connections = 8;
constexpr int streams = 16;  // HTTP/2 streams of a connection; the sum of all connections is below the number of calls

using Calls = std::vector<std::future<Result<BuildPage>>>;

Calls begin(const BuildsClient& client, int count, const CancellationToken& token = {}) {
    Calls calls;
    for (int i = 1; i <= count; ++i) {
        Page page;
        page.number = i;
        calls.push_back(client.listBuildsAsync({}, page, token));
    }
    return calls;
}

void expectSuccess(Calls calls) {
    int failed = 0;
    for (auto& call : calls) {
        const auto page = call.get();
        if (!page && ++failed == 1) ADD_FAILURE() << page.error();
    }
    EXPECT_EQ(failed, 0);
}

BuildsClient clientWithoutRetry(ClientOptions options) {
    options.retry.maxAttempts = 1;
    return BuildsClient(AppToken{mock::sample::appToken}, options);
}

// Sets long time limits, because a busy machine needs longer than the default to start all calls.
ClientOptions withLongLimits(const std::string& baseUrl) {
    ClientOptions options = test::optionsFor(baseUrl);
    options.connectTimeout = options.requestTimeout = 10min;
    return options;
}

// Calls through nginx with delayed responses, so that many calls are in flight at once.
class ManyCallsThroughNginx : public testing::TestWithParam<const char*> {};

TEST_P(ManyCallsThroughNginx, AllSucceedOnFewConnections) {
    const bool isHttp2 = GetParam() == std::string("http2");
    mock::MockServerOptions mockOptions;
    mockOptions.delay = isHttp2 ? 50ms : 5ms;
    mockOptions.connections = 200;
    mock::MockServer server(mockOptions);
    mock::sample::addTo(server);
    const mock::NginxProxy front(server.port(), GetParam(), streams);
    ClientOptions options = withLongLimits(front.baseUrl());
    options.caBundle = front.caFile();
    expectSuccess(begin(clientWithoutRetry(options), manyCalls));
    EXPECT_LE(front.peakConnections(), connections);
    if (isHttp2) {
        EXPECT_GT(server.peakConcurrency(), connections) << "streams share connections";
    }
}

INSTANTIATE_TEST_SUITE_P(Protocols, ManyCallsThroughNginx, testing::Values("http2", ""),
                         [](const auto& test) { return test.param == std::string("http2") ? "Http2" : "Http11"; });

class ManyCallsToAService : public testing::Test {
protected:
    ManyCallsToAService() { mock::sample::addTo(server); }

    [[nodiscard]] ClientOptions withConnections(int maxConnections) const {
        ClientOptions options = withLongLimits(server.baseUrl());
        options.maxConnections = maxConnections;
        return options;
    }

    mock::MockServer server;
};

TEST_F(ManyCallsToAService, UseNoMoreConnectionsThanTheLimit) {
    server.setDelay(2ms);
    expectSuccess(begin(clientWithoutRetry(withConnections(3)), 300));
    EXPECT_EQ(server.peakConcurrency(), 3U);
    std::set<int> used;
    for (const auto& request : server.requests()) used.insert(request.clientPort);
    EXPECT_EQ(used.size(), 3U);
}

TEST_F(ManyCallsToAService, AreSentInOrder) {
    expectSuccess(begin(clientWithoutRetry(withConnections(1)), 100));
    std::vector<int> pages;
    for (const auto& request : server.requests()) pages.push_back(std::stoi(request.parameter("page").value()));
    EXPECT_TRUE(std::is_sorted(pages.begin(), pages.end())) << testing::PrintToString(pages);
}

TEST_F(ManyCallsToAService, DoNotTimeOutInTheQueue) {
    server.setDelay(250ms);
    ClientOptions options = withConnections(1);
    options.requestTimeout = 3s;
    options.retry.maxElapsed = 3s;
    expectSuccess(begin(clientWithoutRetry(options), 16));
}

TEST(ManyCalls, AreCancelledInTheQueue) {
    RawServer server(raw::neverRespond());
    const BuildsClient client = clientWithoutRetry(withLongLimits(server.baseUrl()));
    const Calls first = begin(client, static_cast<int>(connections));
    CancellationSource source;
    Calls waiting = begin(client, queuedCalls, source.token());
    source.cancel();
    for (auto& call : waiting) ASSERT_THAT(call.get(), test::FailsWith(ErrorKind::cancelled));
    for (const auto& call : first) EXPECT_EQ(call.wait_for(0s), std::future_status::timeout);
}

TEST(ManyCalls, AreCancelledOneByOne) {
    RawServer server(raw::neverRespond());
    const BuildsClient client = clientWithoutRetry(withLongLimits(server.baseUrl()));
    std::vector<CancellationSource> sources(queuedCalls);
    Calls calls;
    for (const auto& source : sources) calls.push_back(client.listBuildsAsync({}, {}, source.token()));
    for (auto& source : sources) source.cancel();
    for (auto& call : calls) ASSERT_THAT(call.get(), test::FailsWith(ErrorKind::cancelled));
}

TEST(ManyCalls, DoNotDelayCallsToAnotherHost) {
    RawServer silent(raw::neverRespond());
    RawServer server(raw::respondToEach(raw::response(200, test::emptyPage)));
    const auto transport = makeCurlTransport({});
    const auto clientFor = [&](const std::string& url) {
        return BuildsClient(AppToken{"app-token"}, withLongLimits(url), transport);
    };
    const BuildsClient stuck = clientFor(silent.baseUrl());
    const Calls waiting = begin(stuck, 20);
    const auto page = clientFor(server.baseUrl()).listBuilds();
    EXPECT_TRUE(page) << page.error();
}

}  // namespace
}  // namespace applivery
