/// @file
/// Waiting for a build, in virtual time: each outcome, and what happens on the way.
#include "support/matchers.hpp"
#include "support/rig.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using test::answer;
using test::FailsWith;
using test::token;
using test::VirtualClock;

std::string buildJson(const std::string& id, const std::string& status, const std::string& more = "") {
    return R"({"id":")" + id + R"(","status":")" + status + '"' + (more.empty() ? "" : ',' + more) + '}';
}

// A list that changes while time passes: from each time on, it has these items.
class Rig {
public:
    Rig() {
        options.timeout = 20min;
        options.onEvent = [this](const WaitEvent& event) { events.push_back(event); };
        options.random = [] { return 0.5; };
    }

    Rig& from(milliseconds time, const std::string& items) {
        return answerFrom(time, answer(200, R"({"status":true,"data":{"hasNextPage":false,"items":[)" + items + "]}}"));
    }
    Rig& answerFrom(milliseconds time, Result<HttpResponse> response) {
        script_.insert_or_assign(time, std::move(response));
        return *this;
    }

    [[nodiscard]] BuildsClient client() {
        ClientOptions clientOptions;
        clientOptions.clock = clock;
        clientOptions.retry.maxAttempts = 1;
        return BuildsClient(AppToken{token}, clientOptions,
                            std::make_shared<test::FunctionTransport>([this](auto& request, auto&, auto done) {
                                urls.push_back(request.url);
                                times.push_back(elapsed());
                                auto response = std::prev(script_.upper_bound(elapsed()))->second;
                                if (response && serverAhead) {
                                    response->headers = {{"Date", test::httpDate(clock->wallNow() + *serverAhead)}};
                                }
                                done(std::move(response));
                            }));
    }

    [[nodiscard]] Result<WaitResult> wait(const BuildSelector& selector) {
        return client().waitUntilBuildProcessed(selector, options);
    }

    [[nodiscard]] milliseconds elapsed() const {
        return std::chrono::duration_cast<milliseconds>(clock->now() - VirtualClock().now());
    }
    [[nodiscard]] std::vector<WaitEvent::Kind> told() const {
        std::vector<WaitEvent::Kind> kinds;
        for (const WaitEvent& event : events) {
            if (event.kind != WaitEvent::Kind::checked) kinds.push_back(event.kind);
        }
        return kinds;
    }

    std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>();
    WaitOptions options;
    std::vector<WaitEvent> events;
    std::vector<std::string> urls;
    std::vector<milliseconds> times;
    std::optional<std::chrono::seconds> serverAhead;

private:
    std::map<milliseconds, Result<HttpResponse>> script_;
};

BuildSelector byId(const std::string& id) {
    BuildSelector selector;
    selector.id = id;
    return selector;
}

BuildSelector byVersion(const Rig& rig, const std::string& version) {
    BuildSelector selector;
    selector.versionName = version;
    selector.createdSince = rig.clock->wallNow();
    return selector;
}

constexpr const char* version2 = R"("versionName":"2")";

// ---- outcomes ----

TEST(BuildWaiter, ABuildThatIsProcessedEndsIt) {
    Rig rig;
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
    EXPECT_EQ(rig.told(), (std::vector<Kind>{Kind::found, Kind::statusChanged, Kind::statusChanged}));
}

TEST(BuildWaiter, ABuildThatFailsEndsIt) {
    Rig rig;
    rig.from(0ms, buildJson("b1", "error", R"("error":"Provisioning profile expired","errorCode":"5007")"));
    const auto result = rig.wait(byId("b1"));
    EXPECT_EQ(result->outcome, WaitOutcome::failed);
    EXPECT_EQ(result->build->errorCode, "5007");
    EXPECT_EQ(result->polls, 1);
}

TEST(BuildWaiter, ABuildThatStaysPendingTimesOutAtTheLimit) {
    Rig rig;
    rig.from(0ms, buildJson("b1", "pending"));
    const auto result = rig.wait(byId("b1"));
    EXPECT_EQ(result->outcome, WaitOutcome::timedOutPending);
    EXPECT_EQ(result->build->status, BuildStatus::pending);
    EXPECT_EQ(rig.times.back(), 20min) << "the last check is made at the limit";
}

TEST(BuildWaiter, ABuildThatIsProcessedAtTheLastCheckIsProcessed) {
    Rig rig;
    rig.from(0ms, buildJson("b1", "pending")).from(20min, buildJson("b1", "processed"));
    EXPECT_EQ(rig.wait(byId("b1"))->outcome, WaitOutcome::processed);
}

TEST(BuildWaiter, ABuildThatNeverAppearsTimesOutSooner) {
    Rig rig;
    rig.from(0ms, buildJson("b0", "processed"));
    const auto result = rig.wait(byId("b1"));
    EXPECT_EQ(result->outcome, WaitOutcome::timedOutNotFound);
    EXPECT_EQ(result->build, std::nullopt);
    EXPECT_EQ(rig.times.back(), 5min);
}

TEST(BuildWaiter, AnUploadThatAppearsLateIsWaitedFor) {
    Rig rig;
    rig.from(0ms, "").from(4min, buildJson("b1", "pending")).from(10min, buildJson("b1", "processed"));
    const auto result = rig.wait(byId("b1"));
    EXPECT_EQ(result->outcome, WaitOutcome::processed);
    EXPECT_GE(*result->timeToFound, 4min);
}

TEST(BuildWaiter, SeveralThatMatchAreAmbiguous) {
    Rig rig;
    rig.from(0ms, buildJson("b2", "pending", version2) + ',' + buildJson("b1", "pending", version2));
    const auto result = rig.wait(byVersion(rig, "2"));
    EXPECT_EQ(result->outcome, WaitOutcome::ambiguous);
    ASSERT_EQ(result->candidates.size(), 2U);
    EXPECT_EQ(result->candidates[1].id, "b1");
}

TEST(BuildWaiter, ATokenEndsIt) {
    Rig rig;
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

TEST(BuildWaiter, ALimitOfZeroChecksOnce) {
    Rig rig;
    rig.from(0ms, buildJson("b1", "pending"));
    rig.options.timeout = 0ms;
    EXPECT_EQ(rig.wait(byId("b1"))->outcome, WaitOutcome::timedOutPending);
    EXPECT_EQ(rig.wait(byId("b2"))->outcome, WaitOutcome::timedOutNotFound);
    EXPECT_EQ(rig.urls.size(), 2U);
}

// ---- on the way ----

TEST(BuildWaiter, TheDelaysGrowByHalfUpToTheLongest) {
    Rig rig;
    rig.from(0ms, buildJson("b1", "pending"));
    rig.options.timeout = 1min;
    ASSERT_TRUE(rig.wait(byId("b1")));
    EXPECT_EQ(rig.times, (std::vector<milliseconds>{0ms, 3000ms, 7500ms, 14250ms, 24375ms, 39562ms, 59562ms, 60000ms}));
}

TEST(BuildWaiter, AStatusIsNeverAskedFor) {
    Rig rig;
    rig.from(0ms, buildJson("b1", "processed", version2));
    ASSERT_TRUE(rig.wait(byVersion(rig, "2")));
    EXPECT_EQ(rig.urls.at(0).find("status="), std::string::npos);
    EXPECT_NE(rig.urls.at(0).find("versionName=2"), std::string::npos);
}

TEST(BuildWaiter, AnUnknownStatusDoesNotEndIt) {
    Rig rig;
    rig.from(0ms, buildJson("b1", "signing")).from(1min, buildJson("b1", "processed"));
    EXPECT_EQ(rig.wait(byId("b1"))->outcome, WaitOutcome::processed);
}

TEST(BuildWaiter, ANewerUploadDoesNotTakeOver) {
    Rig rig;
    rig.from(0ms, buildJson("b1", "pending", version2));
    rig.from(1min, buildJson("b2", "processed", version2) + ',' + buildJson("b1", "pending", version2));
    rig.from(2min, buildJson("b2", "processed", version2) + ',' + buildJson("b1", "error", version2));
    const auto result = rig.wait(byVersion(rig, "2"));
    EXPECT_EQ(result->outcome, WaitOutcome::failed);
    EXPECT_EQ(result->build->id, "b1");
}

TEST(BuildWaiter, ABuildThatDisappearsIsLookedForAndThenNotFound) {
    Rig rig;
    rig.from(0ms, buildJson("b1", "pending")).from(1min, "");
    const auto result = rig.wait(byId("b1"));
    EXPECT_EQ(result->outcome, WaitOutcome::timedOutNotFound);
    EXPECT_EQ(result->build->id, "b1") << "as it was seen last";
    EXPECT_LT(rig.times.back(), 6min + 1s);
    EXPECT_EQ(rig.told().back(), WaitEvent::Kind::lost);
}

TEST(BuildWaiter, ABuildThatIsLostForOneCheckIsFoundAgain) {
    Rig rig;
    rig.from(0ms, buildJson("b1", "pending")).from(1min, "").from(90s, buildJson("b1", "processed"));
    EXPECT_EQ(rig.wait(byId("b1"))->outcome, WaitOutcome::processed);
}

TEST(BuildWaiter, WhatMayPassByItselfCostsOneCheck) {
    Rig rig;
    rig.answerFrom(0ms, answer(502, "<html>bad gateway</html>"))
        .answerFrom(3s, answer(200, "<html>maintenance</html>"))
        .answerFrom(7s, Error(ErrorKind::timeout, "too slow").setRetryable(true))
        .from(14s, buildJson("b1", "processed"));
    const auto result = rig.wait(byId("b1"));
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(result->outcome, WaitOutcome::processed);
    EXPECT_EQ(result->transientFailures, 3);
    EXPECT_EQ(result->polls, 4);
}

TEST(BuildWaiter, ARetryAfterIsHeeded) {
    Rig rig;
    rig.answerFrom(0ms, answer(429, "", {{"Retry-After", "200"}})).from(1ms, buildJson("b1", "processed"));
    ASSERT_TRUE(rig.wait(byId("b1")));
    EXPECT_GE(rig.times.at(1), 200s);
}

TEST(BuildWaiter, ARefusalEndsIt) {
    Rig rig;
    rig.from(0ms, buildJson("b1", "pending"))
        .answerFrom(1min, answer(401, R"({"error":{"code":4004,"message":"no"}})"));
    EXPECT_THAT(rig.wait(byId("b1")), FailsWith(ErrorKind::authentication));
}

TEST(BuildWaiter, WhatAnObserverThrowsIsIgnored) {
    Rig rig;
    rig.from(0ms, buildJson("b1", "processed"));
    rig.options.onEvent = [](const WaitEvent&) { throw std::runtime_error("no display"); };
    EXPECT_EQ(rig.wait(byId("b1"))->outcome, WaitOutcome::processed);
}

// ---- which build ----

TEST(BuildWaiter, EverythingThatIsSetMustMatch) {
    const std::string build = buildJson(
        "b1", "processed",
        R"("versionName":"2","versionCode":"7","os":"ios","deployer":{"info":{"commit":"c","branch":"main","tag":"t","buildNumber":"9"}})");
    const std::pair<std::optional<std::string> BuildSelector::*, const char*> members[] = {
        {&BuildSelector::versionName, "2"}, {&BuildSelector::versionCode, "7"}, {&BuildSelector::commit, "c"},
        {&BuildSelector::branch, "main"},   {&BuildSelector::tag, "t"},         {&BuildSelector::buildNumber, "9"}};
    for (const auto& [member, text] : members) {
        Rig rig;
        rig.from(0ms, build);
        rig.options.timeout = 0ms;
        BuildSelector selector;
        selector.os = Os::ios;
        selector.anyAge = true;
        selector.*member = text;
        EXPECT_EQ(rig.wait(selector)->outcome, WaitOutcome::processed) << text;
        selector.*member = std::string(text) + "0";
        EXPECT_EQ(rig.wait(selector)->outcome, WaitOutcome::timedOutNotFound) << text;
        selector.*member = text;
        selector.os = Os::android;
        EXPECT_EQ(rig.wait(selector)->outcome, WaitOutcome::timedOutNotFound) << text;
    }
}

TEST(BuildWaiter, AnOlderBuildOfTheVersionDoesNotAnswer) {
    Rig rig;
    const std::string old =
        buildJson("b1", "processed", std::string(version2) + R"(,"createdAt":"2023-11-14T20:00:00Z")");
    rig.from(0ms, old).from(1min, buildJson("b2", "error", version2) + ',' + old);
    const auto result = rig.wait(byVersion(rig, "2"));  // since 2023-11-14T22:13:20Z
    EXPECT_EQ(result->outcome, WaitOutcome::failed);
    EXPECT_EQ(result->build->id, "b2");
}

TEST(BuildWaiter, AServersClockThatGoesOtherwiseHidesNoBuild) {
    for (const auto& [ahead, createdAt] :
         {std::pair{-3600s, "2023-11-14T21:13:25Z"}, std::pair{3600s, "2023-11-14T23:13:25Z"}}) {
        Rig rig;
        rig.serverAhead = ahead;
        const auto made = [](const char* when) { return std::string(version2) + R"(,"createdAt":")" + when + '"'; };
        const char* const before = ahead.count() < 0 ? "2023-11-14T21:13:00Z" : "2023-11-14T23:13:00Z";
        rig.from(0ms, buildJson("new", "processed", made(createdAt)) + ',' + buildJson("old", "error", made(before)));
        const auto result = rig.wait(byVersion(rig, "2"));
        EXPECT_EQ(result->outcome, WaitOutcome::processed);
        EXPECT_EQ(result->build->id, "new");
    }
}

TEST(BuildWaiter, SeveralAreWaitedForWithTheSameRequests) {
    Rig rig;
    rig.from(0ms, buildJson("i", "processed", R"("os":"ios")") + ',' + buildJson("a", "pending", R"("os":"android")"));
    rig.from(1min, buildJson("i", "processed", R"("os":"ios")") + ',' + buildJson("a", "error", R"("os":"android")"));
    BuildSelector ios;
    ios.os = Os::ios;
    ios.createdSince = rig.clock->wallNow();
    BuildSelector android = ios;
    android.os = Os::android;
    const auto results = rig.client().waitUntilBuildsProcessed({android, ios}, rig.options);
    ASSERT_TRUE(results) << results.error();
    EXPECT_EQ(results->at(0).outcome, WaitOutcome::failed);
    EXPECT_EQ(results->at(1).outcome, WaitOutcome::processed);
    EXPECT_EQ(results->at(1).polls, 1);
    EXPECT_EQ(results->at(0).polls, static_cast<int>(rig.urls.size()));
}

TEST(BuildWaiter, ABuildOnALaterPageIsFound) {
    std::vector<std::string> urls;
    const BuildsClient client = test::clientOf([&](const HttpRequest& request, auto&, auto done) {
        urls.push_back(request.url);
        const bool isThird = request.url.find("page=3") != std::string::npos;
        done(answer(200,
                    R"({"status":true,"data":{"items":[)" + buildJson(isThird ? "b1" : "other", "processed") + "]}}"));
    });
    EXPECT_EQ(client.waitUntilBuildProcessed(byId("b1"))->outcome, WaitOutcome::processed);
    EXPECT_EQ(urls.size(), 3U);
}

TEST(BuildWaiter, WhatCouldMatchAnOlderBuildIsRefusedBeforeAnythingIsSent) {
    BuildSelector versionAlone;
    versionAlone.versionName = "2";
    WaitOptions backwards;
    backwards.timeout = -1s;
    Rig rig;
    for (const auto& [selector, options] :
         {std::pair{BuildSelector{}, WaitOptions{}}, std::pair{versionAlone, WaitOptions{}},
          std::pair{byId(""), WaitOptions{}}, std::pair{byId("b1"), backwards}}) {
        EXPECT_THAT(rig.client().waitUntilBuildProcessed(selector, options), FailsWith(ErrorKind::invalidArgument));
    }
    EXPECT_THAT(rig.client().waitUntilBuildsProcessed({}), FailsWith(ErrorKind::invalidArgument));
    EXPECT_TRUE(rig.urls.empty());
}

// ---- lives ----

TEST(BuildWaiter, ClientsThatCannotBeUsedSaySo) {
    EXPECT_THAT(BuildsClient(AppToken{""}).waitUntilBuildProcessed(byId("b1")), FailsWith(ErrorKind::invalidArgument));
    BuildsClient client(AppToken{token});
    const BuildsClient heir = std::move(client);
    EXPECT_THAT(client.waitUntilBuildProcessed(byId("b1")),  // NOLINT(bugprone-use-after-move): that is the test
                FailsWith(ErrorKind::invalidArgument));
}

TEST(BuildWaiter, DestroyingTheClientEndsIt) {
    std::promise<void> asked;
    test::SilentTransport silent;
    std::optional<BuildsClient> client = test::clientOf([&](auto& request, auto& cancel, auto done) {
        silent.send(request, cancel, std::move(done));
        asked.set_value();
    });
    auto result = std::async(std::launch::async, [&] { return client->waitUntilBuildProcessed(byId("b1")); });
    asked.get_future().wait();
    client.reset();
    ASSERT_EQ(result.wait_for(10s), std::future_status::ready);
    EXPECT_EQ(result.get()->outcome, WaitOutcome::cancelled);
}

// ---- the poller ----

TEST(BuildPoller, NeverBlocksAndEndsAsTheWaitWould) {
    Rig rig;
    rig.from(0ms, buildJson("b1", "pending")).from(1min, buildJson("b1", "processed"));
    BuildPoller poller(rig.client(), byId("b1"), rig.options);
    EXPECT_EQ(poller.nextDelay(), 0ms);
    int turns = 0;
    while (!poller.poll() && ++turns < 1000) rig.clock->callAfter(poller.nextDelay(), {}, [] {});
    ASSERT_TRUE(poller.done());
    EXPECT_EQ(poller.results()->at(0).outcome, WaitOutcome::processed);
    EXPECT_LT(turns, 50);
}

TEST(BuildPoller, SaysHowThingsStandOnTheWay) {
    Rig rig;
    rig.from(0ms, buildJson("b1", "pending"));
    BuildPoller poller(rig.client(), byId("b1"), rig.options);
    poller.poll();
    poller.poll();
    EXPECT_FALSE(poller.done());
    EXPECT_EQ(poller.results()->at(0).build->status, BuildStatus::pending);
    EXPECT_EQ(poller.nextDelay(), 3s);
}

TEST(BuildPoller, ATokenAndARefusalEndIt) {
    Rig rig;
    rig.answerFrom(0ms, answer(401, ""));
    BuildPoller refused(rig.client(), byId("b1"), rig.options);
    while (!refused.poll()) {
    }
    EXPECT_THAT(refused.results(), FailsWith(ErrorKind::authentication));

    CancellationSource source;
    rig.options.cancel = source.token();
    BuildPoller cancelled(rig.client(), byId("b1"), rig.options);
    source.cancel();
    EXPECT_TRUE(cancelled.poll());
    EXPECT_EQ(cancelled.results()->at(0).outcome, WaitOutcome::cancelled);
}

TEST(BuildPoller, WhatIsRefusedIsDoneAtOnce) {
    const BuildPoller poller(BuildsClient(AppToken{token}), BuildSelector{});
    EXPECT_TRUE(poller.done());
    EXPECT_THAT(poller.results(), FailsWith(ErrorKind::invalidArgument));
}

}  // namespace
}  // namespace applivery
