/// @file
/// pageStream(): callbacks, end, and moved-from streams.
#include "support/loop.hpp"
#include "support/matchers.hpp"
#include "support/rig.hpp"
#include "support/scripted_lists.hpp"
#include "support/walks.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::clientOf;
using test::FailsWith;
using test::listOf;
using test::Loop;
using test::nextOf;
using test::token;

// Skips the fetched pages. Expects one error, and then std::nullopt for two more calls of next().
void expectOneFailure(PageStream& stream, ErrorKind kind) {
    NextPage failure = nextOf(stream);
    while (failure && *failure) failure = nextOf(stream);
    ASSERT_TRUE(failure);
    EXPECT_THAT(*failure, FailsWith(kind));
    EXPECT_FALSE(nextOf(stream));
    EXPECT_FALSE(nextOf(stream));
}

BuildsClient silentClient() {
    return BuildsClient(AppToken{token}, {}, test::transportOf({FakeTransport::silence()}));
}

TEST(PageStream, DeliversPagesInOrderAndThenTheEnd) {
    PageStream stream = listOf(2).pageStream();  // the client is a temporary
    for (const char* const id : {"1a", "2a"}) {
        const NextPage page = nextOf(stream);
        ASSERT_TRUE(page && *page);
        EXPECT_EQ((*page)->items.front().id, id);
    }
    EXPECT_FALSE(nextOf(stream));
    EXPECT_FALSE(nextOf(stream));
    EXPECT_EQ(stream.summary().builds, 4);
}

// ---- the end after an error ----

TEST(PageStream, EndsAfterAFailedPage) {
    PageStream stream = clientOf([](const HttpRequest&) { return FakeTransport::answer(401, ""); }).pageStream();
    expectOneFailure(stream, ErrorKind::authentication);
}

TEST(PageStream, EndsAfterInvalidOptions) {
    WalkOptions options;
    options.prefetch = 0;
    PageStream stream = listOf(2).pageStream({}, options);
    expectOneFailure(stream, ErrorKind::invalidArgument);
}

TEST(PageStream, EndsAfterStop) {
    PageStream stream = listOf(5).pageStream();
    EXPECT_TRUE(nextOf(stream));
    stream.stop();
    expectOneFailure(stream, ErrorKind::cancelled);
}

TEST(PageStream, StaysAtItsEndWhenItIsStopped) {
    PageStream stream = listOf(1).pageStream();
    EXPECT_TRUE(nextOf(stream));
    EXPECT_FALSE(nextOf(stream));
    stream.stop();
    EXPECT_FALSE(nextOf(stream));
}

// An executor that runs tasks at once until it fails.
struct FailingExecutor {
    std::atomic<bool> fails{false};
    std::function<void(std::function<void()>)> dropping() {
        return [this](const std::function<void()>& task) {
            if (!fails) task();
        };
    }
    std::function<void(std::function<void()>)> throwing() {
        return [this](const std::function<void()>& task) {
            if (fails) throw std::runtime_error("the pool is closed");
            task();
        };
    }
};

TEST(PageStream, EndsAfterTheExecutorDroppedATask) {
    FailingExecutor executor;
    ClientOptions options;
    options.executor = executor.dropping();
    PageStream stream = listOf(5, options).pageStream();
    EXPECT_TRUE(nextOf(stream));
    executor.fails = true;
    expectOneFailure(stream, ErrorKind::connection);
}

TEST(PageStream, EndsAfterTheExecutorThrew) {
    FailingExecutor executor;
    ClientOptions options;
    options.executor = executor.throwing();
    PageStream stream = listOf(5, options).pageStream();
    EXPECT_TRUE(nextOf(stream));
    executor.fails = true;
    expectOneFailure(stream, ErrorKind::connection);
}

TEST(PageStream, EndsAfterTheExecutorRecovered) {
    FailingExecutor executor;
    ClientOptions options;
    options.executor = executor.dropping();
    PageStream stream = listOf(5, options).pageStream();
    executor.fails = true;
    const NextPage failure = nextOf(stream);
    ASSERT_TRUE(failure);
    EXPECT_THAT(*failure, FailsWith(ErrorKind::connection));
    executor.fails = false;
    EXPECT_FALSE(nextOf(stream));
}

// ---- every callback is invoked once ----

TEST(PageStream, RefusesASecondCallBeforeTheFirstCompletes) {
    Loop loop;
    ClientOptions options;
    options.executor = loop.executor();
    PageStream stream = listOf(5, options).pageStream();
    std::vector<NextPage> first;
    std::vector<NextPage> second;
    stream.next([&](NextPage page) { first.push_back(std::move(page)); });
    stream.next([&](NextPage page) { second.push_back(std::move(page)); });
    loop.runUntil([&] { return !first.empty() && !second.empty(); });
    ASSERT_EQ(first.size(), 1U);
    ASSERT_TRUE(first.front() && *first.front());
    EXPECT_EQ((*first.front())->items.front().id, "1a");
    ASSERT_EQ(second.size(), 1U);
    ASSERT_TRUE(second.front());
    EXPECT_THAT(*second.front(), FailsWith(ErrorKind::invalidArgument));
}

TEST(PageStream, ContinuesAfterARefusedCall) {
    Loop loop;
    ClientOptions options;
    options.executor = loop.executor();
    PageStream stream = listOf(2, options).pageStream();
    int callbacks = 0;
    for (int call = 0; call < 3; ++call) stream.next([&](const NextPage&) { ++callbacks; });
    loop.runUntil([&] { return callbacks == 3; });
    NextPage page;
    bool isDelivered = false;
    stream.next([&](NextPage next) {
        page = std::move(next);
        isDelivered = true;
    });
    loop.runUntil([&] { return isDelivered; });
    ASSERT_TRUE(page && *page);
    EXPECT_EQ((*page)->items.front().id, "2a");
}

TEST(PageStream, InvokesEachCallbackOnceWhenThreadsCallNextTogether) {
    PageStream stream = listOf(1000).pageStream();
    constexpr int threads = 4;
    constexpr int calls = 50;
    std::vector<std::atomic<int>> invoked(threads * calls);
    std::atomic<int> total{0};
    std::promise<void> allInvoked;
    std::vector<std::thread> callers;
    for (int thread = 0; thread < threads; ++thread) {
        callers.emplace_back([&, thread] {
            for (int call = 0; call < calls; ++call) {
                stream.next([&, index = static_cast<std::size_t>(thread * calls + call)](const NextPage&) {
                    ++invoked[index];
                    if (++total == threads * calls) allInvoked.set_value();
                });
            }
        });
    }
    for (std::thread& caller : callers) caller.join();
    EXPECT_EQ(allInvoked.get_future().wait_for(30s), std::future_status::ready);
    for (const auto& count : invoked) EXPECT_EQ(count, 1);
}

TEST(PageStream, CancelsAWaitingCallWhenItIsDestroyed) {
    const BuildsClient client = silentClient();
    std::promise<NextPage> delivered;
    {
        PageStream stream = client.pageStream();
        stream.next([&](NextPage page) { delivered.set_value(std::move(page)); });
    }
    const NextPage page = delivered.get_future().get();
    ASSERT_TRUE(page);
    EXPECT_THAT(*page, FailsWith(ErrorKind::cancelled));
}

TEST(PageStream, CanBeDestroyedByItsCallback) {
    std::optional<PageStream> stream = listOf(5).pageStream();  // the stream holds the last copy of its client
    std::promise<void> destroyed;
    stream->next([&](const auto&) {
        stream.reset();
        destroyed.set_value();
    });
    destroyed.get_future().get();
}

// ---- moved from ----

TEST(PageStream, FailsWithAnExplanationAfterAMoveAndThenEnds) {
    PageStream stream = listOf(2).pageStream();
    PageStream newOwner = std::move(stream);
    const NextPage failure = nextOf(stream);  // NOLINT(bugprone-use-after-move): tests a moved-from object
    ASSERT_TRUE(failure);
    ASSERT_THAT(*failure, FailsWith(ErrorKind::invalidArgument));
    EXPECT_THAT(failure->error().message(), testing::HasSubstr("moved from"));
    EXPECT_FALSE(nextOf(stream));
    EXPECT_TRUE(nextOf(newOwner));
}

TEST(PageStream, HasAnEmptySummaryWhenItWasMovedFrom) {
    PageStream stream = listOf(2).pageStream();
    EXPECT_TRUE(nextOf(stream));
    const PageStream newOwner = std::move(stream);
    EXPECT_EQ(stream.summary().pages, 0);  // NOLINT(bugprone-use-after-move): tests a moved-from object
    EXPECT_EQ(newOwner.summary().pages, 1);
}

TEST(PageStream, StopsNothingWhenItWasMovedFrom) {
    PageStream stream = listOf(2).pageStream();
    PageStream newOwner = std::move(stream);
    stream.stop();  // NOLINT(bugprone-use-after-move): tests a moved-from object
    const NextPage page = nextOf(newOwner);
    EXPECT_TRUE(page && *page);
}

TEST(PageStream, CanBeAssignedToWhenItWasMovedFrom) {
    PageStream stream = listOf(2).pageStream();
    const PageStream newOwner = std::move(stream);
    EXPECT_TRUE(nextOf(stream));  // NOLINT(bugprone-use-after-move): tests a moved-from object
    stream = listOf(2).pageStream();
    const NextPage page = nextOf(stream);
    EXPECT_TRUE(page && *page);
}

}  // namespace
}  // namespace applivery
