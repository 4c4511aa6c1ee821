/// @file
/// BuildPoller.
#include "support/matchers.hpp"
#include "support/wait_rig.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::buildJson;
using test::byId;
using test::FailsWith;
using test::token;
using test::WaitRig;

TEST(BuildPoller, NeverBlocksAndEndsLikeAWait) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending")).from(1min, buildJson("b1", "processed"));
    BuildPoller poller(rig.client(), byId("b1"), rig.options);
    EXPECT_EQ(poller.nextDelay(), 0ms);
    int turns = 0;
    while (!poller.poll() && ++turns < 1000) rig.clock->advance(poller.nextDelay());
    ASSERT_TRUE(poller.done());
    EXPECT_EQ(poller.results()->at(0).outcome, WaitOutcome::processed);
    EXPECT_LT(turns, 50);
}

TEST(BuildPoller, ReportsTheIntermediateState) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending"));
    BuildPoller poller(rig.client(), byId("b1"), rig.options);
    poller.poll();
    poller.poll();
    EXPECT_FALSE(poller.done());
    EXPECT_EQ(poller.results()->at(0).build->status, BuildStatus::pending);
    EXPECT_EQ(poller.nextDelay(), 3s);
}

TEST(BuildPoller, StartsItsTimeAtTheFirstPoll) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending"));
    const BuildPoller poller(rig.client(), byId("b1"), rig.options);
    EXPECT_EQ(poller.results()->at(0).elapsed, 0ms);
    EXPECT_EQ(poller.nextDelay(), 0ms);
}

TEST(BuildPoller, EndsAfterARefusal) {
    WaitRig rig;
    rig.answerFrom(0ms, test::invalidToken());
    BuildPoller poller(rig.client(), byId("b1"), rig.options);
    while (!poller.poll()) {
    }
    EXPECT_THAT(poller.results(), FailsWith(ErrorKind::authentication));
}

TEST(BuildPoller, EndsAfterACancellation) {
    WaitRig rig;
    rig.answerFrom(0ms, test::invalidToken());
    CancellationSource source;
    rig.options.cancel = source.token();
    BuildPoller poller(rig.client(), byId("b1"), rig.options);
    source.cancel();
    EXPECT_TRUE(poller.poll());
    EXPECT_EQ(poller.results()->at(0).outcome, WaitOutcome::cancelled);
}

TEST(BuildPoller, IsDoneAtOnceIfItIsRefused) {
    const BuildPoller poller(BuildsClient(AppToken{token}), BuildSelector{});
    EXPECT_TRUE(poller.done());
    EXPECT_THAT(poller.results(), FailsWith(ErrorKind::invalidArgument));
}

TEST(BuildPoller, IsDoneWithAnExplanationAfterAMove) {
    BuildPoller poller(BuildsClient(AppToken{token}), byId("b1"));
    const BuildPoller newOwner = std::move(poller);
    EXPECT_TRUE(poller.done());  // NOLINT(bugprone-use-after-move): tests a moved-from object
    EXPECT_TRUE(poller.poll());
    EXPECT_EQ(poller.nextDelay(), 0ms);
    const auto results = poller.results();
    EXPECT_THAT(results, FailsWith(ErrorKind::invalidArgument));
    EXPECT_THAT(results.error().message(), ::testing::HasSubstr("moved from"));
}

TEST(BuildPoller, ContinuesIfItIsAssignedToAfterAMove) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "processed"));
    BuildPoller poller(rig.client(), byId("b1"), rig.options);
    BuildPoller newOwner = std::move(poller);
    poller = std::move(newOwner);
    while (!poller.poll()) rig.clock->advance(poller.nextDelay());
    EXPECT_EQ(poller.results()->at(0).outcome, WaitOutcome::processed);
}

TEST(BuildPoller, IsRefusedWithoutSelectors) {
    const BuildPoller poller(BuildsClient(AppToken{token}), {});
    EXPECT_TRUE(poller.done());
    const auto results = poller.results();
    EXPECT_THAT(results, FailsWith(ErrorKind::invalidArgument));
    EXPECT_THAT(results.error().message(), ::testing::HasSubstr("no BuildSelector"));
}

TEST(BuildPoller, AcceptsAListOfSelectors) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "processed") + ',' + buildJson("b2", "error"));
    BuildPoller poller(rig.client(), {byId("b1"), byId("b2")}, rig.options);
    while (!poller.poll()) rig.clock->advance(poller.nextDelay());
    EXPECT_EQ(poller.results()->at(0).outcome, WaitOutcome::processed);
    EXPECT_EQ(poller.results()->at(1).outcome, WaitOutcome::failed);
}

TEST(BuildPoller, IsCancelledWhileARequestIsInFlight) {
    const BuildsClient client = test::clientOf([](const HttpRequest&) { return FakeTransport::silence(); });
    CancellationSource source;
    WaitOptions options;
    options.cancel = source.token();
    BuildPoller poller(client, byId("b1"), options);
    EXPECT_FALSE(poller.poll());
    source.cancel();
    EXPECT_TRUE(poller.poll());
    EXPECT_EQ(poller.results()->at(0).outcome, WaitOutcome::cancelled);
}

TEST(BuildPoller, CancelsItsRequestWhenItIsDestroyed) {
    std::optional<CancellationToken> request;
    test::FunctionTransport::Done response;
    const BuildsClient client =
        test::clientOfTransport([&](const CancellationToken& cancel, test::FunctionTransport::Done done) {
            request = cancel;
            response = std::move(done);
        });
    std::optional<BuildPoller> poller(std::in_place, client, byId("b1"));
    EXPECT_FALSE(poller->poll());
    EXPECT_FALSE(request->isCancelled());
    poller.reset();
    EXPECT_TRUE(request->isCancelled());
}

// The first check is complete. In later checks, page 1 contains build `a`, and page 2 does not arrive.
TEST(BuildPoller, ContinuesWithTheOtherBuildsWhenACheckIsCutOff) {
    const auto clock = std::make_shared<VirtualClock>(VirtualClock::Passing::byHand);
    ClientOptions clientOptions;
    clientOptions.clock = clock;
    const auto respond = [&](const HttpRequest& request) -> FakeTransport::Answer {
        const bool isFirstCheck = clock->elapsed() < 1s;
        const char* const status = clock->elapsed() < 6s ? "in_progress" : "processed";
        if (test::pageOf(request) != 1) return FakeTransport::silence();
        return test::pageWith(isFirstCheck ? "" : buildJson("a", status), !isFirstCheck);
    };
    WaitOptions options;
    options.findTimeout = 5s;
    options.random = [] { return 0.5; };
    BuildPoller poller(test::clientOf(respond, clientOptions), {byId("a"), byId("b")}, options);
    for (int turns = 0; turns < 400 && !poller.poll(); ++turns) clock->advance(100ms);
    const auto results = poller.results();
    ASSERT_TRUE(results) << results.error();
    EXPECT_EQ(results->at(0).outcome, WaitOutcome::processed);
    EXPECT_EQ(results->at(1).outcome, WaitOutcome::timedOutNotFound);
}

}  // namespace
}  // namespace applivery
