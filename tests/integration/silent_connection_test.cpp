/// @file
/// Connections on which no more bytes arrive, although new connections work.
#include "mock_server/build_generator.hpp"
#include "mock_server/nginx_proxy.hpp"
#include "mock_server/sample_workspace.hpp"
#include "mock_server/tcp_relay.hpp"
#include "support/walks.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <optional>
#include <string>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
namespace sample = mock::sample;

using Calls = std::vector<std::future<Result<BuildPage>>>;

// The client's requests go through a relay to nginx, and from there to the mock server.
class SilentNginxConnection : public testing::TestWithParam<const char*> {
protected:
    SilentNginxConnection() {
        options.baseUrl = "https://127.0.0.1:" + std::to_string(relay.port());
        options.caBundle = front.caFile();
        options.requestTimeout = 2s;
        options.retry.maxAttempts = 2;
        options.retry.initialDelay = 1ms;
    }

    [[nodiscard]] BuildsClient client() const { return BuildsClient(AppToken{sample::appToken}, options); }

    [[nodiscard]] static Calls call(const BuildsClient& client, int count) {
        Calls calls;
        for (int i = 0; i < count; ++i) calls.push_back(client.listBuildsAsync());
        return calls;
    }

    static void expectPages(Calls calls) {
        for (auto& page : calls) {
            const auto result = page.get();
            EXPECT_TRUE(result) << result.error();
        }
    }

    mock::MockServer server;
    mock::BuildData& builds = sample::addTo(server, mock::generateBuilds(100));
    const mock::NginxProxy front{server.port(), GetParam()};
    mock::TcpRelay relay{front.port()};
    ClientOptions options;
};

TEST_P(SilentNginxConnection, CostsAWalkOneTimeout) {
    const auto start = std::chrono::steady_clock::now();
    int count = 0;
    for (const auto& build : client().builds({}, test::pagesOf(10, 1))) {
        ASSERT_TRUE(build) << build.error();
        if (++count == 30) relay.mute();
    }
    EXPECT_EQ(count, 100);
    EXPECT_TRUE(relay.waitUntilMutedConnectionsClose());
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2 * options.requestTimeout);
}

TEST_P(SilentNginxConnection, DoesNotEndAWait) {
    const std::string id = builds.ids().front();
    ASSERT_TRUE(builds.setStatus(id, "pending"));
    BuildSelector selector;
    selector.id = id;
    WaitOptions wait;
    wait.timeout = 20s;
    wait.minDelay = wait.maxDelay = 10ms;
    int checks = 0;
    wait.onEvent = [&](const WaitEvent& event) {
        if (event.kind != WaitEvent::Kind::checked || ++checks != 2) return;
        relay.mute();
        (void)builds.setStatus(id, "processed");
    };
    const auto result = client().waitUntilBuildProcessed(selector, wait);
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(result->outcome, WaitOutcome::processed);
    EXPECT_EQ(result->transientFailures, 0);
    EXPECT_TRUE(relay.waitUntilMutedConnectionsClose());
}

TEST_P(SilentNginxConnection, DoesNotEndABurst) {
    const BuildsClient burst = client();
    server.setDelay(300ms);
    expectPages(call(burst, 2));
    server.clearRequests();
    Calls calls = call(burst, 12);
    ASSERT_TRUE(server.waitForRequests(6));
    relay.mute();
    server.setDelay(0ms);
    expectPages(std::move(calls));
    EXPECT_TRUE(relay.waitUntilMutedConnectionsClose());
}

// The relay mutes all connections of a busy period. A time-out detects only one of them.
TEST_P(SilentNginxConnection, IsNotReplacedByAnotherSilentConnection) {
    const BuildsClient caller = client();
    std::atomic<std::size_t> expected{4};
    server.setHook([&](const mock::RecordedRequest&) -> std::optional<mock::ScriptedResponse> {
        (void)server.waitForRequests(
            expected);  // all requests are in flight at once, each on its own connection over HTTP/1.1
        return std::nullopt;
    });
    expectPages(call(caller, 4));
    relay.mute();
    expected = 0;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 4; ++i) expectPages(call(caller, 1));
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2 * options.requestTimeout);
}

INSTANTIATE_TEST_SUITE_P(Over, SilentNginxConnection, testing::Values("http2", ""),
                         [](const auto& protocol) { return std::string(protocol.param).empty() ? "Http11" : "Http2"; });

class BusyNginxConnection : public SilentNginxConnection {};

// One request receives no response, although other requests of the same connection do.
TEST_P(BusyNginxConnection, StaysOpenAfterARequestTimedOut) {
    options.retry.maxAttempts = 1;
    const BuildsClient caller = client();
    server.setHook([&](const mock::RecordedRequest& request) -> std::optional<mock::ScriptedResponse> {
        if (request.parameter("page") != "7") return std::nullopt;
        mock::ScriptedResponse late;
        late.delay = 1h;  // the request ends with the server
        return late;
    });
    Page page;
    page.number = 7;
    auto slow = caller.listBuildsAsync({}, page);
    while (slow.wait_for(0s) == std::future_status::timeout) expectPages(call(caller, 1));
    EXPECT_FALSE(slow.get());
    expectPages(call(caller, 1));
    EXPECT_EQ(relay.connectionCount(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Over, BusyNginxConnection, testing::Values("http2"),
                         [](const auto&) { return std::string("Http2"); });

}  // namespace
}  // namespace applivery
