/// @file
/// `applivery-builds wait`: exit codes and refusals.
#include "program/wait_fixture.hpp"
#include "support/delayed_response.hpp"

#include <chrono>
#include <optional>
#include <regex>
#include <string>
#include <utility>

namespace applivery {
namespace {

using test::Outcome;
using test::pending;
using test::processed;
using test::program;
using test::shell;
using test::WaitCommand;

TEST_F(WaitCommand, ExitsWith0WhenTheBuildIsProcessed) {
    addBuild(processed);
    const Outcome outcome = shell(waitFor("--build-id b1 2>/dev/null"));
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.text, "2.4.0 (7) ios b1: processed after 0s\n");
    EXPECT_EQ(server.requests().at(0).parameter("status"), std::nullopt);
}

TEST_F(WaitCommand, ReadsTheBuildFromTheEnvironment) {
    addBuild(processed);
    std::string command = waitFor("");
    EXPECT_EQ(shell(command.insert(0, "APPLIVERY_BUILD_ID=b1 ")).code, 0);
}

TEST_F(WaitCommand, IgnoresWhiteSpaceAroundVariables) {
    addBuild(processed);
    std::string command = waitFor("--env-file " + file("env"));
    command.replace(command.find("GITHUB_ACTIONS="), 15, "GITHUB_ACTIONS=\" true\t\"");
    const Outcome outcome =
        shell("GITHUB_STEP_SUMMARY=\"" + file("summary") + "\n\" APPLIVERY_BUILD_ID=\" b1\n\" " + command);
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_EQ(shell("grep BUILD_ID " + file("env") + "; grep -c processed " + file("summary")).text,
              "APPLIVERY_BUILD_ID=b1\n2\n");
}

TEST_F(WaitCommand, RefusesABlankBuildOfTheEnvironment) {
    std::string command = waitFor("");
    EXPECT_EQ(shell(command.insert(0, "APPLIVERY_BUILD_ID=\" \t\" ")).code, 2);
}

TEST_F(WaitCommand, ExitsWith5AndTheReasonWhenTheBuildFailed) {
    addBuild(R"("id":"b1","status":"error","errorCode":"5007","error":"Provisioning profile has expired")");
    const Outcome outcome = shell(waitFor("--build-id b1"));
    EXPECT_EQ(outcome.code, 5);
    EXPECT_NE(outcome.text.find("failed: 5007 Provisioning profile has expired"), std::string::npos) << outcome.text;
}

TEST_F(WaitCommand, KeepsTheSelectedIdInAFailure) {
    const std::string command = waitFor("--build-id b1 --env-file " + file("env") + " --timeout 0 >/dev/null 2>&1");
    EXPECT_EQ(shell(command).code, 4);
    EXPECT_EQ(shell("grep -c . " + file("env") + "; grep BUILD_ID " + file("env")).text, "2\nAPPLIVERY_BUILD_ID=b1\n");
}

TEST_F(WaitCommand, ReportsTheLastSightingBeforeAFailure) {
    addBuild(pending);
    server.enqueueIf([first = true](const mock::RecordedRequest&) mutable { return !std::exchange(first, false); },
                     mock::apiError(401, 4004, "Invalid Token"));
    const Outcome outcome = shell(waitFor("--build-id b1 -o json 2>/dev/null"));
    EXPECT_EQ(outcome.code, 3);
    EXPECT_NE(outcome.text.find(R"("id":"b1")"), std::string::npos) << outcome.text;
}

TEST_F(WaitCommand, ExplainsAMissingVerdictInJson) {
    server.setHook([](const mock::RecordedRequest&) {
        return std::optional(mock::ScriptedResponse{502, {}, "<html>"});
    });
    const Outcome outcome = shell(waitFor("--build-id b1 --timeout 0 -o json 2>/dev/null"));
    EXPECT_EQ(outcome.code, 6);
    EXPECT_NE(outcome.text.find(R"("error":{"kind":"server","http":502)"), std::string::npos) << outcome.text;
}

TEST_F(WaitCommand, HasNoVerdictOnAnUnknownStatus) {
    addBuild(R"("id":"b1","status":"pending_deletion")");
    const std::string notes =
        "applivery-builds: no verdict after 0s: build b1: in the unknown status pending_deletion: ";
    const Outcome outcome = shell(waitFor("--build-id b1 --timeout 0 2>&1 >/dev/null"));
    EXPECT_EQ(outcome.code, 6);
    EXPECT_NE(outcome.text.find("found build b1: in the unknown status pending_deletion"), std::string::npos)
        << outcome.text;
    EXPECT_NE(outcome.text.find(notes), std::string::npos) << outcome.text;
    const Outcome json = shell(waitFor("--build-id b1 --timeout 0 -o json 2>/dev/null"));
    EXPECT_EQ(json.text.find(R"({"schema":"applivery.wait/1","outcome":"noVerdict")"), 0U) << json.text;
}

TEST_F(WaitCommand, WaitsUntilItsLimitInAnUnknownStatus) {
    addBuild(R"("id":"b1","status":"pending_deletion")");
    const Outcome outcome = shell(waitFor("--build-id b1 --timeout 1s 2>&1 >/dev/null"));
    EXPECT_EQ(outcome.code, 6);
    EXPECT_EQ(server.requestCount(), 2U);
    EXPECT_EQ(outcome.text.find("still pending"), std::string::npos) << outcome.text;
}

TEST_F(WaitCommand, ReportsMissingSelectorsInJson) {
    const Outcome outcome = shell(waitFor("-o json 2>/dev/null"));
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.text.find(R"("error":{"kind":"invalidArgument")"), std::string::npos) << outcome.text;
}

TEST_F(WaitCommand, ReportsAnInvalidCommandLineInJson) {
    for (const char* json : {"-o json", "--output=json"}) {
        const Outcome outcome = shell(waitFor(std::string("--build-id b1 --timeout 1x 2>/dev/null ") + json));
        EXPECT_EQ(outcome.code, 2);
        EXPECT_EQ(outcome.text.find(R"({"schema":"applivery.wait/1","error":{"kind":"invalidArgument")"), 0U)
            << outcome.text;
    }
}

TEST_F(WaitCommand, PrintsAResumeCommandWithTheIdAndTheServer) {
    addBuild(R"("id":"x; echo 'pwned' #","status":"pending","versionName":"2.4.0")");
    const Outcome outcome = shell(waitFor("--version-name 2.4.0 --any-age --timeout 0 2>&1 >/dev/null"));
    EXPECT_NE(outcome.text.find(R"(--build-id 'x; echo '\''pwned'\'' #' --base-url )" + server.baseUrl()),
              std::string::npos)
        << outcome.text;
}

TEST_F(WaitCommand, RefusesAnEmptySelectorAtOnce) {
    for (const char* option : {"--commit", "--branch", "--tag", "--version-code", "--version-name", "--build-id"}) {
        const Outcome outcome = shell(waitFor(std::string(option) + R"( "" --since 1h)"));
        EXPECT_EQ(outcome.code, 2) << option;
        EXPECT_NE(outcome.text.find("check that its variable is set"), std::string::npos) << outcome.text;
    }
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(WaitCommand, ReportsAnUnwritableEnvFileBeforeTheWait) {
    const Outcome outcome = shell(waitFor("--build-id b1 --env-file /nonexistent/x -o json 2>/dev/null"));
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("/nonexistent/x cannot be written"), std::string::npos) << outcome.text;
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(WaitCommand, WritesTheSummaryIfTheOutputsAreUnwritable) {
    addBuild(processed);
    std::string command = waitFor("--build-id b1 --ci github");
    command.insert(0, "GITHUB_OUTPUT=/dev/full GITHUB_STEP_SUMMARY=" + file("summary") + ' ');
    EXPECT_EQ(shell(command).code, 1);
    EXPECT_EQ(shell("grep -c processed " + file("summary")).code, 0);
}

TEST_F(WaitCommand, NamesEachUnwritableFileOfGitHub) {
    addBuild(processed);
    std::string command = waitFor("--build-id b1 --ci github --env-file /dev/full");
    command.insert(0, "GITHUB_OUTPUT=/no/outputs GITHUB_STEP_SUMMARY=/no/summary ");
    const Outcome outcome = shell(command);
    EXPECT_EQ(outcome.code, 1);
    for (const char* text : {"GITHUB_OUTPUT: /no/outputs cannot be written: No such file or directory",
                             "GITHUB_STEP_SUMMARY: /no/summary cannot be written", "/dev/full cannot be written"}) {
        EXPECT_NE(outcome.text.find(text), std::string::npos) << outcome.text;
    }
}

TEST_F(WaitCommand, ShortensTextWithoutWidth) {
    std::string marks;
    for (int i = 0; i < 100'000; ++i) marks += "\u0301";
    addBuild(R"("id":"b1","status":"error","error":"a)" + marks + '"');
    std::string command = waitFor("--build-id b1 --ci github 2>/dev/null");
    command.insert(0, "GITHUB_STEP_SUMMARY=" + file("summary") + ' ');
    EXPECT_EQ(shell(command).code, 5);
    EXPECT_LT(std::stoi(shell("wc -c < " + file("summary")).text), 100'000);
}

TEST_F(WaitCommand, WritesOnlyJsonToStandardOutput) {
    addBuild(processed);
    EXPECT_EQ(shell(waitFor("--build-id b1 -o json 2>&1 >/dev/null")).text, "");
}

TEST_F(WaitCommand, PrintsTheVerdictOnce) {
    addBuild(R"("id":"b1","status":"error","errorCode":"5007","error":"expired")");
    EXPECT_EQ(shell(waitFor("--build-id b1 2>&1 | grep -c expired")).text, "1\n");
}

TEST_F(WaitCommand, RequiresAUnitForALaterPartOfADuration) {
    EXPECT_EQ(shell(waitFor("--build-id b1 --timeout 1h30")).code, 2);
}

TEST_F(WaitCommand, NamesTheReachedLimit) {
    EXPECT_NE(shell(waitFor("--build-id b1 --timeout 0")).text.find("Set a longer --timeout"), std::string::npos);
}

TEST_F(WaitCommand, ExitsWith8Or4AfterASingleCheck) {
    EXPECT_EQ(shell(waitFor("--build-id b1 --timeout 0")).code, 4);
    addBuild(pending);
    EXPECT_EQ(shell(waitFor("--build-id b1 --timeout 0")).code, 8);
}

TEST_F(WaitCommand, ExitsWith124AndAResumeCommandAfterATimeOut) {
    addBuild(pending);
    const Outcome outcome = shell(waitFor("--build-id b1 --timeout 1s"));
    EXPECT_EQ(outcome.code, 124);
    EXPECT_NE(outcome.text.find("still pending after 1s. Resume: applivery-builds wait --build-id b1 --timeout 1s"),
              std::string::npos)
        << outcome.text;
}

TEST_F(WaitCommand, ExitsWith4IfTheBuildDoesNotAppear) {
    EXPECT_EQ(shell(waitFor("--build-id b2 --find-timeout 1s")).code, 4);
}

TEST_F(WaitCommand, ExitsWith2AndNamesSeveralMatches) {
    addBuild(R"("id":"b1","status":"pending","versionName":"2","createdAt":"2200-01-01T00:00:00Z")");
    addBuild(R"("id":"b2","status":"pending","versionName":"2","createdAt":"2200-01-01T00:00:00Z")");
    const Outcome outcome = shell(waitFor("--version-name 2 --since 1h"));
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.text.find("2 builds match: 2 b2, 2 b1."), std::string::npos) << outcome.text;
}

TEST_F(WaitCommand, HasAnExitCodeForEachRefusal) {
    EXPECT_EQ(shell(waitFor("--build-id b1", "wrong-token-5566")).code, 3);
    server.enqueue(mock::apiError(402, 5004, "Plan"));
    EXPECT_EQ(shell(waitFor("--build-id b1")).code, 7);
    server.enqueue(mock::apiError(404, 3001, "Entity not found"));
    EXPECT_EQ(shell(waitFor("--build-id b1")).code, 4);
}

TEST_F(WaitCommand, ExitsWith6WithoutAnyResponse) {
    server.enqueue(mock::gatewayError(502), 100);
    EXPECT_EQ(shell(waitFor("--build-id b1 --timeout 1s")).code, 6);
}

TEST_F(WaitCommand, ExitsWith6AndTheLastSightingIfAllLaterChecksFailed) {
    addBuild(pending);
    server.enqueueIf([first = true](const mock::RecordedRequest&) mutable { return !std::exchange(first, false); },
                     mock::gatewayError(403), 100);
    const Outcome outcome = shell(waitFor("--build-id b1 --timeout 4s -o json 2>&1"));
    EXPECT_EQ(outcome.code, 6);
    EXPECT_NE(outcome.text.find(R"("outcome":"noVerdict")"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find(R"("lastSeenMs":)"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find(R"("consecutiveFailures":2)"), std::string::npos) << outcome.text;
    EXPECT_TRUE(
        std::regex_search(outcome.text, std::regex("b1: last seen pending [0-9]+s ago; the last 2 checks failed: ")))
        << outcome.text;
}

TEST_F(WaitCommand, ExitsWith6WithinASecondIfTheOnlyCheckIsTooSlow) {
    addBuild(processed);
    server.setHook([](const mock::RecordedRequest&) { return std::optional(test::responseThatNeverArrives()); });
    const auto began = std::chrono::steady_clock::now();
    const Outcome outcome = shell(waitFor("--build-id b1 --timeout 0"));
    EXPECT_EQ(outcome.code, 6);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{3});
    EXPECT_NE(outcome.text.find("set a longer --timeout"), std::string::npos) << outcome.text;
}

TEST_F(WaitCommand, ReportsAnIgnoredBuildOfUnknownAge) {
    addBuild(R"("id":"b1","status":"processed","versionName":"2")");
    const Outcome outcome = shell(waitFor("--version-name 2 --since 1h --timeout 0"));
    EXPECT_EQ(outcome.code, 4);
    EXPECT_NE(outcome.text.find("ignored 2 b1: its age is unknown"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("except for 1 build of unknown age. Select the build with --build-id"),
              std::string::npos)
        << outcome.text;
}

TEST_F(WaitCommand, IgnoresTheBuildOfTheEnvironmentIfAnOptionSelects) {
    addBuild(processed);
    std::string command = waitFor("--version-name 9 --since 10m --timeout 0");
    EXPECT_EQ(shell(command.insert(0, "APPLIVERY_BUILD_ID=b1 ")).code, 4);
}

TEST_F(WaitCommand, KeepsTheExitCodeOnAFullDisk) {
    addBuild(R"("id":"b1","status":"error")");
    EXPECT_EQ(shell(waitFor("--build-id b1 --env-file " + file("env") + " >/dev/full")).code, 5);
    EXPECT_EQ(shell("head -n 1 " + file("env")).text, "APPLIVERY_BUILD_ID=b1\n");
}

TEST_F(WaitCommand, EndsAtOnceAtASignal) {
    addBuild(pending);
    for (const auto& [signal, code] : {std::pair{"INT", 130}, std::pair{"TERM", 143}}) {
        std::string interrupted = waitFor("--build-id b1");
        interrupted.insert(interrupted.find(program), std::string("timeout --preserve-status -s ") + signal + " 1.5 ");
        const auto began = std::chrono::steady_clock::now();
        const Outcome outcome = shell(interrupted);
        EXPECT_EQ(outcome.code, code);
        EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{10});
        EXPECT_TRUE(std::regex_search(outcome.text, std::regex("cancelled after [0-9]s; last state: pending")))
            << outcome.text;
    }
}

TEST_F(WaitCommand, RefusesASelectorOfOlderBuilds) {
    EXPECT_EQ(shell(waitFor("")).code, 2);
    EXPECT_EQ(shell(waitFor("--version-name 2")).code, 2);
    EXPECT_EQ(shell(waitFor("--build-id b1 --timeout soon")).code, 2);
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(WaitCommand, NamesTheMissingOption) {
    for (const auto& [arguments, missing] :
         {std::pair{"", "no option selects a build. Set --build-id or APPLIVERY_BUILD_ID"},
          std::pair{"--any-age", "no option selects a build. Set --build-id or APPLIVERY_BUILD_ID"},
          std::pair{"--version-name 2", "without --since, an older build could match. Set --since"}}) {
        const Outcome outcome = shell(waitFor(arguments));
        EXPECT_EQ(outcome.code, 2) << outcome.text;
        EXPECT_NE(outcome.text.find(missing), std::string::npos) << outcome.text;
    }
}

TEST_F(WaitCommand, IgnoresABlankIdOfTheEnvironment) {
    const Outcome outcome = shell("APPLIVERY_BUILD_ID=\" \" " + waitFor(""));
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.text.find("no option selects a build"), std::string::npos) << outcome.text;
}

}  // namespace
}  // namespace applivery
