/// @file
/// What one exchange keeps to when the server, the network or the environment does not: the status, the time, the way.
#include "mock_server/connection_handlers.hpp"
#include "mock_server/nginx_proxy.hpp"
#include "mock_server/sample_workspace.hpp"
#include "support/matchers.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
namespace raw = mock::raw;
using mock::RawServer;

ClientOptions optionsFor(const std::string& baseUrl) {
    ClientOptions options;
    options.baseUrl = baseUrl;
    options.retry.initialDelay = 1ms;
    options.retry.maxAttempts = 3;
    return options;
}

Result<BuildPage> list(const ClientOptions& options, const BuildFilter& filter = {}) {
    return BuildsClient(AppToken{"app-token-0123456789"}, options).listBuilds(filter);
}

BuildFilter version(std::string name) {
    BuildFilter filter;
    filter.versionName = std::move(name);
    return filter;
}

const std::string onePage = R"({"status":true,"data":{"items":[]}})";

// ---- a refusal stands, whatever becomes of its body ----

struct Refusal {
    const char* name;
    mock::ConnectionHandler handler;
    ErrorKind kind;
    int attempts;
};

class ARefusal : public testing::TestWithParam<Refusal> {};

TEST_P(ARefusal, OutlastsItsBody) {
    const RawServer server(GetParam().handler);
    ClientOptions options = optionsFor(server.baseUrl());
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
    Exchange, ARefusal,
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

TEST(Exchange, ARefusalThatIsCutOffInTheTokenShowsNoPartOfIt) {
    for (std::size_t sent = 16; sent <= 36; ++sent) {
        const std::string body = std::string("<html>bad: Bearer app-token-0123456789").substr(0, sent);
        const RawServer server(raw::respondOnce(raw::responseHead(401, "Content-Length: 1000\r\n") + body));
        const auto page = list(optionsFor(server.baseUrl()));
        ASSERT_FALSE(page);
        EXPECT_EQ(page.error().message().find("app-t"), std::string::npos) << page.error();
    }
}

TEST(Exchange, AGoodStatusDoesNotOutlastItsBody) {
    const RawServer server(raw::respondOnce(raw::responseHead(200, "Content-Length: 100\r\n") + "half"));
    EXPECT_THAT(list(optionsFor(server.baseUrl())), test::FailsWith(ErrorKind::connection));
}

// ---- TLS: the peer was gone, or it refused ----

std::string overTls(const RawServer& server) {
    return "https://127.0.0.1:" + std::to_string(server.port());
}

TEST(Exchange, AServerThatClosesDuringTheHandshakeIsTriedAgain) {
    for (const auto& handler : {raw::closeAtOnce(), raw::resetAtOnce()}) {
        const RawServer server(handler);
        const auto page = list(optionsFor(overTls(server)));
        ASSERT_FALSE(page);
        EXPECT_THAT(page, test::FailsWith(ErrorKind::connection)) << page.error();
        EXPECT_EQ(page.error().attempts(), 3);
    }
}

TEST(Exchange, AServerThatDoesNotSpeakTlsIsATlsError) {
    const RawServer server([](mock::Connection& connection) {
        connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
        connection.waitForPeerOrStop();
    });
    const auto page = list(optionsFor(overTls(server)));
    ASSERT_FALSE(page);
    EXPECT_THAT(page, test::FailsWith(ErrorKind::tls)) << page.error();
    EXPECT_EQ(page.error().attempts(), 1);
}

// ---- nothing waits for what is stuck ----

TEST(Exchange, AFailureOverPlainHttpDoesNotHoldTheNextCall) {
    RawServer server(raw::inSequence({raw::resetAfterRequest(), raw::respondToEach(raw::response(200, onePage))}));
    ClientOptions options = optionsFor(server.baseUrl());
    options.retry.maxAttempts = 1;
    const BuildsClient client(AppToken{"app-token"}, options);
    EXPECT_FALSE(client.listBuilds(version(std::string(15'000, 'v'))));
    auto next = client.listBuildsAsync();
    ASSERT_EQ(next.wait_for(10s), std::future_status::ready);
    EXPECT_TRUE(next.get());
}

TEST(Exchange, ASlowAnswerOverPlainHttpHoldsNoOtherCall) {
    RawServer server(raw::inSequence({raw::neverRespond(), raw::respondToEach(raw::response(200, onePage))}));
    const BuildsClient client(AppToken{"app-token"}, optionsFor(server.baseUrl()));
    auto stuck = client.listBuildsAsync();
    ASSERT_TRUE(server.waitForRequests(1));
    auto next = client.listBuildsAsync();
    ASSERT_EQ(next.wait_for(10s), std::future_status::ready);
    EXPECT_TRUE(next.get());
    EXPECT_EQ(stuck.wait_for(0s), std::future_status::timeout);
}

TEST(Exchange, AStuckHandshakeHoldsNoOtherCall) {
    RawServer server([](mock::Connection& connection) { connection.waitForPeerOrStop(); });
    const BuildsClient client(AppToken{"app-token"}, optionsFor(overTls(server)));
    auto first = client.listBuildsAsync();
    ASSERT_TRUE(server.waitForConnections(1));
    auto second = client.listBuildsAsync();
    EXPECT_TRUE(server.waitForConnections(2, 5s)) << "the second call waits for the first one's handshake";
}

TEST(Exchange, CancellingACallThatWaitsForAStuckHandshakeEndsItAtOnce) {
    RawServer server([](mock::Connection& connection) { connection.waitForPeerOrStop(); });
    const BuildsClient client(AppToken{"app-token"}, optionsFor(overTls(server)));
    auto first = client.listBuildsAsync();
    ASSERT_TRUE(server.waitForConnections(1));
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) {
        CancellationSource source;
        auto call = client.listBuildsAsync({}, {}, source.token());
        source.cancel();
        EXPECT_EQ(call.get().error().kind(), ErrorKind::cancelled);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, 8s) << "some waited for the end of the patience";
}

TEST(Exchange, ManyCallsOverTlsGoSideBySide) {
    mock::MockServerOptions serverOptions;
    serverOptions.tls = true;
    mock::MockServer server(serverOptions);
    mock::sample::addTo(server);
    ClientOptions options = optionsFor(server.baseUrl());
    options.caBundle = server.caFile();
    options.maxConnections = 12;
    const BuildsClient client(AppToken{mock::sample::appToken}, options);
    for (const std::size_t expected : {12U, 24U}) {  // of the first twelve one goes ahead, and tells how it is
        std::atomic<int> alone{0};
        server.setHook([&, expected](const mock::RecordedRequest&) -> std::optional<mock::ScriptedResponse> {
            alone += server.waitForRequests(expected, 20s) ? 0 : 1;  // no answer before all are there
            return std::nullopt;
        });
        std::vector<std::future<Result<BuildPage>>> pages;
        for (int i = 0; i < 12; ++i) pages.push_back(client.listBuildsAsync());
        for (auto& page : pages) EXPECT_TRUE(page.get());
        EXPECT_EQ(alone, 0);
    }
}

// ---- no time limit runs in a queue ----

// Each response takes two thirds of the limit, and there are more calls than connections or streams.
constexpr auto slowResponse = 1s;

ClientOptions impatient(const std::string& baseUrl, const std::string& caFile) {
    ClientOptions options = optionsFor(baseUrl);
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
    ClientOptions options = impatient(server.baseUrl(), server.caFile());
    options.maxConnections = 4;
    expectPages(BuildsClient(AppToken{mock::sample::appToken}, options), 12);
}

// The queue is libcurl's, which knows the number of streams from the first response on.
TEST(Exchange, DoesNotTimeOutInTheQueueOfNginxForAStream) {
    mock::MockServer server;
    mock::sample::addTo(server);
    const mock::NginxProxy front(server.port(), "http2", 2);
    ClientOptions options = impatient(front.baseUrl(), front.caFile());
    options.maxConnections = 1;
    const BuildsClient client(AppToken{mock::sample::appToken}, options);
    expectPages(client, 1);
    server.setDelay(slowResponse);
    expectPages(client, 6);
}

TEST(Exchange, AStuckHandshakeIsATimeout) {
    RawServer server([](mock::Connection& connection) { connection.waitForPeerOrStop(); });
    ClientOptions options = optionsFor(overTls(server));
    options.retry.maxAttempts = 1;
    options.requestTimeout = 100ms;
    EXPECT_THAT(list(options), test::FailsWith(ErrorKind::timeout));
}

// ---- where the token goes ----

class ProxyVariables : public testing::Test {
protected:
    ProxyVariables() { clear(); }
    ~ProxyVariables() override { clear(); }

    static void set(const char* name, const std::string& value) { setenv(name, value.c_str(), 1); }

    RawServer proxy{raw::respondToEach(raw::response(200, onePage))};
    RawServer server{raw::respondToEach(raw::response(200, onePage))};

private:
    static void clear() {
        for (const char* name : {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                                 "no_proxy", "NO_PROXY"}) {
            unsetenv(name);
        }
    }
};

TEST_F(ProxyVariables, PlainHttpToLoopbackGoesThroughNone) {
    set("http_proxy", proxy.baseUrl());
    set("all_proxy", proxy.baseUrl());
    set("ALL_PROXY", proxy.baseUrl());
    EXPECT_TRUE(list(optionsFor(server.baseUrl())));
    EXPECT_TRUE(list(optionsFor("http://localhost:" + std::to_string(server.port()))));
    EXPECT_EQ(proxy.connectionCount(), 0U);
}

TEST_F(ProxyVariables, DecideElsewhere) {
    set("http_proxy", proxy.baseUrl());
    ClientOptions options = optionsFor("http://service.invalid");
    options.allowInsecureHttp = true;
    EXPECT_TRUE(list(options));
    EXPECT_EQ(proxy.connectionCount(), 1U);
}

TEST_F(ProxyVariables, CannotTurnAProxyOfTheOptionsOff) {
    set("no_proxy", "*");
    set("NO_PROXY", "127.0.0.1");
    ClientOptions options = optionsFor(server.baseUrl());
    options.proxy = proxy.baseUrl();
    EXPECT_TRUE(list(options));
    EXPECT_EQ(proxy.connectionCount(), 1U);
    EXPECT_EQ(server.connectionCount(), 0U);
}

TEST_F(ProxyVariables, DoNotCountWhereTheOptionsAskForNone) {
    set("http_proxy", proxy.baseUrl());
    ClientOptions options = optionsFor("http://service.invalid");
    options.allowInsecureHttp = true;
    options.proxy = "";
    options.retry.maxAttempts = 1;
    EXPECT_THAT(list(options), test::FailsWith(ErrorKind::connection));
    EXPECT_EQ(proxy.connectionCount(), 0U);
}

// ---- the library's own threads ----

TEST(OwnThreads, ACallThatWouldWaitForItselfIsRefused) {
    const RawServer server(raw::respondToEach(raw::response(200, onePage)));
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

TEST(OwnThreads, ARangeThatIsReadThereHasOneElement) {
    const RawServer server(raw::respondToEach(raw::response(200, onePage)));
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

TEST(OwnThreads, AClientMayBeDestroyedByItsLogger) {
    const RawServer server(raw::respondToEach(raw::response(200, onePage)));
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

std::size_t threadCount() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/task")) ++count;
    return count;
}

// A thread that has been joined may be listed a little longer, also one of the test before this.
std::size_t settledThreadCount() {
    std::size_t least = threadCount();
    for (int i = 0; i < 20; ++i) {
        std::this_thread::sleep_for(1ms);
        least = std::min(least, threadCount());
    }
    return least;
}

TEST(OwnThreads, AHundredAppsInBackoffShareThem) {
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
    EXPECT_LE(threadCount() - before, 3U + server.connectionCount()) << "the server has one for each connection";
    clients.clear();
    for (auto& page : pages) EXPECT_THAT(page.get(), test::FailsWith(ErrorKind::cancelled));
}

TEST(OwnThreads, EndWithTheLastClient) {
    const RawServer server(raw::neverRespond());
    const std::size_t before = settledThreadCount();
    std::optional<BuildsClient> client(std::in_place, AppToken{"app-token"}, optionsFor(server.baseUrl()));
    auto page = client->listBuildsAsync();
    ASSERT_TRUE(server.waitForRequests(1));
    EXPECT_EQ(settledThreadCount(), before + 3) << "for the network, for completions, and one of the server's";
    client.reset();
    EXPECT_LE(settledThreadCount(), before + 1);
    EXPECT_THAT(page.get(), test::FailsWith(ErrorKind::cancelled));
}

}  // namespace
}  // namespace applivery
