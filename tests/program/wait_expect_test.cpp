/// @file
/// `applivery-builds wait --expect`: one build for each operating system.
#include "mock_server/temporary_directory.hpp"
#include "program/program_test.hpp"

#include <csignal>
#include <string>
#include <utility>

namespace applivery {
namespace {

using test::Outcome;
using test::program;
using test::shell;
using test::SignalledCommand;

class WaitExpect : public test::ListCommand {
protected:
    WaitExpect() { data.assign({}); }

    void addBuild(const std::string& id, const std::string& os, const std::string& status,
                  const std::string& more = "") {
        data.addJson(R"({"id":")" + id + R"(","os":")" + os + R"(","status":")" + status +
                     R"(","versionName":"2.5","createdAt":"2200-01-01T00:00:00Z")" + more + '}');
    }

    [[nodiscard]] std::string waitFor(const std::string& arguments) const {
        return "APPLIVERY_APP_TOKEN=" + std::string(mock::sample::appToken) + ' ' + program + " wait --base-url " +
               server.baseUrl() + " --version-name 2.5 --since 1h " + arguments;
    }

    [[nodiscard]] std::string file(const char* name) const { return (folder.path() / name).string(); }

    mock::TemporaryDirectory folder;
};

TEST_F(WaitExpect, SucceedsIfOneBuildOfEachIsProcessed) {
    addBuild("a1", "android", "processed");
    addBuild("i1", "ios", "processed");
    const Outcome outcome = shell(waitFor("--expect ios,android 2>/dev/null"));
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.text, "2.5 ios i1: processed after 0s\n2.5 android a1: processed after 0s\n");
}

TEST_F(WaitExpect, DoesNotSucceedBeforeTheLastSystemIsListed) {
    addBuild("i1", "ios", "processed");
    EXPECT_EQ(shell(waitFor("--timeout 0")).code, 0) << "without --expect";
    const Outcome outcome = shell(waitFor("--expect ios,android --find-timeout 1s"));
    EXPECT_EQ(outcome.code, 4);
    EXPECT_NE(outcome.text.find("for android"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("not in the list after 1s"), std::string::npos) << outcome.text;
}

TEST_F(WaitExpect, WaitsUntilTheLastSystemIsProcessed) {
    addBuild("i1", "ios", "processed");
    addBuild("a1", "android", "pending");
    server.setHook([this, looks = 0](const mock::RecordedRequest&) mutable {
        if (++looks == 2) data.setStatus("a1", "processed");
        return std::optional<mock::ScriptedResponse>{};
    });
    const Outcome outcome = shell(waitFor("--expect android,ios 2>&1 >/dev/null"));
    EXPECT_EQ(outcome.code, 0);
    EXPECT_NE(outcome.text.find(" for each of ios, android, for 20m at most\n"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("found 2.5 android a1: pending after 0s\n"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("applivery-builds: android: processed after "), std::string::npos) << outcome.text;
}

TEST_F(WaitExpect, FailsIfOneBuildFailed) {
    addBuild("i1", "ios", "processed");
    addBuild("a1", "android", "error", R"(,"errorCode":"5007","error":"expired")");
    const Outcome outcome = shell(waitFor("--expect ios,android --env-file " + file("env") + " 2>&1"));
    EXPECT_EQ(outcome.code, 5);
    EXPECT_NE(outcome.text.find("2.5 android a1: failed: 5007 expired"), std::string::npos) << outcome.text;
    EXPECT_EQ(shell("grep -v ELAPSED " + file("env")).text,
              "APPLIVERY_IOS_BUILD_ID=i1\nAPPLIVERY_IOS_BUILD_STATUS=processed\nAPPLIVERY_IOS_VERSION_NAME=2.5\n"
              "APPLIVERY_ANDROID_BUILD_ID=a1\nAPPLIVERY_ANDROID_BUILD_STATUS=error\n"
              "APPLIVERY_ANDROID_VERSION_NAME=2.5\nAPPLIVERY_ANDROID_ERROR_CODE=5007\n");
}

TEST_F(WaitExpect, ReportsAFailedBuildBeforeAPendingBuild) {
    addBuild("i1", "ios", "pending");
    addBuild("a1", "android", "error");
    EXPECT_EQ(shell(waitFor("--expect ios,android --timeout 1s")).code, 5);
}

TEST_F(WaitExpect, ReportsAFailedBuildBeforeAnErrorOfTheService) {
    addBuild("i1", "ios", "error");
    addBuild("a1", "android", "pending");
    server.enqueueIf([first = true](const mock::RecordedRequest&) mutable { return !std::exchange(first, false); },
                     mock::apiError(401, 4004, "Invalid Token"), 100);
    const Outcome outcome = shell(waitFor("--expect ios,android -o json"));
    EXPECT_EQ(outcome.code, 5);
    EXPECT_NE(outcome.text.find(R"({"os":"ios","outcome":"failed",)"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("2.5 ios i1: failed"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("The android build was last seen pending "), std::string::npos) << outcome.text;
}

TEST_F(WaitExpect, ReportsASignalBeforeAMissingBuild) {
    addBuild("a1", "android", "pending");
    const SignalledCommand command(waitFor("--expect ios,android --find-timeout 0"));
    signalAt(3, command, SIGTERM);
    EXPECT_EQ(shell(command.text()).code, 143);
}

TEST_F(WaitExpect, TimesOutIfOneBuildIsPending) {
    addBuild("i1", "ios", "processed");
    addBuild("a1", "android", "in_progress");
    const Outcome outcome = shell(waitFor("--expect ios,android --timeout 1s"));
    EXPECT_EQ(outcome.code, 124);
    EXPECT_NE(outcome.text.find("Resume: applivery-builds wait --build-id a1"), std::string::npos) << outcome.text;
}

TEST_F(WaitExpect, ListsTheBuildsInOneDocument) {
    addBuild("i1", "ios", "processed");
    addBuild("a1", "android", "error");
    const std::string json = shell(waitFor("--expect ios,android -o json 2>/dev/null")).text;
    EXPECT_EQ(
        json.find(R"({"schema":"applivery.wait/1","outcome":"failed","builds":[{"os":"ios","outcome":"processed")"), 0U)
        << json;
    EXPECT_NE(json.find(R"(,{"os":"android","outcome":"failed","elapsedMs":)"), std::string::npos) << json;
}

TEST_F(WaitExpect, ListsTheBuildsInADocumentWithoutAnOutcome) {
    const std::string json = shell("APPLIVERY_APP_TOKEN=wrong-token-5566 " + program + " wait --base-url " +
                                   server.baseUrl() + " --since 1h --expect ios,android -o json 2>/dev/null")
                                 .text;
    EXPECT_EQ(json.find(R"({"schema":"applivery.wait/1","error":{"kind":"authentication")"), 0U) << json;
    EXPECT_NE(json.find(R"("builds":[{"os":"ios","elapsedMs":)"), std::string::npos) << json;
}

TEST_F(WaitExpect, RefusesOtherSelectorsOfOneBuild) {
    for (const char* arguments :
         {"--expect ios,android --os ios", "--expect ios --build-id i1", "--expect ios,beos", "--expect \"\"",
          "--expect ios,", "--expect ,ios", "--expect ios,,android", "--expect ,"}) {
        EXPECT_EQ(shell(waitFor(arguments)).code, 2) << arguments;
    }
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(WaitExpect, CountsARepeatedSystemOnce) {
    addBuild("i1", "ios", "processed");
    EXPECT_EQ(shell(waitFor("--expect ios,ios --expect ios 2>/dev/null")).text, "2.5 ios i1: processed after 0s\n");
}

}  // namespace
}  // namespace applivery
