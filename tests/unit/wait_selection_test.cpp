/// @file
/// The builds that a wait selects.
#include "support/matchers.hpp"
#include "support/wait_rig.hpp"

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
using test::byVersion;
using test::FailsWith;
using test::newVersion2;
using test::version2;
using test::WaitRig;

std::string version2At(const std::string& createdAt) {
    return std::string(version2) + R"(,"createdAt":")" + createdAt + '"';
}

TEST(BuildWaiter, MatchesAllFieldsOfTheSelector) {
    const std::string build = buildJson(
        "b1", "processed",
        R"("versionName":"2","versionCode":"7","os":"ios","deployer":{"info":{"commit":"c","branch":"main","tag":"t","buildNumber":"9"}})");
    const std::pair<std::optional<std::string> BuildSelector::*, const char*> members[] = {
        {&BuildSelector::versionName, "2"}, {&BuildSelector::versionCode, "7"}, {&BuildSelector::commit, "c"},
        {&BuildSelector::branch, "main"},   {&BuildSelector::tag, "t"},         {&BuildSelector::buildNumber, "9"}};
    for (const auto& [member, text] : members) {
        WaitRig rig;
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

TEST(BuildWaiter, SendsOnlyDocumentedSystems) {
    for (const auto& [os, isSent] : {std::pair{Os::ios, true}, std::pair{Os::android, true},
                                     std::pair{Os::macos, false}, std::pair{Os::windows, false}}) {
        WaitRig rig;
        rig.from(0ms, "");
        rig.options.timeout = 0ms;
        BuildSelector selector;
        selector.os = os;
        selector.anyAge = true;
        (void)rig.wait(selector);
        EXPECT_EQ(rig.urls.at(0).find("os=") != std::string::npos, isSent) << toText(os);
    }
}

TEST(BuildWaiter, IgnoresAnOlderBuildOfTheVersion) {
    WaitRig rig;
    const std::string old = buildJson("b1", "processed", version2At("2023-11-14T20:00:00Z"));
    rig.from(0ms, old).from(1min, buildJson("b2", "error", newVersion2) + ',' + old);
    const auto result = rig.wait(byVersion(rig, "2"));  // createdSince is 2023-11-14T22:13:20Z
    EXPECT_EQ(result->outcome, WaitOutcome::failed);
    EXPECT_EQ(result->build->id, "b2");
}

TEST(BuildWaiter, FindsBuildsIfTheServersClockDiffers) {
    for (const auto& [ahead, createdAt] :
         {std::pair{-3600s, "2023-11-14T21:13:25Z"}, std::pair{3600s, "2023-11-14T23:13:25Z"}}) {
        WaitRig rig;
        rig.serverClockAhead = ahead;
        const char* const oldCreatedAt = ahead.count() < 0 ? "2023-11-14T21:13:00Z" : "2023-11-14T23:13:00Z";
        rig.from(0ms, buildJson("new", "processed", version2At(createdAt)) + ',' +
                          buildJson("old", "error", version2At(oldCreatedAt)));
        const auto result = rig.wait(byVersion(rig, "2"));
        EXPECT_EQ(result->outcome, WaitOutcome::processed);
        EXPECT_EQ(result->build->id, "new");
    }
}

TEST(BuildWaiter, WaitsForSeveralBuildsWithTheSameRequests) {
    WaitRig rig;
    rig.from(0ms, buildJson("i", "processed", R"("os":"ios","createdAt":"2023-11-14T22:13:30Z")") + ',' +
                      buildJson("a", "pending", R"("os":"android","createdAt":"2023-11-14T22:13:30Z")"));
    rig.from(1min, buildJson("i", "processed", R"("os":"ios","createdAt":"2023-11-14T22:13:30Z")") + ',' +
                       buildJson("a", "error", R"("os":"android","createdAt":"2023-11-14T22:13:30Z")"));
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

TEST(BuildWaiter, FindsABuildOnALaterPage) {
    std::vector<std::string> urls;
    const BuildsClient client = test::clientOf([&](const HttpRequest& request) {
        urls.push_back(request.url);
        const bool isThird = test::pageOf(request) == 3;
        return FakeTransport::answer(
            200, R"({"status":true,"data":{"items":[)" +
                     buildJson(isThird ? "b1" : "other" + std::to_string(urls.size()), "processed") + "]}}");
    });
    EXPECT_EQ(client.waitUntilBuildProcessed(byId("b1"))->outcome, WaitOutcome::processed);
    EXPECT_EQ(urls.size(), 3U);
}

TEST(BuildWaiter, RefusesInvalidArgumentsWithoutARequest) {
    BuildSelector withoutAge;
    withoutAge.versionName = "2";
    WaitOptions negativeTimeout;
    negativeTimeout.timeout = -1s;
    WaitRig rig;
    for (const auto& [selector, options] :
         {std::pair{BuildSelector{}, WaitOptions{}}, std::pair{withoutAge, WaitOptions{}},
          std::pair{byId(""), WaitOptions{}}, std::pair{byId("b1"), negativeTimeout}}) {
        EXPECT_THAT(rig.client().waitUntilBuildProcessed(selector, options), FailsWith(ErrorKind::invalidArgument));
    }
    EXPECT_THAT(rig.client().waitUntilBuildsProcessed({}), FailsWith(ErrorKind::invalidArgument));
    EXPECT_TRUE(rig.urls.empty());
}

TEST(BuildWaiter, ComparesAllFieldsInAdditionToTheId) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "processed", version2));
    rig.options.timeout = 0ms;
    BuildSelector selector = byId("b1");
    selector.versionName = "2";
    EXPECT_EQ(rig.wait(selector)->outcome, WaitOutcome::processed);
    selector.versionName = "3";
    EXPECT_EQ(rig.wait(selector)->outcome, WaitOutcome::timedOutNotFound);
}

TEST(BuildWaiter, CountsABuildOnTwoPagesOnce) {
    int requests = 0;
    const BuildsClient client = test::clientOf(
        [&](const HttpRequest&) { return test::pageWith(buildJson("b1", "processed", version2), ++requests < 2); });
    BuildSelector selector;
    selector.versionName = "2";
    selector.anyAge = true;
    EXPECT_EQ(client.waitUntilBuildProcessed(selector)->outcome, WaitOutcome::processed);
    EXPECT_EQ(requests, 2);
}

TEST(BuildSelector, MatchesTextWithoutSurroundingWhiteSpace) {
    WaitRig rig;
    rig.from(0ms,
             buildJson("b1", "processed",
                       R"("versionName":"2","deployer":{"info":{"commit":"c\n","branch":" main","tag":"t\r\n"}})"));
    rig.options.timeout = 0ms;
    BuildSelector selector;
    selector.commit = "c";
    selector.branch = "main\n";
    selector.tag = " t";
    selector.versionName = "2 ";
    selector.anyAge = true;
    EXPECT_EQ(rig.wait(selector)->outcome, WaitOutcome::processed);
    EXPECT_NE(rig.urls.at(0).find("versionName=2&"), std::string::npos) << rig.urls.at(0);
    EXPECT_EQ(rig.wait(byId(" b1\n"))->outcome, WaitOutcome::processed);
    selector.branch = "ma in";
    EXPECT_EQ(rig.wait(selector)->outcome, WaitOutcome::timedOutNotFound);
}

TEST(BuildSelector, IsRefusedIfATextIsBlank) {
    WaitRig rig;
    for (auto member :
         {&BuildSelector::id, &BuildSelector::versionName, &BuildSelector::versionCode, &BuildSelector::commit,
          &BuildSelector::branch, &BuildSelector::tag, &BuildSelector::buildNumber}) {
        BuildSelector selector;
        selector.anyAge = true;
        selector.*member = " \n";
        EXPECT_THAT(rig.wait(selector), FailsWith(ErrorKind::invalidArgument));
    }
    EXPECT_TRUE(rig.urls.empty());
}

// ---- age ----

TEST(BuildSelector, IgnoresABuildOfUnknownAgeIfCreatedSinceIsSet) {
    for (const char* createdAt : {"", R"(,"createdAt":null)", R"(,"createdAt":"yesterday")"}) {
        WaitRig rig;
        rig.from(0ms, buildJson("old", "processed", std::string(version2) + createdAt));
        const auto result = rig.wait(byVersion(rig, "2"));
        ASSERT_TRUE(result) << result.error();
        EXPECT_EQ(result->outcome, WaitOutcome::timedOutNotFound);
        EXPECT_EQ(result->build, std::nullopt);
        EXPECT_EQ(result->buildsOfUnknownAge, 1);
        ASSERT_EQ(rig.eventKinds(), std::vector{WaitEvent::Kind::unknownAge}) << "reported once in many checks";
        EXPECT_EQ(rig.events.at(0).build->id, "old");
    }
}

TEST(BuildSelector, ReportsNoBuildOfUnknownAgeIfAnotherFieldDiffers) {
    WaitRig rig;
    rig.from(0ms, buildJson("old", "processed", version2));
    rig.options.timeout = 0ms;
    EXPECT_EQ(rig.wait(byVersion(rig, "3"))->buildsOfUnknownAge, 0);
}

TEST(BuildSelector, MatchesABuildOfUnknownAgeIfAnyAgeIsSet) {
    WaitRig rig;
    rig.from(0ms, buildJson("old", "processed", version2));
    BuildSelector selector;
    selector.versionName = "2";
    selector.anyAge = true;
    const auto result = rig.wait(selector);
    EXPECT_EQ(result->outcome, WaitOutcome::processed);
    EXPECT_EQ(result->buildsOfUnknownAge, 0);
}

TEST(BuildSelector, FollowsAFoundBuildIfCreatedAtDisappears) {
    WaitRig rig;
    rig.from(0ms, buildJson("b1", "pending", newVersion2)).from(1min, buildJson("b1", "processed", version2));
    EXPECT_EQ(rig.wait(byVersion(rig, "2"))->outcome, WaitOutcome::processed);
}

TEST(BuildSelector, ReadsCreatedAtInOtherForms) {
    for (const char* createdAt :
         {"2023-11-14T22:13:30", "Tue, 14 Nov 2023 22:13:30 +0000", "1700000010", "1700000010000"}) {
        WaitRig rig;
        rig.from(0ms, buildJson("new", "processed", version2At(createdAt)) + ',' +
                          buildJson("old", "error", version2At("Mon, 13 Nov 2023 22:13:30 GMT")));
        const auto result = rig.wait(byVersion(rig, "2"));
        EXPECT_EQ(result->outcome, WaitOutcome::processed) << createdAt;
    }
}

TEST(BuildSelector, ComparesCreatedSinceByTheMedianDifferenceOfTheClocks) {
    WaitRig rig;
    rig.serverClockAhead = -3600s;
    rig.from(0ms, "");
    rig.options.onEvent = [&](const WaitEvent&) { rig.serverClockAhead = 0s; };  // after the first response
    // By the clock of the first response, this build would be new enough.
    const std::string old = buildJson("old", "processed", version2At("2023-11-14T22:00:00Z"));
    rig.from(1min, old);
    EXPECT_EQ(rig.wait(byVersion(rig, "2"))->outcome, WaitOutcome::timedOutNotFound);
}

}  // namespace
}  // namespace applivery
