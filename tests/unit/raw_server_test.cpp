/// @file
/// RawServer and its connection handlers.
#include "mock_server/connection_handlers.hpp"

#include <gtest/gtest.h>
#include <httplib.h>

#include <optional>
#include <thread>

namespace applivery::mock {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

httplib::Client clientOf(const RawServer& server) {
    httplib::Client client(server.baseUrl());
    client.set_read_timeout(20s);
    return client;
}

/// Reads until the server ends or `enough` bytes have arrived. @return the number of bytes.
std::size_t readSome(const RawServer& server, std::size_t enough) {
    std::size_t count = 0;
    clientOf(server).Get("/", [&](const char*, std::size_t size) { return (count += size) < enough; });
    return count;
}

TEST(RawServer, AnswersWithExactBytes) {
    RawServer server(raw::respondOnce(raw::response(418, "tea", "X-Pot: yes\r\n")));
    const httplib::Result result = clientOf(server).Get("/a?b=c");
    ASSERT_TRUE(result);
    EXPECT_EQ(result->status, 418);
    EXPECT_EQ(result->body, "tea");
    EXPECT_EQ(result->get_header_value("X-Pot"), "yes");
    EXPECT_EQ(server.requestHeads().at(0).substr(0, 20), "GET /a?b=c HTTP/1.1\r");
}

TEST(RawServer, KeepsAConnectionOpen) {
    RawServer server(raw::respondToEach(raw::response(200, "{}")));
    httplib::Client client = clientOf(server);
    client.set_keep_alive(true);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(client.Get("/"));
    EXPECT_EQ(server.connectionCount(), 1U);
    EXPECT_TRUE(server.waitForRequests(3));
}

TEST(RawServer, BreaksResponses) {
    for (const auto& handler :
         {raw::cutInBody("{\"status\":true}", 5), raw::cutInChunk(), raw::wrongContentLength("{}", 10),
          raw::closeAtOnce(), raw::resetAtOnce(), raw::resetAfterRequest()}) {
        RawServer server(handler);
        EXPECT_FALSE(clientOf(server).Get("/"));
        EXPECT_TRUE(server.waitForConnections(1));
    }
}

TEST(RawServer, SendsBytesAfterTheContentLength) {
    RawServer server(raw::wrongContentLength("{}  ", 2));
    EXPECT_EQ(clientOf(server).Get("/")->body, "{}");
}

TEST(RawServer, UsesHandlersInSequence) {
    RawServer server(raw::inSequence({raw::resetAfterRequest(), raw::respondOnce(raw::response(200, "{}"))}));
    EXPECT_FALSE(clientOf(server).Get("/"));
    EXPECT_TRUE(clientOf(server).Get("/"));
    EXPECT_TRUE(clientOf(server).Get("/"));
    EXPECT_EQ(server.connectionCount(), 3U);
}

TEST(RawServer, SendsAnEndlessBody) {
    constexpr std::size_t enough = std::size_t{3} << 20U;
    RawServer server(raw::endlessBody());
    EXPECT_GE(readSome(server, enough), enough);
}

TEST(RawServer, SendsAGzipBomb) {
    RawServer server(raw::gzipBomb(5));
    EXPECT_EQ(clientOf(server).Get("/")->body.size(), (std::size_t{5} << 20U) + 32);
}

TEST(RawServer, SendsAResponseByteByByte) {
    RawServer server(raw::drip(raw::response(200, "{}"), 1ms));
    const auto start = Clock::now();
    EXPECT_EQ(clientOf(server).Get("/")->body, "{}");
    EXPECT_GT(Clock::now() - start, 50ms);
}

TEST(RawServer, EndsAtOnceWithAnyHandler) {
    for (const auto& handler : {raw::neverRespond(), raw::dripForever(1ms), raw::drip("HTTP/1.1 200 OK\r\n", 1h),
                                raw::endlessHeaders(), raw::endlessBody()}) {
        std::optional<RawServer> server(std::in_place, handler);
        std::thread client([reader = clientOf(*server)]() mutable { reader.Get("/"); });
        EXPECT_TRUE(server->waitForRequests(1));
        const auto start = Clock::now();
        server.reset();
        EXPECT_LT(Clock::now() - start, 2s);
        client.join();
    }
}

}  // namespace
}  // namespace applivery::mock
