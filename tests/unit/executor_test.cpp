/// @file
/// ClientOptions::executor with correct and faulty executors.
#include "support/loop.hpp"
#include "support/matchers.hpp"
#include "support/rig.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
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
using test::FailsWith;
using test::Loop;
using test::onePage;
using test::Rig;
using test::token;
using test::unavailable;
using Task = std::function<void()>;

bool isReady(const std::future<Result<BuildPage>>& page, std::chrono::seconds time = 0s) {
    return page.wait_for(time) == std::future_status::ready;
}

TEST(Executor, RunsCallbacks) {
    Loop loop;
    Rig rig({onePage()});
    rig.options.executor = loop.executor();
    const BuildsClient client = rig.client();
    std::optional<std::thread::id> thread;
    client.listBuildsAsync({}, {}, {}, [&](const auto& page) {
        EXPECT_TRUE(page);
        thread = std::this_thread::get_id();
    });
    EXPECT_FALSE(thread);
    loop.runUntil([&] { return thread.has_value(); });
    EXPECT_EQ(thread, std::this_thread::get_id());
    EXPECT_EQ(loop.waiting(), 0U);
}

// The thread that decodes a response logs the response.
TEST(Executor, DecodesInsteadOfTheNetworkThread) {
    Loop loop;
    std::vector<std::thread> networkThreads;
    std::vector<std::thread::id> decoding;
    ClientOptions options;
    options.executor = loop.executor();
    options.log = [&](LogLevel, std::string_view) { decoding.push_back(std::this_thread::get_id()); };
    const BuildsClient client = test::clientOfTransport(
        [&](auto&, auto done) { networkThreads.emplace_back([done] { done(onePage()); }); }, options);
    for (int i = 0; i < 3; ++i) {
        auto page = client.listBuildsAsync();
        loop.runUntil([&] { return isReady(page); });
        EXPECT_TRUE(page.get());
    }
    for (std::thread& thread : networkThreads) thread.join();
    EXPECT_EQ(decoding, std::vector<std::thread::id>(3, std::this_thread::get_id()));
}

TEST(Executor, RunsATaskForEachAttempt) {
    Loop loop;
    Rig rig({unavailable(), onePage()});
    const auto clock = std::make_shared<VirtualClock>(VirtualClock::Passing::byHand);
    rig.options.clock = clock;
    rig.options.executor = loop.executor();
    const BuildsClient client = rig.client();
    auto page = client.listBuildsAsync();
    EXPECT_TRUE(loop.runOne());
    EXPECT_EQ(loop.waiting(), 0U) << "the call is in backoff";
    clock->advance(1h);
    EXPECT_FALSE(isReady(page));
    EXPECT_EQ(loop.waiting(), 1U);
    EXPECT_TRUE(loop.runOne());
    ASSERT_TRUE(isReady(page));
    EXPECT_TRUE(page.get());
}

TEST(Executor, RunsTheCallbackOfARefusedCall) {
    Loop loop;
    Rig rig({onePage()});
    rig.options.executor = loop.executor();
    const BuildsClient client = rig.client();
    Page page;
    page.number = 0;
    std::optional<ErrorKind> kind;
    client.listBuildsAsync({}, page, {}, [&](const auto& refused) { kind = refused.error().kind(); });
    EXPECT_FALSE(kind);
    EXPECT_TRUE(loop.runOne());
    EXPECT_EQ(kind, ErrorKind::invalidArgument);
}

TEST(Executor, DoesNotDelayACancelledFuture) {
    Loop loop;
    Rig rig({onePage()});
    rig.options.executor = loop.executor();
    const BuildsClient client = rig.client();
    CancellationSource source;
    auto page = client.listBuildsAsync({}, {}, source.token());
    EXPECT_FALSE(isReady(page));
    source.cancel();
    ASSERT_TRUE(isReady(page));
    EXPECT_THAT(page.get(), FailsWith(ErrorKind::cancelled));
    EXPECT_TRUE(loop.runOne());  // has no effect
}

TEST(Executor, ReceivesTheOutcomesOfADestroyedClient) {
    Loop loop;
    std::optional<ErrorKind> kind;
    {
        ClientOptions options;
        options.executor = loop.executor();
        const BuildsClient client(AppToken{token}, options, test::transportOf({FakeTransport::silence()}));
        client.listBuildsAsync({}, {}, {}, [&](const auto& page) { kind = page.error().kind(); });
    }
    EXPECT_FALSE(kind);
    EXPECT_EQ(loop.waiting(), 1U);
    EXPECT_TRUE(loop.runOne());
    EXPECT_EQ(kind, ErrorKind::cancelled);
}

TEST(Executor, IsNotUsedByBlockingCalls) {
    Rig rig({onePage()});
    rig.options.executor = [](const Task&) { ADD_FAILURE() << "the executor was used"; };
    EXPECT_TRUE(rig.client().listBuilds());
}

TEST(Executor, AllowsACallbackToWait) {
    Loop loop;
    Rig rig({onePage()});
    rig.options.executor = loop.executor();
    const BuildsClient client = rig.client();
    std::optional<Result<BuildPage>> waited;
    client.listBuildsAsync({}, {}, {}, [&](const auto&) { waited = client.listBuilds(); });
    loop.runUntil([&] { return waited.has_value(); });
    EXPECT_TRUE(*waited);
}

// ---- faulty executors ----

// Checks a call with a future and a call with a callback, both with this executor.
void expectOfCallsOn(const std::function<void(Task)>& executor,
                     const std::function<void(const Result<BuildPage>&)>& expectation) {
    Rig rig({onePage()});
    rig.options.executor = executor;
    const BuildsClient client = rig.client();
    auto future = client.listBuildsAsync();
    ASSERT_TRUE(isReady(future, 30s));
    expectation(future.get());
    std::promise<Result<BuildPage>> outcome;
    client.listBuildsAsync({}, {}, {}, [&](auto page) { outcome.set_value(std::move(page)); });
    auto page = outcome.get_future();
    ASSERT_TRUE(isReady(page, 30s));
    expectation(page.get());
}

TEST(Executor, EndsTheCallIfItDropsATask) {
    expectOfCallsOn([](const Task&) {},
                    [](const auto& page) {
                        ASSERT_THAT(page, FailsWith(ErrorKind::connection));
                        EXPECT_THAT(page.error().message(), testing::HasSubstr("ClientOptions::executor dropped"));
                    });
}

TEST(Executor, EndsTheCallWhenItDropsATaskLater) {
    Loop loop;
    Rig rig({onePage()});
    rig.options.executor = loop.executor();
    const BuildsClient client = rig.client();
    auto page = client.listBuildsAsync();
    Task task = loop.takeOne();
    EXPECT_FALSE(isReady(page));
    task = nullptr;
    ASSERT_TRUE(isReady(page));
    EXPECT_THAT(page.get(), FailsWith(ErrorKind::connection));
}

TEST(Executor, LeavesACallCancelledIfItDropsTheTask) {
    std::optional<ErrorKind> kind;
    ClientOptions options;
    options.executor = [](const Task&) {};
    const BuildsClient client(AppToken{token}, options, test::transportOf({FakeTransport::silence()}));
    CancellationSource source;
    client.listBuildsAsync({}, {}, source.token(), [&](const auto& page) { kind = page.error().kind(); });
    source.cancel();
    EXPECT_EQ(kind, ErrorKind::cancelled);
}

TEST(Executor, RunsATaskOnceIfItIsCalledTwice) {
    expectOfCallsOn(
        [](const Task& task) {
            task();
            task();
        },
        [](const auto& page) { EXPECT_TRUE(page); });
}

TEST(Executor, CanRunTasksInline) {
    expectOfCallsOn([](const Task& task) { task(); }, [](const auto& page) { EXPECT_TRUE(page); });
}

TEST(Executor, DoesNotExhaustTheStackIfItRunsTasksInline) {
    Rig rig({unavailable()});
    rig.options.executor = [](const Task& task) { task(); };
    rig.options.retry.custom = [](const Error& error, auto) -> std::optional<std::chrono::milliseconds> {
        if (error.attempts() == 20'000) return std::nullopt;
        return 0ms;
    };
    EXPECT_EQ(rig.client().listBuildsAsync().get().error().attempts(), 20'000);
}

TEST(Executor, EndsTheCallIfItThrows) {
    expectOfCallsOn([](const Task&) { throw std::runtime_error("the loop is closed"); },
                    [](const auto& page) {
                        ASSERT_THAT(page, FailsWith(ErrorKind::connection));
                        EXPECT_THAT(
                            page.error().message(),
                            testing::HasSubstr("ClientOptions::executor threw an exception: the loop is closed"));
                    });
}

TEST(Executor, CompletesTheCallIfItThrowsAfterATask) {
    expectOfCallsOn(
        [](const Task& task) {
            task();
            throw std::runtime_error("late");
        },
        [](const auto& page) { EXPECT_TRUE(page); });
}

TEST(Executor, CompletesManyCallsOnAThreadPool) {
    Loop loop;
    Rig rig({onePage()});
    rig.options.executor = loop.executor();
    const BuildsClient client = rig.client();
    constexpr int count = 300;
    std::atomic<int> done{0};
    std::vector<std::thread> pool;
    for (int i = 0; i < 4; ++i) pool.emplace_back([&] { loop.runUntil([&] { return done >= count; }); });
    for (int i = 0; i < count; ++i) client.listBuildsAsync({}, {}, {}, [&](const auto& page) { done += page ? 1 : 0; });
    while (done < count) std::this_thread::sleep_for(1ms);
    for (int i = 0; i < 4; ++i) loop.executor()([] {});  // wakes waiting threads
    for (std::thread& thread : pool) thread.join();
    EXPECT_EQ(done, count);
}

}  // namespace
}  // namespace applivery
