/// @file
/// Clients shared by threads, transports shared by clients, and their destruction while calls are in flight.
#include "mock_server/connection_handlers.hpp"
#include "mock_server/raw_server.hpp"
#include "support/matchers.hpp"
#include "support/raw_client.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
namespace raw = mock::raw;
using mock::Connection;
using mock::RawServer;
using test::requestTo;

constexpr int threadCount = 32;

// The id of the build names the token and the page, so that a test detects a response of another request.
void respondWithTokenAndPage(Connection& connection) {
    const auto after = [](const std::string& head, const std::string& mark) {
        const std::size_t begin = head.find(mark) + mark.size();
        return head.substr(begin, head.find_first_of(" \r", begin) - begin);
    };
    while (const auto head = connection.readRequestHead()) {
        const std::string id = after(*head, "Bearer ") + '-' + after(*head, "page=");
        const std::string body = R"({"status":true,"data":{"items":[{"id":")" + id + R"("}]}})";
        if (!connection.write(raw::response(200, body))) return;
    }
}

bool returnsOwnBuild(const BuildsClient& client, const std::string& token, int number) {
    Page page;
    page.number = number;
    const auto result = client.listBuilds({}, page);
    return result && result->items.size() == 1 && result->items[0].id == token + '-' + std::to_string(number);
}

void inThreads(const std::function<void(int)>& work) {
    std::vector<std::thread> threads;
    for (int i = 1; i <= threadCount; ++i) threads.emplace_back(work, i);
    for (std::thread& thread : threads) thread.join();
}

class SharedClient : public testing::Test {
protected:
    SharedClient() { options.baseUrl = server.baseUrl(); }

    const RawServer server{respondWithTokenAndPage};
    ClientOptions options;
    std::atomic<int> correct{0};
};

TEST_F(SharedClient, WorksWithOneClientOnManyThreads) {
    const BuildsClient client(AppToken{"token"}, options);
    inThreads([&](int first) {
        for (int i = 0; i < 5; ++i) correct += returnsOwnBuild(client, "token", first + threadCount * i) ? 1 : 0;
    });
    EXPECT_EQ(correct, 5 * threadCount);
}

TEST_F(SharedClient, WorksWithCopiesOfAClientOnManyThreads) {
    const BuildsClient client(AppToken{"token"}, options);
    inThreads([&](int first) {
        for (int i = 0; i < 5; ++i) {
            const BuildsClient copy = client;
            correct += returnsOwnBuild(copy, "token", first + threadCount * i) ? 1 : 0;
        }
    });
    EXPECT_EQ(correct, 5 * threadCount);
}

TEST_F(SharedClient, KeepsTheTokensOfItsClientsApart) {
    const auto transport = makeCurlTransport(options);
    inThreads([&](int thread) {
        const std::string token = "token" + std::to_string(thread);
        const BuildsClient client(AppToken{token}, options, transport);
        for (int i = 1; i <= 5; ++i) correct += returnsOwnBuild(client, token, i) ? 1 : 0;
    });
    EXPECT_EQ(correct, 5 * threadCount);
    EXPECT_LE(server.connectionCount(), static_cast<std::size_t>(options.maxConnections));
}

// ---- destruction while calls are in flight ----

using Answers = std::vector<std::future<Result<HttpResponse>>>;

// More calls than connections.
Answers sendMany(HttpTransport& transport, const std::string& url) {
    Answers answers;
    for (int i = 0; i < 100; ++i) {
        const auto promise = std::make_shared<std::promise<Result<HttpResponse>>>();
        answers.push_back(promise->get_future());
        transport.send(requestTo(url), {}, [promise](auto answer) { promise->set_value(std::move(answer)); });
    }
    return answers;
}

void expectAllCancelled(Answers answers) {
    for (auto& answer : answers) {
        ASSERT_EQ(answer.wait_for(30s), std::future_status::ready);
        ASSERT_THAT(answer.get(), test::FailsWith(ErrorKind::cancelled));
    }
}

TEST(DestroyingATransport, CancelsAllRequests) {
    const RawServer server(raw::neverRespond());
    auto transport = makeCurlTransport({});
    auto answers = sendMany(*transport, server.baseUrl());
    ASSERT_TRUE(server.waitForRequests(1));
    transport.reset();
    expectAllCancelled(std::move(answers));
}

TEST(DestroyingATransport, IsAllowedInACallback) {
    const RawServer silent(raw::neverRespond());
    const RawServer server(raw::respondToEach(raw::response(200, "x")));
    auto transport = makeCurlTransport({});
    auto answers = sendMany(*transport, silent.baseUrl());
    std::promise<void> done;
    transport->send(requestTo(server.baseUrl()), {}, [&](const auto&) {
        transport.reset();
        done.set_value();
    });
    EXPECT_EQ(done.get_future().wait_for(30s), std::future_status::ready);
    expectAllCancelled(std::move(answers));
}

TEST(DestroyingATransport, IsAllowedInACancelledCallback) {
    const RawServer silent(raw::neverRespond());
    auto transport = makeCurlTransport({});
    std::shared_ptr<HttpTransport> held = makeCurlTransport({});
    std::promise<void> done;
    transport->send(requestTo(silent.baseUrl()), {}, [&](const auto&) {
        held.reset();
        done.set_value();
    });
    auto answers = sendMany(*held, silent.baseUrl());
    transport.reset();
    EXPECT_EQ(done.get_future().wait_for(30s), std::future_status::ready);
    expectAllCancelled(std::move(answers));
}

TEST(DestroyingAClient, CancelsTheCallsOfAllThreads) {
    const RawServer server(raw::neverRespond());
    ClientOptions options;
    options.baseUrl = server.baseUrl();
    auto client = std::make_unique<BuildsClient>(AppToken{"token"}, options);
    std::vector<std::future<Result<BuildPage>>> pages(threadCount);
    inThreads([&](int thread) { pages.at(static_cast<std::size_t>(thread - 1)) = client->listBuildsAsync(); });
    ASSERT_TRUE(server.waitForRequests(1));
    std::thread([&] { client.reset(); }).join();
    for (auto& page : pages) EXPECT_THAT(page.get(), test::FailsWith(ErrorKind::cancelled));
}

}  // namespace
}  // namespace applivery
