/// @file
/// The time limit of a wait with a slow service, in virtual time.
#include "support/matchers.hpp"
#include "support/wait_rig.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using test::buildJson;
using test::byId;

// A service with an endless list of slow pages. Obeys the time limit of each request, as a transport does.
class SlowList {
public:
    explicit SlowList(milliseconds perPage, milliseconds slowFrom = 0ms) : perPage_(perPage), slowFrom_(slowFrom) {
        options.random = [] { return 0.5; };
    }

    [[nodiscard]] BuildsClient client() {
        ClientOptions clientOptions;
        clientOptions.clock = clock;
        clientOptions.retry.random = [] { return 1.0; };
        return test::clientOf([this](const HttpRequest& request) { return answer(request); }, clientOptions);
    }

    [[nodiscard]] WaitResult wait() { return client().waitUntilBuildProcessed(byId("b1"), options).value(); }

    std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>();
    WaitOptions options;
    std::string firstBuild{};          // id of the build on page 1; empty: a new id in each response
    milliseconds processedFrom = 24h;  // time from which all builds are processed
    int requests = 0;

private:
    Result<HttpResponse> answer(const HttpRequest& request) {
        ++requests;
        const milliseconds limit = request.timeout.value_or(30s);
        const bool isFirstPage = test::pageOf(request) == 1;
        const char* const status = clock->elapsed() < processedFrom ? "pending" : "processed";
        const milliseconds takes = clock->elapsed() < slowFrom_ ? 0ms : perPage_;
        clock->advance(std::min(takes, limit));
        if (takes > limit) return FakeTransport::fail(ErrorKind::timeout);
        const std::string id = isFirstPage && !firstBuild.empty() ? firstBuild : "other" + std::to_string(requests);
        return test::pageWith(buildJson(id, status), true);
    }

    const milliseconds perPage_;
    const milliseconds slowFrom_;
};

TEST(WaitTimeLimit, BoundsTheOnlyCheckToOneSecond) {
    SlowList service(400ms);
    service.options.timeout = 0ms;
    const WaitResult result = service.wait();
    EXPECT_EQ(result.outcome, WaitOutcome::timedOutNotFound);
    EXPECT_LE(result.elapsed, 1s);
    EXPECT_EQ(result.polls, 1);
    EXPECT_EQ(result.pagesOfLastCheck, 2);
    EXPECT_TRUE(result.hasUnreadPages);
    EXPECT_EQ(result.lastCheckAt, std::nullopt) << "no check was completed";
}

TEST(WaitTimeLimit, BoundsASlowFirstPage) {
    SlowList service(8s);
    service.options.timeout = 0ms;
    const WaitResult result = service.wait();
    EXPECT_LE(result.elapsed, 1s);
    EXPECT_EQ(result.pagesOfLastCheck, 0);
    ASSERT_TRUE(result.lastError);
    EXPECT_EQ(result.lastError->kind(), ErrorKind::timeout);
    EXPECT_EQ(result.consecutiveFailures, 0) << "the time limit of the wait is not a failure of the service";
}

TEST(WaitTimeLimit, BoundsTheLastCheckOfManySlowPages) {
    for (const milliseconds perPage : {900ms, 8'000ms, 29'000ms}) {
        SlowList service(perPage);
        service.options.timeout = service.options.findTimeout = 10min;
        EXPECT_LE(service.wait().elapsed, 10min + 1s) << perPage.count();
    }
}

TEST(WaitTimeLimit, BoundsTheFirstCheckIfItExceedsFindTimeout) {
    SlowList service(8s);
    service.options.findTimeout = 1min;
    service.options.timeout = 2min;
    const WaitResult result = service.wait();
    EXPECT_EQ(result.lastCheckAt, std::nullopt);
    EXPECT_GT(result.elapsed, 2min);
    EXPECT_LE(result.elapsed, 121s);
}

// ---- the time to find the build ----

TEST(WaitFindTimeout, DoesNotEndTheFirstCheck) {
    SlowList service(1200ms);
    service.firstBuild = "b1";
    service.processedFrom = 0ms;
    service.options.findTimeout = 0ms;
    service.options.timeout = 6s;
    const WaitResult result = service.wait();
    EXPECT_EQ(result.outcome, WaitOutcome::processed);
    EXPECT_EQ(result.elapsed, 1200ms);
}

TEST(WaitFindTimeout, EndsTheWaitWhenTheFirstCheckIsComplete) {
    SlowList service(8s);
    service.options.findTimeout = 1min;
    const WaitResult result = service.wait();
    EXPECT_EQ(result.outcome, WaitOutcome::timedOutNotFound);
    EXPECT_EQ(result.pagesOfFirstCheck, 50);
    EXPECT_EQ(result.elapsed, 50 * 8s);
    EXPECT_EQ(result.lastCheckAt, result.elapsed);
}

TEST(WaitFindTimeout, BoundsLaterChecks) {
    SlowList service(8s, 1s);
    service.options.findTimeout = 10s;
    const WaitResult result = service.wait();
    EXPECT_EQ(result.outcome, WaitOutcome::timedOutNotFound);
    EXPECT_EQ(result.lastCheckAt, 0ms);
    EXPECT_GT(result.elapsed, 10s);
    EXPECT_LE(result.elapsed, 11s);
}

// Waits for a build of version 2, with 5 s to find the build. From 1 s on, the build is on page 1, and a page 2
// follows, which takes 8 s.
WaitResult waitForVersion2(const std::string& status, milliseconds timeout) {
    const auto clock = std::make_shared<VirtualClock>();
    ClientOptions clientOptions;
    clientOptions.clock = clock;
    const auto respond = [&](const HttpRequest& request) -> FakeTransport::Answer {
        const bool isUploaded = clock->elapsed() >= 1s;
        const bool isFirstPage = test::pageOf(request) == 1;
        const milliseconds limit = request.timeout.value_or(30s);
        if (!isFirstPage) clock->advance(std::min<milliseconds>(8s, limit));
        if (!isFirstPage && limit < 8s) return FakeTransport::fail(ErrorKind::timeout);
        const bool hasBuild = isUploaded && isFirstPage;
        return test::pageWith(hasBuild ? buildJson("b1", status, test::version2) : "", hasBuild);
    };
    BuildSelector selector;
    selector.versionName = "2";
    selector.anyAge = true;
    WaitOptions options;
    options.timeout = timeout;
    options.findTimeout = 5s;
    options.random = [] { return 0.5; };
    return test::clientOf(respond, clientOptions).waitUntilBuildProcessed(selector, options).value();
}

TEST(WaitFindTimeout, DoesNotCutOffACheckIfABuildMatches) {
    const WaitResult result = waitForVersion2("processed", 20min);
    EXPECT_EQ(result.outcome, WaitOutcome::processed);
    EXPECT_FALSE(result.hasUnreadPages);
}

TEST(WaitTimeLimit, KeepsTheMatchOfAnIncompleteCheck) {
    const WaitResult result = waitForVersion2("in_progress", 5s);
    EXPECT_EQ(result.outcome, WaitOutcome::timedOutPending);
    EXPECT_LE(result.elapsed, 6s);
    EXPECT_TRUE(result.hasUnreadPages);
    EXPECT_TRUE(result.lastError) << "the check was not complete";
}

// ---- the last check ----

TEST(WaitTimeLimit, ReservesTheDurationOfACheckForTheLastCheck) {
    SlowList service(8s);
    service.firstBuild = "b1";
    service.options.timeout = 10min;
    service.processedFrom = 10min - 9s;
    const WaitResult result = service.wait();
    EXPECT_EQ(result.outcome, WaitOutcome::processed);
    EXPECT_EQ(result.elapsed, 10min);
}

TEST(WaitTimeLimit, KeepsTheStatusOfACompleteCheckIfTheLastCheckIsCutOff) {
    SlowList service(8s, 10min);
    service.firstBuild = "b1";
    service.options.timeout = 10min;
    const WaitResult result = service.wait();
    EXPECT_EQ(result.outcome, WaitOutcome::timedOutPending);
    EXPECT_GT(result.elapsed, 10min);
    EXPECT_LE(result.elapsed, 10min + 1s);
    EXPECT_LT(result.lastSeenAt, 10min);
    EXPECT_GE(result.lastSeenAt, 10min - 22s);
    EXPECT_EQ(result.consecutiveFailures, 0);
    EXPECT_EQ(result.transientFailures, 0);
}

// ---- requests in a queue ----

// The transports of these tests never respond and apply no time limit, as if the request waited in their queue.

TEST(WaitTimeLimit, EndsAQueuedRequest) {
    const auto clock = std::make_shared<VirtualClock>();
    ClientOptions options;
    options.clock = clock;
    options.executor = [](const auto& task) { task(); };
    const BuildsClient client = test::clientOf([](const HttpRequest&) { return FakeTransport::silence(); }, options);
    std::optional<WaitResult> result;
    WaitOptions waitOptions;
    waitOptions.timeout = 5min;
    client.waitUntilBuildProcessedAsync(byId("b1"), waitOptions,
                                        [&](const auto& outcome) { result = outcome.value(); });
    clock->advance(5min);
    EXPECT_FALSE(result);
    clock->advance(1s);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->outcome, WaitOutcome::timedOutNotFound);
    EXPECT_GT(result->elapsed, 5min);
    EXPECT_LE(result->elapsed, 5min + 1s);
    EXPECT_EQ(result->lastCheckAt, std::nullopt);
}

TEST(WaitTimeLimit, EndsAQueuedRequestOfAPoller) {
    const auto clock = std::make_shared<VirtualClock>();
    ClientOptions options;
    options.clock = clock;
    std::optional<CancellationToken> requestToken;
    test::FunctionTransport::Done pending;  // kept, because the call fails when its callback is destroyed
    const BuildsClient client = test::clientOfTransport(
        [&](const CancellationToken& token, test::FunctionTransport::Done done) {
            requestToken = token;
            pending = std::move(done);
        },
        options);
    WaitOptions waitOptions;
    waitOptions.timeout = 5min;
    BuildPoller poller(client, byId("b1"), waitOptions);
    EXPECT_FALSE(poller.poll());
    clock->advance(5min);
    EXPECT_FALSE(poller.poll());
    clock->advance(1s);
    EXPECT_TRUE(poller.poll());
    EXPECT_EQ(poller.results()->at(0).outcome, WaitOutcome::timedOutNotFound);
    EXPECT_TRUE(requestToken->isCancelled());
}

}  // namespace
}  // namespace applivery
