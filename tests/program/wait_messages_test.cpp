/// @file
/// Messages of `applivery-builds wait` about waits that ended without a processed build.
#include "program/wait/wait_messages.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace applivery::program {
namespace {

using namespace std::chrono_literals;

WaitCommandOptions optionsOf(const std::string& id) {
    WaitCommandOptions options;
    options.selector.id = id;
    return options;
}

WaitResult resultSeenAt(WaitOutcome outcome, std::chrono::milliseconds lastSeenAt) {
    WaitResult result;
    result.outcome = outcome;
    result.build.emplace().id = "b1";
    result.build->status = BuildStatus::inProgress;
    result.elapsed = 20min;
    result.polls = 60;
    result.lastSeenAt = lastSeenAt;
    result.lastCheckAt = lastSeenAt;  // if earlier than elapsed, the time limit ended a later check
    return result;
}

TEST(WaitMessages, SayStillInProgressIfTheLastCheckFoundTheBuild) {
    EXPECT_EQ(outcomeText(optionsOf("b1"), resultSeenAt(WaitOutcome::timedOutPending, 20min)),
              "build b1: still in_progress after 20m. Resume: applivery-builds wait --build-id b1 --timeout 20m");
}

TEST(WaitMessages, SayWhenTheBuildWasLastSeenIfTheLastCheckWasCutOff) {
    EXPECT_EQ(outcomeText(optionsOf("b1"), resultSeenAt(WaitOutcome::timedOutPending, 19min)),
              "build b1: last seen in_progress 1m ago; the wait ended after 20m. Resume: applivery-builds wait "
              "--build-id b1 --timeout 20m");
}

TEST(WaitMessages, NameTheFailureSinceTheLastSighting) {
    WaitResult result = resultSeenAt(WaitOutcome::timedOutPending, 19min);
    result.consecutiveFailures = 3;
    result.lastError = Error(ErrorKind::server, "the service answered 502.");
    EXPECT_EQ(noVerdictText(optionsOf("b1"), result),
              "no verdict after 20m: build b1: last seen in_progress 1m ago; the last 3 checks failed: "
              "the service answered 502. Resume: applivery-builds wait --build-id b1 --timeout 20m");
    EXPECT_EQ(stateOf(result), "without a response (last seen in_progress 1m ago)");
}

TEST(WaitMessages, ReportThatTheTimeLimitEndedTheOnlyCheck) {
    WaitResult result;
    result.elapsed = 1s;
    result.polls = 1;
    result.pagesOfLastCheck = 2;
    EXPECT_EQ(noVerdictText(optionsOf("b1"), result),
              "no verdict after 1s: build b1: the time limit ended the check after 2 pages; set a longer --timeout.");
}

TEST(WaitMessages, NameTheNumberOfSearchedPages) {
    WaitResult result;
    result.outcome = WaitOutcome::timedOutNotFound;
    result.elapsed = 5min;
    result.lastCheckAt = 5min;
    result.pagesOfFirstCheck = 50;
    result.pagesOfLastCheck = 5;
    result.hasUnreadPages = true;
    EXPECT_EQ(
        outcomeText(optionsOf("b1"), result),
        "build b1: not in the list after 5m, on the newest 50 pages in the first check and 5 in the last. Set a longer "
        "--find-timeout, or search fewer builds with --version-name or --os");
}

TEST(WaitMessages, NameTheNumberOfPagesOfACompleteSearch) {
    WaitResult result;
    result.outcome = WaitOutcome::timedOutNotFound;
    result.elapsed = 5min;
    result.lastCheckAt = 5min;
    result.pagesOfFirstCheck = 3;
    result.pagesOfLastCheck = 3;
    EXPECT_EQ(outcomeText(optionsOf("b1"), result),
              "build b1: not in the list after 5m, on 3 pages. Set a longer --find-timeout");
}

TEST(WaitMessages, NameTheSearchBeforeTheFirstFailure) {
    WaitResult result;
    result.elapsed = 30s;
    result.lastCheckAt = 10s;
    result.pagesOfFirstCheck = 2;
    result.consecutiveFailures = 1;
    result.lastError = Error(ErrorKind::server, "the service answered 502.");
    EXPECT_EQ(
        noVerdictText(optionsOf("b1"), result),
        "no verdict after 30s: build b1: not in the list after 10s, on 2 pages; the last check failed: the service "
        "answered 502.");
}

TEST(WaitMessages, NameTheOptionOfTheProgramInsteadOfTheMemberOfTheLibrary) {
    WaitResult result = resultSeenAt(WaitOutcome::timedOutPending, 19min);
    result.consecutiveFailures = 1;
    result.lastError = Error(ErrorKind::notFound, "Check ClientOptions::baseUrl.");
    EXPECT_NE(noVerdictText(optionsOf("b1"), result).find("Check --base-url."), std::string::npos);
}

TEST(WaitMessages, NameAnUnknownStatus) {
    WaitResult result = resultSeenAt(WaitOutcome::timedOutPending, 20min);
    result.build->status = OpenEnum<BuildStatus>::fromText("pending_deletion");
    EXPECT_EQ(stateOf(result), "in the unknown status pending_deletion");
    EXPECT_TRUE(isWithoutVerdict(result));
    EXPECT_EQ(noVerdictText(optionsOf("b1"), result),
              "no verdict after 20m: build b1: in the unknown status pending_deletion: neither pending nor done. "
              "Check the build in the service. Resume: applivery-builds wait --build-id b1 --timeout 20m");
}

TEST(WaitMessages, NameTheFailureAfterAnUnknownStatus) {
    WaitResult result = resultSeenAt(WaitOutcome::timedOutPending, 19min);
    result.build->status = OpenEnum<BuildStatus>::fromText("signing");
    result.consecutiveFailures = 1;
    EXPECT_TRUE(isWithoutVerdict(result));
    EXPECT_EQ(noVerdictText(optionsOf("b1"), result),
              "no verdict after 20m: build b1: last seen in the unknown status signing 1m ago; the last check failed: "
              "the time limit ended the last one. Resume: applivery-builds wait --build-id b1 --timeout 20m");
}

TEST(WaitMessages, GiveAVerdictOnAKnownStatus) {
    EXPECT_FALSE(isWithoutVerdict(resultSeenAt(WaitOutcome::timedOutPending, 20min)));
}

TEST(WaitMessages, GiveAVerdictOnALostBuild) {
    WaitResult lost = resultSeenAt(WaitOutcome::timedOutNotFound, 19min);
    lost.build->status = OpenEnum<BuildStatus>::fromText("pending_deletion");
    EXPECT_FALSE(isWithoutVerdict(lost));
}

TEST(WaitMessages, NameAMissingStatus) {
    WaitResult result = resultSeenAt(WaitOutcome::timedOutPending, 20min);
    result.build->status = {};
    EXPECT_EQ(stateOf(result), "without a status");
    EXPECT_EQ(noVerdictText(optionsOf("b1"), result),
              "no verdict after 20m: build b1: without a status: neither pending nor done. Check the build in "
              "the service. Resume: applivery-builds wait --build-id b1 --timeout 20m");
    result.lastSeenAt = 19min;
    EXPECT_EQ(lastSeen(result), "last seen without a status 1m ago");
}

TEST(WaitMessages, ResumeWithTheSameSelectorIfTheBuildHasNoId) {
    WaitCommandOptions options;
    options.selector.versionName = "2.5.0 beta";
    options.selector.versionCode = "7";
    options.selector.os = Os::ios;
    options.selector.createdSince = BuildSelector::TimePoint(std::chrono::hours{24});
    WaitResult result = resultSeenAt(WaitOutcome::timedOutPending, 20min);
    result.build->id.clear();
    EXPECT_EQ(outcomeText(options, result),
              "build: still in_progress after 20m. Resume: applivery-builds wait --version-name '2.5.0 beta' "
              "--version-code 7 --os ios --since 1970-01-02T00:00:00.000Z --timeout 20m");
}

TEST(WaitMessages, OmitEmptyTextsOfTheService) {
    WaitResult result = resultSeenAt(WaitOutcome::failed, 20min);
    result.build->versionName = "";
    result.build->versionCode = "";
    result.build->errorCode = "";
    result.build->error = " ";
    EXPECT_EQ(outcomeText(optionsOf("b1"), result), "build b1: failed: the service sent no reason");
}

TEST(WaitMessages, SayWhenALostBuildWasLastSeen) {
    WaitResult result = resultSeenAt(WaitOutcome::timedOutNotFound, 19min);
    result.lastCheckAt = 20min;
    result.pagesOfFirstCheck = 1;
    result.pagesOfLastCheck = 1;
    EXPECT_EQ(outcomeText(optionsOf("b1"), result),
              "build b1: not in the list after 20m, on 1 page, last seen in_progress 1m ago. Set a longer "
              "--find-timeout");
    EXPECT_EQ(stateOf(result), "not found");
}

}  // namespace
}  // namespace applivery::program
