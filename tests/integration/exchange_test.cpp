/// @file
/// Exchanges with faulty servers and networks: status, TLS handshakes and time limits.
#include "mock_server/connection_handlers.hpp"
#include "mock_server/nginx_proxy.hpp"
#include "mock_server/sample_workspace.hpp"
#include "support/matchers.hpp"
#include "support/raw_client.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <optional>
#include <string>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
namespace raw = mock::raw;
using mock::RawServer;
using test::emptyPage;
using test::list;

ClientOptions quickRetries(const std::string& baseUrl) {
    ClientOptions options = test::optionsFor(baseUrl);
    options.retry.initialDelay = 1ms;
    options.retry.maxAttempts = 3;
    return options;
}

BuildFilter version(std::string name) {
    BuildFilter filter;
    filter.versionName = std::move(name);
    return filter;
}

// ---- refusals with a faulty body ----

struct Refusal {
    const char* name;
    mock::ConnectionHandler handler;
    ErrorKind kind;
    int attempts;
};

class RefusedExchange : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedExchange, IsReportedIfItsBodyIsFaulty) {
    const RawServer server(GetParam().handler);
    ClientOptions options = quickRetries(server.baseUrl());
    options.maxResponseBytes = 10'000;
    options.requestTimeout = 500ms;
    const auto page = list(options);
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().kind(), GetParam().kind) << page.error();
    EXPECT_EQ(page.error().attempts(), GetParam().attempts);
    EXPECT_TRUE(page.error().httpStatus());
    EXPECT_EQ(page.error().message().find("Ask for fewer"), std::string::npos) << page.error();
}

INSTANTIATE_TEST_SUITE_P(
    Exchange, RefusedExchange,
    testing::Values(Refusal{"CutOff401", raw::respondOnce(raw::responseHead(401, "Content-Length: 100\r\n") + "half"),
                            ErrorKind::authentication, 1},
                    Refusal{"CutOff403", raw::respondOnce(raw::responseHead(403, "Content-Length: 100\r\n") + "half"),
                            ErrorKind::permissionDenied, 1},
                    Refusal{"FalseEncoding503",
                            raw::respondOnce(raw::response(503, "busy", "Content-Encoding: gzip\r\n")),
                            ErrorKind::server, 3},
                    Refusal{"TooLarge401", raw::respondOnce(raw::response(401, std::string(50'000, 'x'))),
                            ErrorKind::authentication, 1},
                    Refusal{"Dripping401", raw::dripForever(5ms, 401), ErrorKind::authentication, 1}),
    [](const auto& refusal) { return refusal.param.name; });

TEST(Exchange, RedactsACutOffToken) {
    for (std::size_t sent = 16; sent <= 36; ++sent) {
        const std::string body = std::string("<html>bad: Bearer app-token-0123456789").substr(0, sent);
        const RawServer server(raw::respondOnce(raw::responseHead(401, "Content-Length: 1000\r\n") + body));
        const auto page = list(quickRetries(server.baseUrl()));
        ASSERT_FALSE(page);
        EXPECT_EQ(page.error().message().find("app-t"), std::string::npos) << page.error();
    }
}

TEST(Exchange, FailsIfTheBodyOfAGoodStatusIsCutOff) {
    const RawServer server(raw::respondOnce(raw::responseHead(200, "Content-Length: 100\r\n") + "half"));
    EXPECT_THAT(list(quickRetries(server.baseUrl())), test::FailsWith(ErrorKind::connection));
}

// ---- failed TLS handshakes ----

// Returns a handler that receives a connection and sends nothing.
mock::ConnectionHandler holdConnection() {
    return [](mock::Connection& connection) { connection.waitForPeerOrStop(); };
}

TEST(Exchange, IsRetriedIfTheServerClosesDuringTheHandshake) {
    for (const auto& handler : {raw::closeAtOnce(), raw::resetAtOnce()}) {
        const RawServer server(handler);
        const auto page = list(quickRetries(test::withHttps(server.baseUrl())));
        ASSERT_FALSE(page);
        EXPECT_THAT(page, test::FailsWith(ErrorKind::connection)) << page.error();
        EXPECT_EQ(page.error().attempts(), 3);
    }
}

TEST(Exchange, FailsWithATlsErrorIfTheServerHasNoTls) {
    const RawServer server([](mock::Connection& connection) {
        connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
        connection.waitForPeerOrStop();
    });
    const auto page = list(quickRetries(test::withHttps(server.baseUrl())));
    ASSERT_FALSE(page);
    EXPECT_THAT(page, test::FailsWith(ErrorKind::tls)) << page.error();
    EXPECT_EQ(page.error().attempts(), 1);
}

TEST(Exchange, TimesOutInAStuckHandshake) {
    RawServer server(holdConnection());
    ClientOptions options = quickRetries(test::withHttps(server.baseUrl()));
    options.retry.maxAttempts = 1;
    options.requestTimeout = 100ms;
    EXPECT_THAT(list(options), test::FailsWith(ErrorKind::timeout));
}

// ---- stuck requests do not delay others ----

TEST(Exchange, DoesNotDelayTheNextCallAfterAFailureOverPlainHttp) {
    RawServer server(raw::inSequence({raw::resetAfterRequest(), raw::respondToEach(raw::response(200, emptyPage))}));
    ClientOptions options = quickRetries(server.baseUrl());
    options.retry.maxAttempts = 1;
    const BuildsClient client(AppToken{"app-token"}, options);
    EXPECT_FALSE(client.listBuilds(version(std::string(15'000, 'v'))));
    auto next = client.listBuildsAsync();
    ASSERT_EQ(next.wait_for(10s), std::future_status::ready);
    EXPECT_TRUE(next.get());
}

TEST(Exchange, DoesNotWaitForASlowResponseOverPlainHttp) {
    RawServer server(raw::inSequence({raw::neverRespond(), raw::respondToEach(raw::response(200, emptyPage))}));
    const BuildsClient client(AppToken{"app-token"}, quickRetries(server.baseUrl()));
    auto stuck = client.listBuildsAsync();
    ASSERT_TRUE(server.waitForRequests(1));
    auto next = client.listBuildsAsync();
    ASSERT_EQ(next.wait_for(10s), std::future_status::ready);
    EXPECT_TRUE(next.get());
    EXPECT_EQ(stuck.wait_for(0s), std::future_status::timeout);
}

TEST(Exchange, DoesNotWaitForAStuckHandshake) {
    RawServer server(holdConnection());
    const BuildsClient client(AppToken{"app-token"}, quickRetries(test::withHttps(server.baseUrl())));
    auto first = client.listBuildsAsync();
    ASSERT_TRUE(server.waitForConnections(1));
    auto second = client.listBuildsAsync();
    EXPECT_TRUE(server.waitForConnections(2, 5s)) << "the second call waits for the handshake of the first call";
}

TEST(Exchange, EndsAtOnceWhenItIsCancelledInAStuckHandshake) {
    RawServer server(holdConnection());
    const BuildsClient client(AppToken{"app-token"}, quickRetries(test::withHttps(server.baseUrl())));
    auto first = client.listBuildsAsync();
    ASSERT_TRUE(server.waitForConnections(1));
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) {
        CancellationSource source;
        auto call = client.listBuildsAsync({}, {}, source.token());
        source.cancel();
        EXPECT_EQ(call.get().error().kind(), ErrorKind::cancelled);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, 8s) << "some calls waited until the time limit";
}

TEST(Exchange, RunsInParallelOverTls) {
    mock::MockServerOptions serverOptions;
    serverOptions.tls = true;
    mock::MockServer server(serverOptions);
    mock::sample::addTo(server);
    ClientOptions options = quickRetries(server.baseUrl());
    options.caBundle = server.caFile();
    options.maxConnections = 12;
    const BuildsClient client(AppToken{mock::sample::appToken}, options);
    for (const std::size_t expected : {12U, 24U}) {  // in the first round, the protocol of the server is not known yet
        std::atomic<int> waitedInVain{0};
        server.setHook([&, expected](const mock::RecordedRequest&) -> std::optional<mock::ScriptedResponse> {
            waitedInVain +=
                server.waitForRequests(expected, 20s) ? 0 : 1;  // responds only after all requests have arrived
            return std::nullopt;
        });
        std::vector<std::future<Result<BuildPage>>> pages;
        for (int i = 0; i < 12; ++i) pages.push_back(client.listBuildsAsync());
        for (auto& page : pages) EXPECT_TRUE(page.get());
        EXPECT_EQ(waitedInVain, 0);
    }
}

// ---- time limits do not run in a queue ----

// Each response takes two thirds of the limit, and there are more calls than connections or streams.
constexpr auto slowResponse = 1s;

ClientOptions withShortLimits(const std::string& baseUrl, const std::string& caFile) {
    ClientOptions options = quickRetries(baseUrl);
    options.caBundle = caFile;
    options.connectTimeout = 800ms;
    options.requestTimeout = 1500ms;
    options.retry.maxAttempts = 1;
    return options;
}

void expectPages(const BuildsClient& client, int count) {
    std::vector<std::future<Result<BuildPage>>> pages;
    for (int i = 0; i < count; ++i) pages.push_back(client.listBuildsAsync());
    for (auto& page : pages) {
        const auto result = page.get();
        EXPECT_TRUE(result) << result.error();
    }
}

TEST(Exchange, DoesNotTimeOutInTheQueueForAConnectionOfHttp11) {
    mock::MockServerOptions serverOptions;
    serverOptions.tls = true;
    serverOptions.delay = slowResponse;
    mock::MockServer server(serverOptions);
    mock::sample::addTo(server);
    ClientOptions options = withShortLimits(server.baseUrl(), server.caFile());
    options.maxConnections = 4;
    expectPages(BuildsClient(AppToken{mock::sample::appToken}, options), 12);
}

// libcurl receives the maximum number of streams in the first exchange. Later requests wait in the queue of libcurl.
TEST(Exchange, DoesNotTimeOutInTheQueueOfNginxForAStream) {
    mock::MockServer server;
    mock::sample::addTo(server);
    const mock::NginxProxy front(server.port(), "http2", 2);
    ClientOptions options = withShortLimits(front.baseUrl(), front.caFile());
    options.maxConnections = 1;
    const BuildsClient client(AppToken{mock::sample::appToken}, options);
    expectPages(client, 1);
    server.setDelay(slowResponse);
    expectPages(client, 6);
}

// The second request needs no second connection, and need not wait for the end of the first response.
TEST(Exchange, SharesTheConnectionOfNginxWhenTheFirstResponseBegins) {
    const RawServer* backend = nullptr;
    RawServer server([&backend](mock::Connection& connection) {
        if (!connection.readRequestHead()) return;
        const std::string response = raw::response(200, emptyPage, "X-Accel-Buffering: no\r\n");
        const std::size_t begin = response.find("\r\n\r\n") + 5;
        if (!connection.write(response.substr(0, begin)) || !backend->waitForRequests(2, 3s)) return;
        (void)connection.write(response.substr(begin));
    });
    backend = &server;
    const mock::NginxProxy front(server.port());
    ClientOptions options = quickRetries(front.baseUrl());
    options.caBundle = front.caFile();
    options.maxConnections = 1;
    options.retry.maxAttempts = 1;
    expectPages(BuildsClient(AppToken{mock::sample::appToken}, options), 2);
}

}  // namespace
}  // namespace applivery
