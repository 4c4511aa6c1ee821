/// @file
/// ClientOptions::executor, by one that does right and by those that do not.
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

TEST(Executor, RunsCompletionsAndNothingRunsBefore) {
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

// Each answer is logged by the thread that decodes it.
TEST(Executor, DecodesAndTheThreadThatBringsTheAnswersDoesNot) {
    Loop loop;
    std::vector<std::thread> bringing;
    std::vector<std::thread::id> decoding;
    ClientOptions options;
    options.executor = loop.executor();
    options.log = [&](LogLevel, std::string_view) { decoding.push_back(std::this_thread::get_id()); };
    const BuildsClient client =
        test::clientOfSender([&](auto&, auto done) { bringing.emplace_back([done] { done(onePage()); }); }, options);
    for (int i = 0; i < 3; ++i) {
        auto page = client.listBuildsAsync();
        loop.runUntil([&] { return isReady(page); });
        EXPECT_TRUE(page.get());
    }
    for (std::thread& thread : bringing) thread.join();
    EXPECT_EQ(decoding, std::vector<std::thread::id>(3, std::this_thread::get_id()));
}

TEST(Executor, OfAnAnswerThatIsTriedAgainIsAskedForEach) {
    Loop loop;
    Rig rig({unavailable(), onePage()});
    const auto clock = std::make_shared<VirtualClock>(VirtualClock::Passing::byHand);
    rig.options.clock = clock;
    rig.options.executor = loop.executor();
    const BuildsClient client = rig.client();
    auto page = client.listBuildsAsync();
    EXPECT_TRUE(loop.runOne());
    EXPECT_EQ(loop.waiting(), 0U) << "it waits to try again";
    clock->advance(1h);
    EXPECT_FALSE(isReady(page));
    EXPECT_EQ(loop.waiting(), 1U);
    EXPECT_TRUE(loop.runOne());
    ASSERT_TRUE(isReady(page));
    EXPECT_TRUE(page.get());
}

TEST(Executor, RunsARefusalToo) {
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

TEST(Executor, IsNotWaitedForByACancelledFuture) {
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
    EXPECT_TRUE(loop.runOne());  // comes to nothing
}

TEST(Executor, IsGivenTheOutcomesOfADestroyedClientByItsDestructor) {
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

TEST(Executor, LeavesTheCallsThatWaitAlone) {
    Rig rig({onePage()});
    rig.options.executor = [](const Task&) { ADD_FAILURE() << "it was asked"; };
    EXPECT_TRUE(rig.client().listBuilds());
}

TEST(Executor, MayLetACompletionWait) {
    Loop loop;
    Rig rig({onePage()});
    rig.options.executor = loop.executor();
    const BuildsClient client = rig.client();
    std::optional<Result<BuildPage>> waited;
    client.listBuildsAsync({}, {}, {}, [&](const auto&) { waited = client.listBuilds(); });
    loop.runUntil([&] { return waited.has_value(); });
    EXPECT_TRUE(*waited);
}

// ---- those that do not do right ----

// Of both forms of a call on such an executor.
void expectOf(const std::function<void(Task)>& executor,
              const std::function<void(const Result<BuildPage>&)>& expectation) {
    Rig rig({onePage()});
    rig.options.executor = executor;
    const BuildsClient client = rig.client();
    auto future = client.listBuildsAsync();
    ASSERT_TRUE(isReady(future, 30s));
    expectation(future.get());
    std::promise<Result<BuildPage>> told;
    client.listBuildsAsync({}, {}, {}, [&](auto page) { told.set_value(std::move(page)); });
    auto page = told.get_future();
    ASSERT_TRUE(isReady(page, 30s));
    expectation(page.get());
}

TEST(Executor, ThatDropsATaskEndsTheCall) {
    expectOf([](const Task&) {},
             [](const auto& page) {
                 ASSERT_THAT(page, FailsWith(ErrorKind::connection));
                 EXPECT_THAT(page.error().message(), testing::HasSubstr("ClientOptions::executor dropped"));
             });
}

TEST(Executor, ThatDropsATaskLaterEndsTheCallThen) {
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

TEST(Executor, ThatDropsACancelledCallLeavesItCancelled) {
    std::optional<ErrorKind> kind;
    ClientOptions options;
    options.executor = [](const Task&) {};
    const BuildsClient client(AppToken{token}, options, test::transportOf({FakeTransport::silence()}));
    CancellationSource source;
    client.listBuildsAsync({}, {}, source.token(), [&](const auto& page) { kind = page.error().kind(); });
    source.cancel();
    EXPECT_EQ(kind, ErrorKind::cancelled);
}

TEST(Executor, ThatRunsATaskTwiceRunsItOnce) {
    expectOf(
        [](const Task& task) {
            task();
            task();
        },
        [](const auto& page) { EXPECT_TRUE(page); });
}

TEST(Executor, ThatRunsTasksInlineIsAnExecutor) {
    expectOf([](const Task& task) { task(); }, [](const auto& page) { EXPECT_TRUE(page); });
}

TEST(Executor, ThatRunsTasksInlineTakesNoStack) {
    Rig rig({unavailable()});
    rig.options.executor = [](const Task& task) { task(); };
    rig.options.retry.custom = [](const Error& error, auto) -> std::optional<std::chrono::milliseconds> {
        if (error.attempts() == 20'000) return std::nullopt;
        return 0ms;
    };
    EXPECT_EQ(rig.client().listBuildsAsync().get().error().attempts(), 20'000);
}

TEST(Executor, ThatThrowsEndsTheCall) {
    expectOf([](const Task&) { throw std::runtime_error("the loop is closed"); },
             [](const auto& page) {
                 ASSERT_THAT(page, FailsWith(ErrorKind::connection));
                 EXPECT_THAT(page.error().message(),
                             testing::HasSubstr("ClientOptions::executor threw an exception: the loop is closed"));
             });
}

TEST(Executor, ThatThrowsBehindATaskChangesNothing) {
    expectOf(
        [](const Task& task) {
            task();
            throw std::runtime_error("late");
        },
        [](const auto& page) { EXPECT_TRUE(page); });
}

TEST(Executor, ThatIsAPoolCompletesManyCalls) {
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
    for (int i = 0; i < 4; ++i) loop.executor()([] {});  // wakes those that wait
    for (std::thread& thread : pool) thread.join();
    EXPECT_EQ(done, count);
}

}  // namespace
}  // namespace applivery
