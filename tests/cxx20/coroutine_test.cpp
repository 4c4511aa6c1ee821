/// @file
/// Calls, iterations and waits in coroutines.
#include "support/wait_rig.hpp"

#include <applivery/coroutine.hpp>

#include <gtest/gtest.h>

#include <coroutine>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::clientOf;
using test::onePage;
using test::token;

// A coroutine that starts at once. The owner can destroy the coroutine while it is suspended.
class Task {
public:
    using Done = std::shared_ptr<std::promise<void>>;

    // Notifies the owner after the coroutine is suspended at its end. Only then can the owner destroy the coroutine.
    struct Final {
        Done done;
        [[nodiscard]] bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<>) const noexcept { tell(done); }
        void await_resume() const noexcept {}
        [[gnu::noinline]] static void tell(const Done done) noexcept { done->set_value(); }
    };

    struct promise_type {
        Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this), done); }
        std::suspend_never initial_suspend() noexcept { return {}; }
        Final final_suspend() noexcept { return {done}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
        Done done = std::make_shared<std::promise<void>>();
    };

    Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)), done_(std::move(other.done_)) {}
    Task& operator=(Task&&) = delete;
    ~Task() {
        if (handle_) handle_.destroy();
    }

    void wait() const { EXPECT_EQ(done_->get_future().wait_for(30s), std::future_status::ready); }

private:
    Task(std::coroutine_handle<promise_type> handle, Done done) : handle_(handle), done_(std::move(done)) {}

    std::coroutine_handle<promise_type> handle_;
    Done done_;
};

// An executor whose tasks the test runs.
struct Tasks {
    std::vector<std::function<void()>> waiting;
    void runAll() {
        while (!waiting.empty()) std::exchange(waiting, {}).front()();
    }
};

Task list(BuildsClient client, std::optional<Result<BuildPage>>& outcome, CancellationToken cancel = {}) {
    outcome = co_await listBuilds(client, {}, {}, cancel);
}

TEST(Coroutine, AwaitsACall) {
    const BuildsClient client = clientOf([](const HttpRequest&) { return onePage(); });
    std::optional<Result<BuildPage>> outcome;
    list(client, outcome).wait();
    ASSERT_TRUE(outcome && *outcome);
    EXPECT_EQ((*outcome)->items.front().id, "b1");
}

TEST(Coroutine, IsResumedOnTheExecutor) {
    Tasks tasks;
    ClientOptions options;
    options.executor = [&](auto task) { tasks.waiting.push_back(std::move(task)); };
    const BuildsClient client = clientOf([](const HttpRequest&) { return onePage(); }, options);
    std::optional<Result<BuildPage>> outcome;
    const Task task = list(client, outcome);
    EXPECT_FALSE(outcome);
    tasks.runAll();
    EXPECT_TRUE(outcome && *outcome);
}

Task listMany(BuildsClient client, int calls, int& listed) {
    for (int i = 0; i < calls; ++i) {
        const Result<BuildPage> page = co_await listBuilds(client);
        listed += page ? 1 : 0;
    }
}

TEST(Coroutine, AwaitsManyCallsOfAnInlineExecutor) {
    ClientOptions options;
    options.executor = [](const auto& task) { task(); };
    const BuildsClient client = clientOf([](const HttpRequest&) { return onePage(); }, options);
    int listed = 0;
    const Task task = listMany(client, 3000, listed);
    task.wait();
    EXPECT_EQ(listed, 3000);
}

TEST(Coroutine, ContinuesAtOnceIfTheClientWasMovedFrom) {
    BuildsClient client = clientOf([](const HttpRequest&) { return onePage(); });
    const BuildsClient newOwner = std::move(client);
    std::optional<Result<BuildPage>> outcome;
    list(client, outcome).wait();  // NOLINT(bugprone-use-after-move): tests a moved-from object
    EXPECT_EQ(outcome->error().kind(), ErrorKind::invalidArgument);
}

TEST(Coroutine, EndsTheCallWhenTheTokenIsCancelled) {
    const BuildsClient client(AppToken{token}, {}, test::transportOf({FakeTransport::silence()}));
    CancellationSource source;
    std::optional<Result<BuildPage>> outcome;
    const Task task = list(client, outcome, source.token());
    source.cancel();
    task.wait();
    EXPECT_EQ(outcome->error().kind(), ErrorKind::cancelled);
}

TEST(Coroutine, CancelsTheCallWhenItIsDestroyed) {
    Tasks tasks;
    ClientOptions options;
    options.executor = [&](auto task) { tasks.waiting.push_back(std::move(task)); };
    std::optional<CancellationToken> given;
    std::function<void(Result<HttpResponse>)> answer;
    const BuildsClient client = test::clientOfTransport(
        [&](auto& cancel, auto done) {
            given = cancel;
            answer = done;
        },
        options);
    std::optional<Result<BuildPage>> outcome;
    { const Task task = list(client, outcome); }
    ASSERT_TRUE(given);
    EXPECT_TRUE(given->isCancelled());
    answer(onePage());
    tasks.runAll();
    EXPECT_FALSE(outcome);
}

BuildsClient listOf(int pages, const ClientOptions& options = {}) {
    return clientOf(
        [pages](const HttpRequest& request) {
            const int number = std::stoi(request.url.substr(request.url.find("page=") + 5));
            return FakeTransport::answer(200, R"({"status":true,"data":{"hasNextPage":)" +
                                                  std::string(number < pages ? "true" : "false") +
                                                  R"(,"items":[{"id":"b)" + std::to_string(number) + "\"}]}}");
        },
        options);
}

Task walk(BuildsClient client, std::string& ids) {
    AwaitablePages pages(client);
    while (const auto page = co_await pages.next()) ids += page->value().items.front().id + ' ';
    ids += std::to_string(pages.summary().pages);
}

TEST(Coroutine, AwaitsPageAfterPage) {
    std::string ids;
    walk(listOf(3), ids).wait();
    EXPECT_EQ(ids, "b1 b2 b3 3");
}

TEST(Coroutine, EndsTheIterationWhenItIsDestroyed) {
    const auto transport = test::transportOf({FakeTransport::silence()});
    const BuildsClient client(AppToken{token}, {}, transport);
    std::string ids;
    { const Task task = walk(client, ids); }
    EXPECT_EQ(ids, "");
}

// Reads an iteration to its end, or up to 100 errors. @return the number of errors.
Task countErrors(BuildsClient client, int& errors) {
    AwaitablePages pages(client);
    while (const auto page = co_await pages.next()) {
        if (!*page && ++errors == 100) break;
    }
}

TEST(Coroutine, EndsTheIterationAfterTheExecutorDroppedATask) {
    bool drops = false;
    ClientOptions options;
    options.executor = [&](const std::function<void()>& task) {
        if (!std::exchange(drops, true)) task();
    };
    int errors = 0;
    countErrors(listOf(3, options), errors).wait();
    EXPECT_EQ(errors, 1);
}

TEST(Coroutine, EndsTheIterationAfterTheExecutorThrew) {
    ClientOptions options;
    options.executor = [](const std::function<void()>&) { throw std::runtime_error("the pool is closed"); };
    int errors = 0;
    countErrors(listOf(3, options), errors).wait();
    EXPECT_EQ(errors, 1);
}

Task awaitNext(AwaitablePages& pages, std::optional<NextPage>& page) {
    page = co_await pages.next();
}

TEST(Coroutine, IsRefusedWhileAnotherAwaitsThePage) {
    Tasks tasks;
    ClientOptions options;
    options.executor = [&](auto task) { tasks.waiting.push_back(std::move(task)); };
    AwaitablePages pages(listOf(3, options));
    std::optional<NextPage> first;
    std::optional<NextPage> second;
    const Task one = awaitNext(pages, first);
    const Task other = awaitNext(pages, second);
    tasks.runAll();
    ASSERT_TRUE(first && *first && **first);
    EXPECT_EQ((**first)->items.front().id, "b1");
    ASSERT_TRUE(second && *second && !**second);
    EXPECT_EQ((**second).error().kind(), ErrorKind::invalidArgument);
}

TEST(Coroutine, FailsWithAnExplanationIfItsPagesWereMovedFrom) {
    AwaitablePages pages(listOf(3));
    const AwaitablePages newOwner = std::move(pages);
    std::optional<NextPage> page;
    awaitNext(pages, page).wait();  // NOLINT(bugprone-use-after-move): tests a moved-from object
    ASSERT_TRUE(page && *page && !**page);
    EXPECT_EQ((**page).error().kind(), ErrorKind::invalidArgument);
    EXPECT_EQ(pages.summary().pages, 0);
    awaitNext(pages, page).wait();
    EXPECT_FALSE(*page);
}

Task wait(BuildsClient client, WaitOptions options, std::optional<Result<WaitResult>>& outcome) {
    outcome = co_await waitUntilBuildProcessed(client, test::byId("b1"), options);
}

TEST(Coroutine, AwaitsABuild) {
    test::WaitRig rig;
    rig.from(0ms, test::buildJson("b1", "pending")).from(1min, test::buildJson("b1", "processed"));
    std::optional<Result<WaitResult>> outcome;
    wait(rig.client(), rig.options, outcome).wait();
    ASSERT_TRUE(outcome && *outcome);
    EXPECT_EQ((*outcome)->outcome, WaitOutcome::processed);
}

TEST(Coroutine, EndsTheWaitWhenItIsDestroyed) {
    const BuildsClient client(AppToken{token}, {}, test::transportOf({FakeTransport::silence()}));
    std::optional<Result<WaitResult>> outcome;
    { const Task task = wait(client, {}, outcome); }
    EXPECT_FALSE(outcome);
}

Task waitForSeveral(BuildsClient client, WaitOptions options, std::optional<Result<std::vector<WaitResult>>>& outcome) {
    std::vector<BuildSelector> selectors{test::byId("b1"), test::byId("b2")};
    outcome = co_await waitUntilBuildsProcessed(client, std::move(selectors), options);
}

TEST(Coroutine, AwaitsSeveralBuilds) {
    test::WaitRig rig;
    rig.from(0ms, test::buildJson("b1", "pending") + ',' + test::buildJson("b2", "error"));
    rig.from(1min, test::buildJson("b1", "processed"));
    std::optional<Result<std::vector<WaitResult>>> outcome;
    waitForSeveral(rig.client(), rig.options, outcome).wait();
    ASSERT_TRUE(outcome && *outcome);
    EXPECT_EQ((*outcome)->at(0).outcome, WaitOutcome::processed);
    EXPECT_EQ((*outcome)->at(1).outcome, WaitOutcome::failed);
}

TEST(Coroutine, EndsTheWaitForSeveralBuildsIfItIsDestroyed) {
    const BuildsClient client(AppToken{token}, {}, test::transportOf({FakeTransport::silence()}));
    std::optional<Result<std::vector<WaitResult>>> outcome;
    { const Task task = waitForSeveral(client, {}, outcome); }
    EXPECT_FALSE(outcome);
}

}  // namespace
}  // namespace applivery
