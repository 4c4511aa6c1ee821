/// @file
/// The curl transport over real sockets: every outcome of an exchange.
#include "mock_server/connection_handlers.hpp"
#include "mock_server/mock_server.hpp"
#include "support/matchers.hpp"
#include "support/raw_client.hpp"

#include <applivery/client_options.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/partial_response.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
namespace raw = mock::raw;
using mock::RawServer;
using test::requestTo;

using Answer = Result<HttpResponse>;

std::future<Answer> sendAsync(HttpTransport& transport, const std::string& url, CancellationToken token = {}) {
    const auto promise = std::make_shared<std::promise<Answer>>();
    transport.send(requestTo(url), std::move(token),
                   [promise](Answer answer) { promise->set_value(std::move(answer)); });
    return promise->get_future();
}

Answer fetch(const std::string& url, const ClientOptions& options = {}) {
    return sendAsync(*makeCurlTransport(options), url).get();
}

TEST(Transport, DeliversStatusHeadersAndBody) {
    RawServer server(raw::respondToEach(raw::response(200, "hello", "X-Test: a: b \r\n")));
    const Answer answer = fetch(server.baseUrl());
    ASSERT_TRUE(answer) << answer.error();
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "hello");
    EXPECT_EQ(answer->protocol, "HTTP/1.1");
    EXPECT_THAT(answer->headers, testing::Contains(testing::Pair("X-Test", "a: b")));
}

TEST(Transport, ReturnsAResponseOfAnyStatus) {
    RawServer server(raw::respondToEach(raw::response(503, "")));
    EXPECT_EQ(fetch(server.baseUrl())->status, 503);
}

TEST(Transport, DoesNotFollowARedirect) {
    RawServer server(raw::respondToEach(raw::response(302, "", "Location: /elsewhere\r\n")));
    EXPECT_EQ(fetch(server.baseUrl())->status, 302);
}

TEST(Transport, KeepsTheConnection) {
    RawServer server(raw::respondToEach(raw::response(200, "x")));
    const auto transport = makeCurlTransport({});
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(sendAsync(*transport, server.baseUrl()).get());
    EXPECT_EQ(server.connectionCount(), 1U);
}

TEST(Transport, KeepsManyConnectionsForLaterRequests) {
    mock::MockServer server;
    std::size_t expected = 0;
    const auto transport = makeCurlTransport({});
    const auto sendTogether = [&](std::size_t count) {
        expected += count;
        server.setHook([&, together = expected](const mock::RecordedRequest&) {
            (void)server.waitForRequests(together);
            return std::optional(mock::ScriptedResponse{});
        });
        std::vector<std::future<Answer>> answers(count);
        for (auto& answer : answers) answer = sendAsync(*transport, server.baseUrl());
        for (auto& answer : answers) ASSERT_TRUE(answer.get());
    };
    for (const std::size_t count : {8U, 1U, 8U}) sendTogether(count);
    std::set<int> connections;
    for (const auto& request : server.requests()) connections.insert(request.clientPort);
    EXPECT_EQ(connections.size(), 8U);
}

TEST(Transport, FailsIfTheConnectionIsRefused) {
    std::string url;
    {
        RawServer server(raw::neverRespond());
        url = server.baseUrl();
    }
    const Answer answer = fetch(url);
    EXPECT_THAT(answer, test::FailsWith(ErrorKind::connection));
}

TEST(Transport, FailsIfTheBodyIsCutOff) {
    RawServer server(raw::cutInBody(std::string(100, 'x'), 4));
    const Answer answer = fetch(server.baseUrl());
    EXPECT_THAT(answer, test::FailsWith(ErrorKind::connection));
}

// Returns method, status and the received body of a response that is cut off. Empty without such a response.
std::string receivedPart(const RawServer& server, const ClientOptions& options) {
    std::promise<void> done;
    std::string part;
    const auto store = [&part](const HttpRequest& request, const HttpResponse& response) {
        part = request.method + ' ' + std::to_string(response.status) + ' ' + response.body;
    };
    const auto transport = makeCurlTransport(options, store);
    transport->send(requestTo(server.baseUrl()), {}, [&done](const Answer&) { done.set_value(); });
    done.get_future().wait();
    return part;
}

TEST(Transport, ReportsTheReceivedPartOfAResponse) {
    const std::string body = "abcd" + std::string(96, 'x');
    EXPECT_EQ(receivedPart(RawServer(raw::cutInBody(body, 4)), {}), "GET 200 abcd");
}

TEST(Transport, ReportsNoPartIfTheHeadersAreCutOff) {
    EXPECT_EQ(receivedPart(RawServer(raw::respondOnce("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n")), {}), "");
}

TEST(Transport, ReportsNoPartIfTheBodyIsTooLarge) {
    ClientOptions small;
    small.maxResponseBytes = 10;
    EXPECT_EQ(receivedPart(RawServer(raw::respondOnce(raw::response(200, std::string(100, 'x')))), small), "");
}

TEST(Transport, TimesOutWithoutAResponse) {
    const RawServer server(raw::neverRespond());
    ClientOptions options;
    options.requestTimeout = 50ms;
    const Answer answer = fetch(server.baseUrl(), options);
    EXPECT_THAT(answer, test::FailsWith(ErrorKind::timeout));
}

TEST(Transport, RefusesALargeBodyWhileItArrives) {
    RawServer server(raw::endlessBody());
    ClientOptions options;
    options.maxResponseBytes = 10'000;
    const Answer answer = fetch(server.baseUrl(), options);
    EXPECT_THAT(answer, test::FailsWith(ErrorKind::responseTooLarge));
}

TEST(Transport, RefusesEndlessHeaders) {
    RawServer server(raw::endlessHeaders());
    const Answer answer = fetch(server.baseUrl());
    EXPECT_THAT(answer, test::FailsWith(ErrorKind::responseTooLarge));
}

TEST(Transport, FailsIfTheBytesAreNotHttp) {
    RawServer server(raw::respondOnce("SSH-2.0-OpenSSH\r\n"));
    const Answer answer = fetch(server.baseUrl());
    EXPECT_THAT(answer, test::FailsWith(ErrorKind::invalidResponse));
}

}  // namespace
}  // namespace applivery
