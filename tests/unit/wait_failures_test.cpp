/// @file
/// Failed checks of a wait: the end of the wait and the result, in virtual time.
#include "support/matchers.hpp"
#include "support/wait_rig.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::buildJson;
using test::byId;
using test::FailsWith;
using test::WaitRig;

// Returns responses that are neither retried nor a refusal by the service.
std::vector<HttpResponse> unexpectedResponses() {
    return {FakeTransport::answer(200, R"({"status":true,"data":null})"),
            FakeTransport::answer(200, R"({"status":true,"data":{}})"),
            FakeTransport::error(api_code::internalError, "Internal error", 200),
            FakeTransport::answer(302, "", {{"Location", "https://portal.example/login"}}),
            FakeTransport::answer(401, "<html>Sign in</html>"),
            FakeTransport::answer(403, "<html>Blocked</html>"),
            FakeTransport::answer(404, "<html>No such route</html>"),
            FakeTransport::answer(407, ""),
            FakeTransport::answer(409, ""),
            FakeTransport::answer(421, "<html>Misdirected Request</html>"),
            FakeTransport::answer(599, "")};
}

TEST(WaitFailures, CostOneCheckIfASingleResponseIsUnexpected) {
    for (const HttpResponse& response : unexpectedResponses()) {
        WaitRig rig;
        rig.answerFrom(0ms, response).from(3s, buildJson("b1", "processed"));
        const auto result = rig.wait(byId("b1"));
        ASSERT_TRUE(result) << response.status << ' ' << response.body << ' ' << result.error();
        EXPECT_EQ(result->outcome, WaitOutcome::processed);
        EXPECT_EQ(result->transientFailures, 1);
        EXPECT_EQ(rig.eventKinds().front(), WaitEvent::Kind::checkFailed);
    }
}

TEST(WaitFailures, EndTheWaitAfterThreeUnexpectedResponsesInARow) {
    for (const HttpResponse& response : unexpectedResponses()) {
        WaitRig rig;
        rig.answerFrom(0ms, response);
        const auto result = rig.wait(byId("b1"));
        ASSERT_FALSE(result) << response.status << ' ' << response.body;
        EXPECT_EQ(rig.urls.size(), 3U) << response.status << ' ' << response.body;
        EXPECT_THAT(result.error().message(), ::testing::HasSubstr("3 consecutive checks")) << result.error();
    }
}

TEST(WaitFailures, RestartTheCountAfterACompleteCheckOrATransientFailure) {
    WaitRig rig;
    const HttpResponse blocked = FakeTransport::answer(403, "<html>Blocked</html>");
    rig.answerFrom(0ms, blocked)  // checks at 0, 3, 7.5, 14.25, 24.375, 39.5 and 59.5 s
        .answerFrom(7s, FakeTransport::answer(503, ""))
        .answerFrom(14s, blocked)
        .from(39s, buildJson("b1", "pending"))
        .answerFrom(59s, blocked)
        .from(80s, buildJson("b1", "processed"));
    const auto result = rig.wait(byId("b1"));
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(result->outcome, WaitOutcome::processed);
}

TEST(WaitFailures, EndTheWaitAtOnceIfTheServiceRefusesTheRequest) {
    const std::pair<HttpResponse, ErrorKind> refusals[] = {
        {FakeTransport::error(4004, "Invalid Token", 401), ErrorKind::authentication},
        {FakeTransport::error(4003, "Forbidden", 403), ErrorKind::permissionDenied},
        {FakeTransport::error(3001, "Entity not found", 404), ErrorKind::notFound},
        {FakeTransport::error(5004, "Plan", 402), ErrorKind::planLimit},
        {FakeTransport::error(4004, "Invalid Token", 200), ErrorKind::authentication}};
    for (const auto& [response, kind] : refusals) {
        WaitRig rig;
        rig.answerFrom(0ms, response);
        EXPECT_THAT(rig.wait(byId("b1")), FailsWith(kind));
        EXPECT_EQ(rig.urls.size(), 1U);
    }
}

TEST(WaitFailures, EndTheWaitAtOnceIfTheTransportRefusesTheRequest) {
    WaitRig rig;
    rig.answerFrom(0ms, Error(ErrorKind::tls, "the certificate has expired"));
    EXPECT_THAT(rig.wait(byId("b1")), FailsWith(ErrorKind::tls));
    EXPECT_EQ(rig.urls.size(), 1U);
}

// ---- the result ----

TEST(WaitResult, HasTheTimeOfTheLastSightingIfAllLaterChecksFailed) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "in_progress")).answerFrom(10s, FakeTransport::answer(502, "<html>"));
    rig.options.timeout = 1min;
    const auto result = rig.wait(byId("b1"));
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(result->outcome, WaitOutcome::timedOutPending);
    EXPECT_EQ(result->build->status, BuildStatus::inProgress);
    EXPECT_EQ(result->lastSeenAt, 7500ms);
    EXPECT_EQ(result->lastCheckAt, 7500ms);
    EXPECT_EQ(result->consecutiveFailures, 5);
    ASSERT_TRUE(result->lastError);
    EXPECT_EQ(result->lastError->httpStatus(), 502);
}

TEST(WaitResult, HasNoFailureIfTheLastCheckWasComplete) {
    WaitRig rig;
    rig.answerFrom(0ms, FakeTransport::answer(502, "<html>")).from(1min, buildJson("b1", "pending"));
    const auto result = rig.wait(byId("b1"));
    EXPECT_EQ(result->outcome, WaitOutcome::timedOutPending);
    EXPECT_EQ(result->lastSeenAt, 20min);
    EXPECT_EQ(result->lastCheckAt, 20min);
    EXPECT_EQ(result->consecutiveFailures, 0);
    EXPECT_EQ(result->lastError, std::nullopt);
    EXPECT_GT(result->transientFailures, 0);
}

TEST(WaitResult, HasNoCompleteCheckIfAllFailed) {
    WaitRig rig;
    rig.answerFrom(0ms, FakeTransport::answer(502, "<html>"));
    const auto result = rig.wait(byId("b1"));
    EXPECT_EQ(result->outcome, WaitOutcome::timedOutNotFound);
    EXPECT_EQ(result->lastCheckAt, std::nullopt);
    EXPECT_EQ(result->lastSeenAt, std::nullopt);
    EXPECT_EQ(result->consecutiveFailures, result->polls);
}

TEST(WaitResult, HasTheTimeOfTheLastSightingOfALostBuild) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending")).from(10s, "");
    const auto result = rig.wait(byId("b1"));
    EXPECT_EQ(result->outcome, WaitOutcome::timedOutNotFound);
    EXPECT_EQ(result->lastSeenAt, 7500ms);
    EXPECT_EQ(result->lastCheckAt, result->elapsed);
}

TEST(WaitResult, HasTheSightingsOfAFailedCheckForEachBuild) {
    const BuildsClient client = test::clientOf([](const HttpRequest& request) {
        if (test::pageOf(request) == 2) return FakeTransport::answer(403, "<html>Blocked</html>");
        return test::pageWith(buildJson("b1", "processed"), true);
    });
    WaitOptions once;
    once.timeout = 0ms;
    const auto results = client.waitUntilBuildsProcessed({byId("b1"), byId("b2")}, once);
    ASSERT_TRUE(results) << results.error();
    EXPECT_EQ(results->at(0).outcome, WaitOutcome::processed);
    EXPECT_EQ(results->at(0).consecutiveFailures, 0);
    EXPECT_EQ(results->at(1).consecutiveFailures, 1);
}

}  // namespace
}  // namespace applivery
