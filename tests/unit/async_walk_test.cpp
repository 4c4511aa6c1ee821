/// @file
/// forEachPage() and forEachBuild().
#include "support/loop.hpp"
#include "support/matchers.hpp"
#include "support/rig.hpp"
#include "support/scripted_lists.hpp"
#include "support/walks.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
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
using test::clientOf;
using test::FailsWith;
using test::listOf;
using test::Loop;
using test::pageOf;
using test::pagesOf;
using test::pageWithTwo;
using test::token;
using testing::ElementsAre;

// Stores the builds and the outcome of an iteration.
class IterationRecorder {
public:
    std::function<bool(Build)> onBuild(std::size_t maxBuilds = 1000) {
        return [this, maxBuilds](const Build& build) {
            ids.push_back(build.id);
            return ids.size() < maxBuilds;
        };
    }
    std::function<void(Result<WalkSummary>)> done() {
        return [this](Result<WalkSummary> summary) { promise_.set_value(std::move(summary)); };
    }
    Result<WalkSummary> wait() {
        auto outcome = promise_.get_future();
        EXPECT_EQ(outcome.wait_for(30s), std::future_status::ready);
        return outcome.get();
    }

    std::vector<std::string> ids;

private:
    std::promise<Result<WalkSummary>> promise_;
};

TEST(ForEach, DeliversAllBuildsInOrderAndThenTheSummary) {
    const BuildsClient client = listOf(3);
    IterationRecorder recorder;
    client.forEachBuild({}, {}, recorder.onBuild(), recorder.done());
    const auto summary = recorder.wait();
    ASSERT_TRUE(summary) << summary.error();
    EXPECT_THAT(recorder.ids, ElementsAre("1a", "1b", "2a", "2b", "3a", "3b"));
    EXPECT_EQ(summary->pages, 3);
    EXPECT_EQ(summary->builds, 6);
}

TEST(ForEach, DeliversPages) {
    const BuildsClient client = listOf(2);
    IterationRecorder recorder;
    std::vector<std::size_t> sizes;
    client.forEachPage(
        {}, {}, [&](const BuildPage& page) { return sizes.push_back(page.items.size()), true; }, recorder.done());
    EXPECT_TRUE(recorder.wait());
    EXPECT_THAT(sizes, ElementsAre(2U, 2U));
}

TEST(ForEach, EndsWhenTheFunctionReturnsFalse) {
    const BuildsClient client = listOf(1000);
    IterationRecorder recorder;
    client.forEachBuild({}, {}, recorder.onBuild(3), recorder.done());
    const auto summary = recorder.wait();
    ASSERT_TRUE(summary) << summary.error();
    EXPECT_THAT(recorder.ids, ElementsAre("1a", "1b", "2a"));
}

TEST(ForEach, DoesNotExhaustTheStackInALongIteration) {
    const BuildsClient client = listOf(5'000);
    IterationRecorder recorder;
    client.forEachBuild({}, {}, recorder.onBuild(100'000), recorder.done());
    EXPECT_TRUE(recorder.wait());
    EXPECT_EQ(recorder.ids.size(), 10'000U);
}

TEST(ForEach, DoesNotExhaustTheStackInALongIterationOnAnInlineExecutor) {
    ClientOptions options;
    options.executor = [](const std::function<void()>& task) { task(); };
    const BuildsClient client = listOf(5'000, options);
    IterationRecorder recorder;
    client.forEachBuild({}, {}, recorder.onBuild(100'000), recorder.done());
    EXPECT_TRUE(recorder.wait());
    EXPECT_EQ(recorder.ids.size(), 10'000U);
}

TEST(ForEach, PrefetchesNoMoreThanTheOptionAllows) {
    std::atomic<int> highest{0};
    Loop loop;
    ClientOptions options;
    options.executor = loop.executor();
    const BuildsClient client = listOf(1000, options, &highest);
    int taken = 0;
    std::optional<Result<WalkSummary>> outcome;
    client.forEachPage(
        {}, pagesOf(2, 3),
        [&](const auto&) {
            ++taken;
            EXPECT_LE(highest, taken + 3);
            return taken < 20;
        },
        [&](auto summary) { outcome = std::move(summary); });
    loop.runUntil([&] { return outcome.has_value(); });
    EXPECT_TRUE(*outcome);
    EXPECT_LE(highest, 20 + 3);
}

TEST(ForEach, RunsOnTheExecutor) {
    Loop loop;
    ClientOptions options;
    options.executor = loop.executor();
    const BuildsClient client = listOf(3, options);
    std::vector<std::thread::id> threads;
    bool isDone = false;
    client.forEachPage(
        {}, {},
        [&](const auto&) {
            threads.push_back(std::this_thread::get_id());
            return true;
        },
        [&](const auto& summary) {
            threads.push_back(std::this_thread::get_id());
            isDone = summary.has_value();
        });
    EXPECT_TRUE(threads.empty());
    loop.runUntil([&] { return isDone; });
    EXPECT_EQ(threads, std::vector<std::thread::id>(4, std::this_thread::get_id()));
}

TEST(ForEach, DeliversOnePageAtATimeOnAThreadPool) {
    Loop loop;
    ClientOptions options;
    options.executor = loop.executor();
    const BuildsClient client = listOf(200, options);
    std::atomic<bool> isDone{false};
    std::atomic<int> inside{0};
    int last = 0;
    client.forEachPage(
        {}, pagesOf(2, 20),
        [&](const BuildPage& page) {
            EXPECT_EQ(++inside, 1);
            EXPECT_EQ(page.number, ++last);
            --inside;
            return true;
        },
        [&](const auto& summary) {
            EXPECT_TRUE(summary);
            isDone = true;
        });
    std::vector<std::thread> pool;
    for (int i = 0; i < 4; ++i) pool.emplace_back([&] { loop.runUntil([&] { return isDone.load(); }); });
    while (!isDone) std::this_thread::sleep_for(1ms);
    for (int i = 0; i < 4; ++i) loop.executor()([] {});  // wakes waiting threads
    for (std::thread& thread : pool) thread.join();
    EXPECT_EQ(last, 200);
}

TEST(ForEach, EndsWithAnErrorWithThePageNumber) {
    const BuildsClient client = clientOf([](const HttpRequest& request) {
        return pageOf(request) == 2 ? FakeTransport::answer(401, "") : pageWithTwo(pageOf(request), 5);
    });
    IterationRecorder recorder;
    client.forEachBuild({}, {}, recorder.onBuild(), recorder.done());
    const auto summary = recorder.wait();
    ASSERT_THAT(summary, FailsWith(ErrorKind::authentication));
    EXPECT_THAT(summary.error().message(), testing::StartsWith("page 2: "));
    EXPECT_THAT(recorder.ids, ElementsAre("1a", "1b"));
}

TEST(ForEach, EndsIfTheFunctionThrows) {
    const BuildsClient client = listOf(5);
    IterationRecorder recorder;
    client.forEachPage(
        {}, {}, [](const auto&) -> bool { throw std::runtime_error("disk full"); }, recorder.done());
    const auto summary = recorder.wait();
    ASSERT_THAT(summary, FailsWith(ErrorKind::connection));
    EXPECT_THAT(summary.error().message(), testing::HasSubstr("threw an exception: disk full"));
}

TEST(ForEach, RefusesTheSameOptionsAsPages) {
    const BuildsClient client = listOf(5);
    IterationRecorder recorder;
    client.forEachBuild({}, pagesOf(2, 0), recorder.onBuild(), recorder.done());
    EXPECT_THAT(recorder.wait(), FailsWith(ErrorKind::invalidArgument));
}

TEST(ForEach, CompletesAtOnceIfTheClientWasMovedFrom) {
    BuildsClient client = listOf(5);
    const BuildsClient newOwner = std::move(client);
    IterationRecorder recorder;
    client.forEachBuild({}, {}, recorder.onBuild(),
                        recorder.done());  // NOLINT(bugprone-use-after-move): tests a moved-from object
    EXPECT_THAT(recorder.wait(), FailsWith(ErrorKind::invalidArgument));
}

TEST(ForEach, EndsWhenTheTokenIsCancelled) {
    CancellationSource source;
    WalkOptions options;
    options.cancel = source.token();
    const BuildsClient client(AppToken{token}, {}, test::transportOf({FakeTransport::silence()}));
    IterationRecorder recorder;
    client.forEachBuild({}, options, recorder.onBuild(), recorder.done());
    source.cancel();
    EXPECT_THAT(recorder.wait(), FailsWith(ErrorKind::cancelled));
}

TEST(ForEach, EndsBeforeTheDestructorOfTheClientReturns) {
    std::optional<ErrorKind> kind;
    {
        const BuildsClient client(AppToken{token}, {}, test::transportOf({FakeTransport::silence()}));
        client.forEachPage(
            {}, {}, [](const auto&) { return true; }, [&](const auto& summary) { kind = summary.error().kind(); });
    }
    EXPECT_EQ(kind, ErrorKind::cancelled);
}

TEST(ForEach, EndsIfTheExecutorDropsItsTask) {
    ClientOptions options;
    options.executor = [](const auto&) {};
    const BuildsClient client = listOf(5, options);
    IterationRecorder recorder;
    client.forEachBuild({}, {}, recorder.onBuild(), recorder.done());
    EXPECT_THAT(recorder.wait(), FailsWith(ErrorKind::connection));
}

}  // namespace
}  // namespace applivery
