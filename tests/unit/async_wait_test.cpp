/// @file
/// Asynchronous waits.
#include "support/loop.hpp"
#include "support/matchers.hpp"
#include "support/wait_rig.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::buildJson;
using test::byId;
using test::FailsWith;
using test::Loop;
using test::token;
using test::WaitRig;

Result<WaitResult> waitOf(const BuildsClient& client, const BuildSelector& selector, const WaitOptions& options = {}) {
    std::promise<Result<WaitResult>> outcome;
    client.waitUntilBuildProcessedAsync(selector, options,
                                        [&](Result<WaitResult> result) { outcome.set_value(std::move(result)); });
    return outcome.get_future().get();
}

TEST(AsyncWait, EndsLikeABlockingWait) {
    WaitRig blocking;
    WaitRig rig;
    for (WaitRig* const each : {&blocking, &rig}) {
        each->from(0ms, buildJson("b1", "pending")).from(1min, buildJson("b1", "processed"));
    }
    const auto expected = blocking.wait(byId("b1"));
    const auto result = waitOf(rig.client(), byId("b1"), rig.options);
    ASSERT_TRUE(result && expected);
    EXPECT_EQ(result->outcome, WaitOutcome::processed);
    EXPECT_EQ(result->polls, expected->polls);
    EXPECT_EQ(result->elapsed, expected->elapsed);
    EXPECT_EQ(rig.times, blocking.times);
    EXPECT_EQ(rig.eventKinds(), blocking.eventKinds());
}

TEST(AsyncWait, RunsOnTheExecutor) {
    Loop loop;
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "processed"));
    const auto main = std::this_thread::get_id();
    rig.options.onEvent = [&](const auto&) { EXPECT_EQ(std::this_thread::get_id(), main); };
    ClientOptions options;
    options.clock = rig.clock;
    options.executor = loop.executor();
    const BuildsClient client(AppToken{token}, options, std::make_shared<test::FunctionTransport>([](auto&, auto done) {
                                  std::thread([done] { done(test::onePage()); }).join();
                              }));
    std::optional<WaitOutcome> outcome;
    client.waitUntilBuildProcessedAsync(byId("b2"), rig.options, [&](const auto& result) {
        EXPECT_EQ(std::this_thread::get_id(), main);
        outcome = result->outcome;
    });
    EXPECT_FALSE(outcome);
    loop.runUntil([&] { return outcome.has_value(); });
    EXPECT_EQ(outcome, WaitOutcome::timedOutNotFound);
}

TEST(AsyncWait, EndsAfterARefusal) {
    WaitRig rig;
    rig.answerFrom(0ms, test::invalidToken());
    EXPECT_THAT(waitOf(rig.client(), byId("b1"), rig.options), FailsWith(ErrorKind::authentication));
}

TEST(AsyncWait, RefusesInvalidArgumentsWithoutARequest) {
    WaitRig rig;
    EXPECT_THAT(waitOf(rig.client(), BuildSelector{}), FailsWith(ErrorKind::invalidArgument));
    EXPECT_TRUE(rig.urls.empty());
    EXPECT_THAT(waitOf(BuildsClient(AppToken{""}), byId("b1")), FailsWith(ErrorKind::invalidArgument));
    BuildsClient client = rig.client();
    const BuildsClient newOwner = std::move(client);
    EXPECT_THAT(waitOf(client, byId("b1")),  // NOLINT(bugprone-use-after-move): tests a moved-from object
                FailsWith(ErrorKind::invalidArgument));
}

TEST(AsyncWait, EndsIfTheClockThrows) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending"));
    rig.options.clock = std::make_shared<test::BrokenClock>([](const auto&) { throw std::runtime_error("no timer"); });
    EXPECT_THAT(waitOf(rig.client(), byId("b1"), rig.options), FailsWith(ErrorKind::connection));
}

TEST(AsyncWait, EndsWhenTheTokenIsCancelledInARequest) {
    CancellationSource source;
    WaitOptions options;
    options.cancel = source.token();
    const BuildsClient client(AppToken{token}, {}, test::transportOf({FakeTransport::silence()}));
    std::promise<WaitOutcome> outcome;
    client.waitUntilBuildProcessedAsync(byId("b1"), options,
                                        [&](const auto& result) { outcome.set_value(result->outcome); });
    source.cancel();
    EXPECT_EQ(outcome.get_future().get(), WaitOutcome::cancelled);
}

// Uses the clock of the machine.
TEST(AsyncWait, EndsBetweenChecksBeforeTheDestructorOfTheClientReturns) {
    std::promise<void> checked;
    WaitOptions options;
    options.onEvent = [&](const WaitEvent& event) {
        if (event.kind == WaitEvent::Kind::checked) checked.set_value();
    };
    std::optional<WaitOutcome> outcome;
    {
        const BuildsClient client(AppToken{token}, {}, test::transportOf({test::onePage()}));
        client.waitUntilBuildProcessedAsync(byId("b2"), options,
                                            [&](const auto& result) { outcome = result->outcome; });
        checked.get_future().wait();
    }
    EXPECT_EQ(outcome, WaitOutcome::cancelled);
}

TEST(AsyncWait, EndsIfTheExecutorDropsItsTask) {
    ClientOptions options;
    options.executor = [](const auto&) {};
    const BuildsClient client(AppToken{token}, options, test::transportOf({FakeTransport::silence()}));
    EXPECT_THAT(waitOf(client, byId("b1")), FailsWith(ErrorKind::connection));
}

// The executor and the clock fail at the same time on two threads. ThreadSanitizer detects if both errors are stored in
// one place.
TEST(AsyncWait, EndsIfBothExecutorAndClockFail) {
    std::function<void()> pendingWake;
    CancellationSource source;
    WaitOptions wait;
    wait.cancel = source.token();
    wait.clock = std::make_shared<test::BrokenClock>([&](auto wake) { pendingWake = std::move(wake); });
    std::function<void()> dropped;
    bool isKept = false;
    ClientOptions options;
    options.executor = [&](std::function<void()> task) {
        if (!isKept) return task();
        dropped = std::move(task);
    };
    const BuildsClient client = test::clientOf([](const auto&) { return test::onePage(); }, options);
    std::atomic<int> calls{0};
    client.waitUntilBuildProcessedAsync(byId("b2"), wait, [&](const auto&) { ++calls; });
    ASSERT_TRUE(pendingWake);
    isKept = true;
    source.cancel();
    ASSERT_TRUE(dropped);
    std::thread executor([task = std::exchange(dropped, nullptr)]() mutable { task = nullptr; });
    std::thread clock([wake = std::exchange(pendingWake, nullptr)]() mutable { wake = nullptr; });
    executor.join();
    clock.join();
    EXPECT_EQ(calls, 1);
}

// ---- several builds ----

Result<std::vector<WaitResult>> waitOfSeveral(const BuildsClient& client, std::vector<BuildSelector> selectors,
                                              const WaitOptions& options = {}) {
    std::promise<Result<std::vector<WaitResult>>> outcome;
    client.waitUntilBuildsProcessedAsync(std::move(selectors), options, [&](Result<std::vector<WaitResult>> results) {
        outcome.set_value(std::move(results));
    });
    return outcome.get_future().get();
}

TEST(AsyncWaitForSeveral, ReturnsOneResultForEachSelector) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending") + ',' + buildJson("b2", "error"));
    rig.from(1min, buildJson("b1", "processed") + ',' + buildJson("b2", "error"));
    const auto results = waitOfSeveral(rig.client(), {byId("b1"), byId("b2")}, rig.options);
    ASSERT_TRUE(results) << results.error();
    ASSERT_EQ(results->size(), 2U);
    EXPECT_EQ(results->at(0).outcome, WaitOutcome::processed);
    EXPECT_EQ(results->at(1).outcome, WaitOutcome::failed);
    EXPECT_EQ(results->at(1).polls, 1);
}

TEST(AsyncWaitForSeveral, FailsBeforeAnythingIsSentIfAnArgumentIsInvalid) {
    WaitRig rig;
    EXPECT_THAT(waitOfSeveral(rig.client(), {}), FailsWith(ErrorKind::invalidArgument));
    EXPECT_THAT(waitOfSeveral(rig.client(), {byId("b1"), BuildSelector{}}), FailsWith(ErrorKind::invalidArgument));
    EXPECT_THAT(waitOfSeveral(BuildsClient(AppToken{""}), {byId("b1")}), FailsWith(ErrorKind::invalidArgument));
    EXPECT_TRUE(rig.urls.empty());
}

TEST(AsyncWaitForSeveral, IsCancelledIfTheClientIsDestroyed) {
    std::optional<Result<std::vector<WaitResult>>> outcome;
    {
        const BuildsClient client(AppToken{token}, {}, test::transportOf({FakeTransport::silence()}));
        client.waitUntilBuildsProcessedAsync({byId("b1"), byId("b2")}, {},
                                             [&](auto results) { outcome = std::move(results); });
    }
    ASSERT_TRUE(outcome && *outcome);
    EXPECT_EQ((*outcome)->at(0).outcome, WaitOutcome::cancelled);
    EXPECT_EQ((*outcome)->at(1).outcome, WaitOutcome::cancelled);
}

}  // namespace
}  // namespace applivery
