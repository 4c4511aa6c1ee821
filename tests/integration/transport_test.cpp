/// @file
/// The curl transport over real sockets: every way in which an exchange ends.
#include "mock_server/raw_server.hpp"

#include <applivery/client_options.hpp>
#include <applivery/http_transport.hpp>

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <utility>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using mock::Connection;
using mock::RawServer;

using Answer = Result<HttpResponse>;

HttpRequest get(const std::string& url) {
    return HttpRequest{"GET", url, {{"Authorization", "Bearer app-token"}}};
}

std::future<Answer> sendAsync(HttpTransport& transport, const std::string& url, CancellationToken token = {}) {
    const auto promise = std::make_shared<std::promise<Answer>>();
    transport.send(get(url), std::move(token), [promise](Answer answer) { promise->set_value(std::move(answer)); });
    return promise->get_future();
}

Answer fetch(const std::string& url, const ClientOptions& options = {}) {
    return sendAsync(*makeCurlTransport(options), url).get();
}

std::string answerOf(const std::string& body, const std::string& headers = {}) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
}

mock::ConnectionHandler answering(std::string bytes) {
    return [bytes = std::move(bytes)](Connection& connection) {
        while (connection.readRequestHead() && connection.write(bytes)) {
        }
    };
}

void neverAnswer(Connection& connection) {
    (void)connection.readRequestHead();
    connection.waitForPeerOrStop();
}

TEST(Transport, DeliversStatusHeadersAndBody) {
    RawServer server(answering(answerOf("hello", "X-Test: a: b \r\n")));
    const Answer answer = fetch(server.baseUrl());
    ASSERT_TRUE(answer) << answer.error();
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "hello");
    EXPECT_EQ(answer->protocol, "HTTP/1.1");
    EXPECT_EQ(answer->headers.back(), (std::pair<std::string, std::string>{"X-Test", "a: b"}));
}

TEST(Transport, AnyStatusIsAnAnswer) {
    RawServer server(answering("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"));
    EXPECT_EQ(fetch(server.baseUrl())->status, 503);
}

TEST(Transport, DoesNotFollowARedirect) {
    RawServer server(answering("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"));
    EXPECT_EQ(fetch(server.baseUrl())->status, 302);
}

TEST(Transport, KeepsTheConnection) {
    RawServer server(answering(answerOf("x")));
    const auto transport = makeCurlTransport({});
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(sendAsync(*transport, server.baseUrl()).get());
    EXPECT_EQ(server.connectionCount(), 1U);
}

TEST(Transport, ARefusedConnectionIsAConnectionError) {
    std::string url;
    {
        RawServer server(answering(""));
        url = server.baseUrl();
    }
    const Answer answer = fetch(url);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind(), ErrorKind::connection);
}

TEST(Transport, ABodyThatIsCutOffIsAConnectionError) {
    RawServer server([](Connection& connection) {
        (void)connection.readRequestHead();
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    });
    const Answer answer = fetch(server.baseUrl());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind(), ErrorKind::connection);
}

TEST(Transport, AnAnswerThatDoesNotComeIsATimeout) {
    const RawServer server(neverAnswer);
    ClientOptions options;
    options.requestTimeout = 50ms;
    const Answer answer = fetch(server.baseUrl(), options);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind(), ErrorKind::timeout);
}

TEST(Transport, ABodyOverTheCapIsRefusedWhileItArrives) {
    RawServer server([](Connection& connection) {
        (void)connection.readRequestHead();
        connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        while (connection.write(std::string(4096, 'x'))) {
        }
    });
    ClientOptions options;
    options.maxResponseBytes = 10'000;
    const Answer answer = fetch(server.baseUrl(), options);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind(), ErrorKind::responseTooLarge);
}

TEST(Transport, EndlessHeadersAreRefused) {
    RawServer server([](Connection& connection) {
        (void)connection.readRequestHead();
        connection.write("HTTP/1.1 200 OK\r\n");
        while (connection.write("X-Filler: " + std::string(1000, 'x') + "\r\n")) {
        }
    });
    const Answer answer = fetch(server.baseUrl());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind(), ErrorKind::responseTooLarge);
}

TEST(Transport, BytesThatAreNotHttpAreAnInvalidResponse) {
    RawServer server([](Connection& connection) {
        (void)connection.readRequestHead();
        connection.write("SSH-2.0-OpenSSH\r\n");
    });
    const Answer answer = fetch(server.baseUrl());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind(), ErrorKind::invalidResponse);
}

TEST(Transport, CancellationEndsARequestInFlight) {
    const RawServer server(neverAnswer);
    const auto transport = makeCurlTransport({});
    CancellationSource source;
    auto answer = sendAsync(*transport, server.baseUrl(), source.token());
    ASSERT_TRUE(server.waitForRequests(1));
    const auto start = std::chrono::steady_clock::now();
    source.cancel();
    EXPECT_EQ(answer.get().error().kind(), ErrorKind::cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s) << "it waited for the time-out instead";
}

TEST(Transport, DestroyingItCompletesARequestInFlightAsCancelled) {
    const RawServer server(neverAnswer);
    auto transport = makeCurlTransport({});
    auto answer = sendAsync(*transport, server.baseUrl());
    ASSERT_TRUE(server.waitForRequests(1));
    transport.reset();
    EXPECT_EQ(answer.get().error().kind(), ErrorKind::cancelled);
}

TEST(Transport, MayBeDestroyedFromItsOwnCompletion) {
    RawServer server(answering(answerOf("x")));
    auto transport = makeCurlTransport({});
    std::promise<void> done;
    transport->send(get(server.baseUrl()), {}, [&](Answer) {
        transport.reset();
        done.set_value();
    });
    EXPECT_EQ(done.get_future().wait_for(30s), std::future_status::ready);
}

}  // namespace
}  // namespace applivery
