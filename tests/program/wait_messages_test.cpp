/// @file
/// What the command `wait` says of waits that ended without a build that is processed.
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

WaitResult seen(WaitOutcome outcome, std::chrono::milliseconds at) {
    WaitResult result;
    result.outcome = outcome;
    result.build.emplace().id = "b1";
    result.build->status = BuildStatus::inProgress;
    result.elapsed = 20min;
    result.polls = 60;
    result.lastSeenAt = at;
    result.lastCheckAt = at;
    return result;
}

TEST(WaitTexts, SayStillIfTheLastCheckSawTheBuild) {
    EXPECT_EQ(outcomeText(optionsOf("b1"), seen(WaitOutcome::timedOutPending, 20min)),
              "build b1: still in_progress after 20m. Resume: applivery-builds wait --build-id b1 --timeout 20m");
}

TEST(WaitTexts, SayWhenTheBuildWasLastSeenIfTheLastCheckWasCutOff) {
    EXPECT_EQ(
        outcomeText(optionsOf("b1"), seen(WaitOutcome::timedOutPending, 19min)),
        "build b1: in_progress when last seen, after 19m; the wait ended after 20m. Resume: applivery-builds wait "
        "--build-id b1 --timeout 20m");
}

TEST(WaitTexts, NameTheFailureSinceTheLastSighting) {
    WaitResult result = seen(WaitOutcome::timedOutPending, 19min);
    result.consecutiveFailures = 3;
    result.lastError = Error(ErrorKind::server, "the service answered 502.");
    EXPECT_EQ(noVerdictText(optionsOf("b1"), result),
              "no verdict after 20m: build b1: in_progress when last seen, after 19m; the last 3 of 60 checks failed: "
              "the service answered 502. Resume: applivery-builds wait --build-id b1 --timeout 20m");
    EXPECT_EQ(stateOf(result), "without a response, in_progress when last seen, after 19m");
}

TEST(WaitTexts, NameASlowOnlyCheck) {
    WaitResult result;
    result.elapsed = 1s;
    result.polls = 1;
    result.pagesOfLastCheck = 2;
    EXPECT_EQ(noVerdictText(optionsOf("b1"), result),
              "no verdict after 1s: build b1: the time limit ended the check after 2 pages; set a longer --timeout.");
}

TEST(WaitTexts, NameTheNumberOfSearchedPages) {
    WaitResult result;
    result.elapsed = 5min;
    result.lastCheckAt = 5min;
    result.pagesOfFirstCheck = 50;
    result.pagesOfLastCheck = 5;
    result.hasUnreadPages = true;
    EXPECT_EQ(outcomeText(optionsOf("b1"), result),
              "build b1: not in the list after 5m, on the newest 50 pages at first and 5 at last. Set a longer "
              "--find-timeout, or search fewer builds with --version-name or --os");
}

TEST(WaitTexts, SayWhenALostBuildWasLastSeen) {
    WaitResult result = seen(WaitOutcome::timedOutNotFound, 19min);
    result.lastCheckAt = 20min;
    EXPECT_EQ(outcomeText(optionsOf("b1"), result),
              "build b1: not in the list after 20m, in_progress when last seen, after 19m. Set a longer "
              "--find-timeout");
    EXPECT_EQ(stateOf(result), "not found");
}

}  // namespace
}  // namespace applivery::program
