/// @file
/// Callbacks that start the next call, with an inline executor and an immediate transport. No number of calls may
/// exhaust the stack.
#include "support/rig.hpp"
#include "support/scale.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using test::onePage;
using test::Rig;
using Task = std::function<void()>;

constexpr int count = 3000;

struct InlineExecutor : testing::Test {
    InlineExecutor() : rig({onePage()}) {
        rig.options.executor = [](const Task& task) { task(); };
    }

    // Calls `begin` with a callback that calls `begin` again, until `total` callbacks have run. Returns the number of
    // callbacks that have run.
    template <typename Outcome, typename Begin>
    int chain(int total, Begin begin) {
        int completions = 0;
        std::function<void(Outcome)> done = [&](const Outcome&) {
            if (++completions < total) begin(done);
        };
        begin(done);
        return completions;
    }

    Rig rig;
};

TEST_F(InlineExecutor, CompletesManyImmediateCallsInARow) {
    constexpr int many = test::scaled(100'000);
    int requests = 0;
    const BuildsClient client = test::clientOfTransport(
        [&](const auto&, const auto& respond) {
            ++requests;
            respond(onePage());
        },
        rig.options);
    const int completed =
        chain<Result<BuildPage>>(many, [&](const auto& done) { client.listBuildsAsync({}, {}, {}, done); });
    EXPECT_EQ(completed, many);
    EXPECT_EQ(requests, many);
}

TEST_F(InlineExecutor, CompletesManyRefusedCallsInARow) {
    const BuildsClient client = rig.client();
    Page invalid;
    invalid.number = 0;
    EXPECT_EQ(chain<Result<BuildPage>>(count, [&](const auto& d) { client.listBuildsAsync({}, invalid, {}, d); }),
              count);
}

TEST_F(InlineExecutor, CompletesManyCallsOfAMovedFromClientInARow) {
    BuildsClient client = rig.client();
    const BuildsClient newOwner = std::move(client);
    // NOLINTNEXTLINE(bugprone-use-after-move): tests a moved-from object
    EXPECT_EQ(chain<Result<BuildPage>>(count, [&](const auto& d) { client.listBuildsAsync({}, {}, {}, d); }), count);
}

TEST_F(InlineExecutor, CompletesManyDroppedCallsInARow) {
    rig.options.executor = [](const Task&) {};
    const BuildsClient client = rig.client();
    EXPECT_EQ(chain<Result<BuildPage>>(count, [&](const auto& d) { client.listBuildsAsync({}, {}, {}, d); }), count);
}

TEST_F(InlineExecutor, CompletesManyIterationsInARow) {
    const BuildsClient client = rig.client();
    const auto begin = [&](const auto& done) {
        client.forEachPage(
            {}, {}, [](const auto&) { return false; }, done);
    };
    EXPECT_EQ(chain<Result<WalkSummary>>(count, begin), count);
}

TEST_F(InlineExecutor, CompletesManyIterationsOfAMovedFromClientInARow) {
    BuildsClient client = rig.client();
    const BuildsClient newOwner = std::move(client);
    const auto begin = [&](const auto& done) {
        client.forEachPage(
            {}, {}, [](const auto&) { return false; }, done);  // NOLINT(bugprone-use-after-move)
    };
    EXPECT_EQ(chain<Result<WalkSummary>>(count, begin), count);
}

TEST_F(InlineExecutor, CompletesManyWaitsInARow) {
    const BuildsClient client = rig.client();
    const auto begin = [&](const auto& done) {
        BuildSelector selector;
        selector.id = "b1";
        WaitOptions wait;
        wait.timeout = std::chrono::milliseconds{0};
        client.waitUntilBuildProcessedAsync(selector, wait, done);
    };
    EXPECT_EQ(chain<Result<WaitResult>>(1000, begin), 1000);
}

// A call inside a completion behaves as any other call does.
TEST_F(InlineExecutor, RunsTheCompletionOfANestedCallBeforeTheCallReturns) {
    const BuildsClient client = rig.client();
    std::vector<int> order;
    client.listBuildsAsync({}, {}, {}, [&](const auto&) {
        client.listBuildsAsync({}, {}, {}, [&](const auto&) { order.push_back(1); });
        order.push_back(2);
    });
    EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

// A completion may rely on a lock that the executor of its client holds.
TEST_F(InlineExecutor, RunsACompletionInItsOwnExecutorInsideACompletionOfAnotherClient) {
    const BuildsClient outer = rig.client();
    bool isInside = false;
    std::optional<bool> wasInside;
    rig.options.executor = [&](const Task& task) {
        isInside = true;
        task();
        isInside = false;
    };
    const BuildsClient inner = rig.client();
    outer.listBuildsAsync({}, {}, {}, [&](const auto&) {
        inner.listBuildsAsync({}, {}, {}, [&](const auto&) { wasInside = isInside; });
    });
    EXPECT_EQ(wasInside, true);
}

TEST_F(InlineExecutor, CompletesACallBeforeTheDestructorOfItsClientReturns) {
    const BuildsClient outer = rig.client();
    const auto silent = std::make_shared<FakeTransport>(FakeTransport::silence());
    bool isDone = false;
    bool wasDoneInCallback = false;
    outer.listBuildsAsync({}, {}, {}, [&](const auto&) {
        std::optional<BuildsClient> inner(std::in_place, AppToken{test::token}, rig.options, silent);
        inner->listBuildsAsync({}, {}, {}, [&](const auto&) { isDone = true; });
        inner.reset();
        wasDoneInCallback = isDone;
    });
    EXPECT_TRUE(wasDoneInCallback);
}

TEST_F(InlineExecutor, CompletesACallBeforeCancelReturns) {
    const auto transport = std::make_shared<FakeTransport>(onePage(), FakeTransport::silence());
    const BuildsClient client(AppToken{test::token}, rig.options, transport);
    bool isDone = false;
    bool wasDoneInCallback = false;
    client.listBuildsAsync({}, {}, {}, [&](const auto&) {
        CancellationSource source;
        client.listBuildsAsync({}, {}, source.token(), [&](const auto&) { isDone = true; });
        source.cancel();
        wasDoneInCallback = isDone;
    });
    EXPECT_TRUE(wasDoneInCallback);
}

TEST_F(InlineExecutor, CompletesManyCallsOfTwoClientsInTurn) {
    const BuildsClient one = rig.client();
    const BuildsClient two = rig.client();
    int calls = 0;
    const auto begin = [&](const auto& done) { (++calls % 2 == 0 ? one : two).listBuildsAsync({}, {}, {}, done); };
    EXPECT_EQ(chain<Result<BuildPage>>(count, begin), count);
}

TEST_F(InlineExecutor, LetsACompletionWaitForAFuture) {
    const BuildsClient client = rig.client();
    std::optional<Result<BuildPage>> page;
    client.listBuildsAsync({}, {}, {}, [&](const auto&) { page = client.listBuildsAsync().get(); });
    ASSERT_TRUE(page);
    EXPECT_TRUE(*page);
}

// A completion may show a dialog, whose nested event loop runs the tasks of the executor.
TEST_F(InlineExecutor, CompletesACallInANestedLoopInsideACompletion) {
    std::vector<Task> tasks;
    rig.options.executor = [&](Task task) { tasks.push_back(std::move(task)); };
    const BuildsClient client = rig.client();
    const auto runOne = [&] {
        const Task task = std::move(tasks.front());
        tasks.erase(tasks.begin());
        task();
    };
    bool isInnerDone = false;
    bool wasDoneInNestedLoop = false;
    client.listBuildsAsync({}, {}, {}, [&](const auto&) {
        client.listBuildsAsync({}, {}, {}, [&](const auto&) { isInnerDone = true; });
        runOne();
        wasDoneInNestedLoop = isInnerDone;
    });
    runOne();
    EXPECT_TRUE(wasDoneInNestedLoop);
}

}  // namespace
}  // namespace applivery
