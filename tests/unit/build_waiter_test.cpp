/// @file
/// Waiting for a build: outcomes, intermediate states, and the lifetime of the client.
#include "support/matchers.hpp"
#include "support/wait_rig.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <future>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using test::buildJson;
using test::byId;
using test::byVersion;
using test::FailsWith;
using test::newVersion2;
using test::token;
using test::WaitRig;

// ---- outcomes ----

TEST(BuildWaiter, EndsWhenTheBuildIsProcessed) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending"))
        .from(40s, buildJson("b1", "in_progress"))
        .from(90s, buildJson("b1", "processed"));
    const auto result = rig.wait(byId("b1"));
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(result->outcome, WaitOutcome::processed);
    EXPECT_EQ(result->build->id, "b1");
    EXPECT_EQ(result->timeToFound, 0ms);
    EXPECT_GE(result->elapsed, 90s);
    EXPECT_LT(result->elapsed, 90s + 22s);
    EXPECT_EQ(result->polls, static_cast<int>(rig.urls.size()));
    using Kind = WaitEvent::Kind;
    EXPECT_EQ(rig.eventKinds(), (std::vector<Kind>{Kind::found, Kind::statusChanged, Kind::statusChanged}));
}

TEST(BuildWaiter, EndsWhenTheBuildFails) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "error", R"("error":"Provisioning profile expired","errorCode":"5007")"));
    const auto result = rig.wait(byId("b1"));
    EXPECT_EQ(result->outcome, WaitOutcome::failed);
    EXPECT_EQ(result->build->errorCode, "5007");
    EXPECT_EQ(result->polls, 1);
}

TEST(BuildWaiter, TimesOutAtTheLimitIfTheBuildStaysPending) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending"));
    const auto result = rig.wait(byId("b1"));
    EXPECT_EQ(result->outcome, WaitOutcome::timedOutPending);
    EXPECT_EQ(result->build->status, BuildStatus::pending);
    EXPECT_EQ(rig.times.back(), 20min) << "the last check is made at the limit";
}

TEST(BuildWaiter, SucceedsIfTheLastCheckFindsTheBuildProcessed) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending")).from(20min, buildJson("b1", "processed"));
    EXPECT_EQ(rig.wait(byId("b1"))->outcome, WaitOutcome::processed);
}

TEST(BuildWaiter, TimesOutSoonerIfTheBuildNeverAppears) {
    WaitRig rig;
    rig.from(0ms, buildJson("b0", "processed"));
    const auto result = rig.wait(byId("b1"));
    EXPECT_EQ(result->outcome, WaitOutcome::timedOutNotFound);
    EXPECT_EQ(result->build, std::nullopt);
    EXPECT_EQ(rig.times.back(), 5min);
}

TEST(BuildWaiter, WaitsForALateUpload) {
    WaitRig rig;
    rig.from(0ms, "").from(4min, buildJson("b1", "pending")).from(10min, buildJson("b1", "processed"));
    const auto result = rig.wait(byId("b1"));
    EXPECT_EQ(result->outcome, WaitOutcome::processed);
    EXPECT_GE(*result->timeToFound, 4min);
}

TEST(BuildWaiter, IsAmbiguousIfSeveralBuildsMatch) {
    WaitRig rig;
    rig.from(0ms, buildJson("b2", "pending", newVersion2) + ',' + buildJson("b1", "pending", newVersion2));
    const auto result = rig.wait(byVersion(rig, "2"));
    EXPECT_EQ(result->outcome, WaitOutcome::ambiguous);
    ASSERT_EQ(result->candidates.size(), 2U);
    EXPECT_EQ(result->candidates[1].id, "b1");
}

TEST(BuildWaiter, EndsWhenTheTokenIsCancelled) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending"));
    CancellationSource source;
    rig.options.cancel = source.token();
    rig.options.onEvent = [&](const WaitEvent& event) {
        if (event.elapsed > 1min) source.cancel();
    };
    const auto result = rig.wait(byId("b1"));
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(result->outcome, WaitOutcome::cancelled);
    EXPECT_EQ(result->build->id, "b1");
}

TEST(BuildWaiter, ChecksOnceWithALimitOfZero) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending"));
    rig.options.timeout = 0ms;
    EXPECT_EQ(rig.wait(byId("b1"))->outcome, WaitOutcome::timedOutPending);
    EXPECT_EQ(rig.wait(byId("b2"))->outcome, WaitOutcome::timedOutNotFound);
    EXPECT_EQ(rig.urls.size(), 2U);
}

// ---- intermediate states ----

TEST(BuildWaiter, DelaysGrowByHalfUpToTheMaximum) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending"));
    rig.options.timeout = 1min;
    ASSERT_TRUE(rig.wait(byId("b1")));
    EXPECT_EQ(rig.times, (std::vector<milliseconds>{0ms, 3000ms, 7500ms, 14250ms, 24375ms, 39562ms, 59562ms, 60000ms}));
}

TEST(BuildWaiter, NeverFiltersByStatus) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "processed", newVersion2));
    ASSERT_TRUE(rig.wait(byVersion(rig, "2")));
    EXPECT_EQ(rig.urls.at(0).find("status="), std::string::npos);
    EXPECT_NE(rig.urls.at(0).find("versionName=2"), std::string::npos);
}

TEST(BuildWaiter, TimesOutAtTheLimitIfTheStatusStaysUnknown) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending_deletion"));
    const auto result = rig.wait(byId("b1"));
    EXPECT_EQ(result->outcome, WaitOutcome::timedOutPending);
    EXPECT_EQ(result->build->status, BuildStatus::unknown);
    EXPECT_EQ(result->build->status.text(), "pending_deletion");
    EXPECT_EQ(rig.times.back(), 20min) << "the last check is made at the limit";
}

TEST(BuildWaiter, ContinuesAfterAnUnknownStatus) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "signing")).from(1min, buildJson("b1", "processed"));
    EXPECT_EQ(rig.wait(byId("b1"))->outcome, WaitOutcome::processed);
}

TEST(BuildWaiter, KeepsTheFoundBuildAfterANewerUpload) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending", newVersion2));
    rig.from(1min, buildJson("b2", "processed", newVersion2) + ',' + buildJson("b1", "pending", newVersion2));
    rig.from(2min, buildJson("b2", "processed", newVersion2) + ',' + buildJson("b1", "error", newVersion2));
    const auto result = rig.wait(byVersion(rig, "2"));
    EXPECT_EQ(result->outcome, WaitOutcome::failed);
    EXPECT_EQ(result->build->id, "b1");
}

TEST(BuildWaiter, SearchesForADisappearedBuild) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending")).from(1min, "");
    const auto result = rig.wait(byId("b1"));
    EXPECT_EQ(result->outcome, WaitOutcome::timedOutNotFound);
    EXPECT_EQ(result->build->id, "b1") << "the last sighting";
    EXPECT_LT(rig.times.back(), 6min + 1s);
    EXPECT_EQ(rig.eventKinds().back(), WaitEvent::Kind::lost);
}

TEST(BuildWaiter, FindsALostBuildAgain) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending")).from(1min, "").from(90s, buildJson("b1", "processed"));
    EXPECT_EQ(rig.wait(byId("b1"))->outcome, WaitOutcome::processed);
}

TEST(BuildWaiter, LosesOneCheckToATransientFailure) {
    WaitRig rig;
    rig.answerFrom(0ms, FakeTransport::answer(502, "<html>bad gateway</html>"))
        .answerFrom(3s, FakeTransport::answer(200, "<html>maintenance</html>"))
        .answerFrom(7s, Error(ErrorKind::timeout, "too slow").setRetryable(true))
        .from(14s, buildJson("b1", "processed"));
    const auto result = rig.wait(byId("b1"));
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(result->outcome, WaitOutcome::processed);
    EXPECT_EQ(result->transientFailures, 3);
    EXPECT_EQ(result->polls, 4);
}

TEST(BuildWaiter, WaitsForRetryAfter) {
    WaitRig rig;
    rig.answerFrom(0ms, FakeTransport::answer(429, "", {{"Retry-After", "200"}}))
        .from(1ms, buildJson("b1", "processed"));
    ASSERT_TRUE(rig.wait(byId("b1")));
    EXPECT_GE(rig.times.at(1), 200s);
}

TEST(BuildWaiter, EndsAfterARefusal) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending")).answerFrom(1min, test::invalidToken());
    EXPECT_THAT(rig.wait(byId("b1")), FailsWith(ErrorKind::authentication));
}

TEST(BuildWaiter, IgnoresExceptionsOfTheObserver) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "processed"));
    rig.options.onEvent = [](const WaitEvent&) { throw std::runtime_error("no display"); };
    EXPECT_EQ(rig.wait(byId("b1"))->outcome, WaitOutcome::processed);
}

TEST(BuildWaiter, RetriesEndWithTheTimeLimit) {
    WaitRig rig;
    rig.answerFrom(0ms, FakeTransport::answer(429, "", {{"Retry-After", "100"}}));
    rig.options.timeout = 10s;
    const auto result = rig.wait(byId("b1"));
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(result->outcome, WaitOutcome::timedOutNotFound);
    EXPECT_EQ(rig.clock->elapsed(), 10s);
}

TEST(BuildWaiter, DoesNotCountFailedChecksAsTimeToFind) {
    WaitRig rig;
    rig.answerFrom(0ms, FakeTransport::answer(502, "")).from(8min, buildJson("b1", "processed"));
    EXPECT_EQ(rig.wait(byId("b1"))->outcome, WaitOutcome::processed);
}

TEST(BuildWaiter, AcceptsVeryLongLimits) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending", newVersion2)).from(30min, buildJson("b1", "processed", newVersion2));
    rig.options.timeout = rig.options.findTimeout = rig.options.maxDelay = std::chrono::milliseconds::max();
    rig.options.random = [] { return std::nan(""); };
    BuildSelector selector = byId("b1");
    selector.createdSince = std::chrono::system_clock::time_point::min();
    EXPECT_EQ(rig.wait(selector)->outcome, WaitOutcome::processed);
}

// ---- lifetime of the client ----

TEST(BuildWaiter, FailsWithAnExplanationIfTheClientIsUnusable) {
    EXPECT_THAT(BuildsClient(AppToken{""}).waitUntilBuildProcessed(byId("b1")), FailsWith(ErrorKind::invalidArgument));
    BuildsClient client(AppToken{token});
    const BuildsClient newOwner = std::move(client);
    EXPECT_THAT(
        client.waitUntilBuildProcessed(byId("b1")),  // NOLINT(bugprone-use-after-move): tests a moved-from object
        FailsWith(ErrorKind::invalidArgument));
}

TEST(BuildWaiter, EndsWhenTheClientIsDestroyed) {
    std::promise<void> sent;
    std::optional<BuildsClient> client = test::clientOf([&](const HttpRequest&) {
        sent.set_value();
        return FakeTransport::silence();
    });
    auto result = std::async(std::launch::async, [&] { return client->waitUntilBuildProcessed(byId("b1")); });
    sent.get_future().wait();
    client.reset();
    ASSERT_EQ(result.wait_for(10s), std::future_status::ready);
    EXPECT_EQ(result.get()->outcome, WaitOutcome::cancelled);
}

}  // namespace
}  // namespace applivery
