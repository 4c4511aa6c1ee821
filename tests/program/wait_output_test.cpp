/// @file
/// `applivery-builds wait` and `latest`: output, and reports to CI systems.
#include "program/wait_fixture.hpp"

#include <string>

namespace applivery {
namespace {

using test::hostileFailure;
using test::Outcome;
using test::pending;
using test::processed;
using test::program;
using test::shell;
using test::WaitCommand;

// ---- output ----

TEST_F(WaitCommand, WritesOneJsonDocumentForAFailure) {
    addBuild(processed);
    const std::string json = shell(waitFor("--build-id b1 -o json 2>/dev/null")).text;
    EXPECT_EQ(json.find(R"({"schema":"applivery.wait/1","outcome":"processed","elapsedMs":)"), 0U) << json;
    EXPECT_NE(json.find(R"("build":{"id":"b1","status":"processed")"), std::string::npos) << json;
    const std::string failure = shell(waitFor("--build-id b1 -o json 2>/dev/null", "wrong-token-5566")).text;
    EXPECT_EQ(failure.find(R"({"schema":"applivery.wait/1","error":{"kind":"authentication","code":4004)"), 0U)
        << failure;
}

TEST_F(WaitCommand, PrintsALineForEachChangeWithoutATerminal) {
    addBuild(processed);
    EXPECT_EQ(shell(waitFor("--build-id b1 2>&1 >/dev/null")).text,
              "applivery-builds: waiting for build b1, for 20m at most\n"
              "applivery-builds: found 2.4.0 (7) ios b1: processed after 0s\n");
}

TEST_F(WaitCommand, RewritesOneLineOnATerminal) {
    addBuild(pending);
    const std::string command = waitFor("--build-id b1 --timeout 1s > /dev/null");
    const std::string text = shell("export TERM=xterm; script -qec \"" + command + "\" /dev/null").text;
    EXPECT_NE(text.find("\r\x1b[K| pending  0s of 1s"), std::string::npos) << text;
    EXPECT_EQ(shell("export TERM=dumb; script -qec \"" + command + "\" /dev/null").text.find('\x1b'),
              std::string::npos);
}

// ---- CI systems ----

TEST_F(WaitCommand, ReportsToGitHubOnceWithEscapedText) {
    addBuild(hostileFailure);
    std::string command = waitFor("--build-id b1 -o json");
    command.replace(command.find("GITHUB_ACTIONS="), 15,
                    "GITHUB_ACTIONS=true GITHUB_OUTPUT=" + file("out") + " GITHUB_STEP_SUMMARY=" + file("summary"));
    const Outcome outcome = shell(command);
    EXPECT_EQ(outcome.code, 5);
    EXPECT_NE(outcome.text.find("\n::error title=Applivery build b1::"), std::string::npos) << outcome.text;
    EXPECT_EQ(outcome.text.find("\n::set-output"), std::string::npos);
    EXPECT_EQ(outcome.text.find("##vso["), std::string::npos);
    EXPECT_EQ(outcome.text.find("##["), std::string::npos);
    EXPECT_EQ(outcome.text.find('\x1b'), std::string::npos);
    const std::string outputs = shell("cat " + file("out")).text;
    EXPECT_EQ(outputs.find("build-id<<applivery_"), 0U) << outputs;
    EXPECT_NE(outputs.find("\nb1\napplivery_"), std::string::npos);
    const std::string summary = shell("cat " + file("summary")).text;
    EXPECT_EQ(summary.find("<b>"), std::string::npos) << summary;
    EXPECT_NE(summary.find("| version-name |"), std::string::npos);
}

TEST_F(WaitCommand, ReportsNoErrorToGitHubForAProcessedBuild) {
    addBuild(processed);
    EXPECT_EQ(shell(waitFor("--build-id b1 --ci github")).text.find("::error"), std::string::npos);
}

TEST_F(WaitCommand, EscapesTextForAzure) {
    addBuild(hostileFailure);
    const std::string text = shell(waitFor("--build-id b1 --ci azure 2>&1 >/dev/null")).text;
    EXPECT_NE(text.find("##vso[task.logissue type=error;code=50%3B07%5D]"), std::string::npos) << text;
    EXPECT_NE(text.find("##vso[task.setvariable variable=APPLIVERY_BUILD_ID;isOutput=true]b1\n"), std::string::npos);
    EXPECT_EQ(text.find("##vso[task.x]"), std::string::npos);
}

TEST_F(WaitCommand, WritesAnEnvFileWithoutShellCommands) {
    addBuild(R"("id":"b1","status":"processed","versionName":"$(id) `id`; rm 'x'")");
    EXPECT_EQ(shell(waitFor("--build-id b1 --env-file " + file("env"))).code, 0);
    EXPECT_EQ(
        shell(". " + file("env") + "; echo $APPLIVERY_BUILD_ID $APPLIVERY_BUILD_STATUS $APPLIVERY_VERSION_NAME").text,
        "b1 processed __id___id___rm__x_\n");
}

TEST_F(WaitCommand, FailsIfTheEnvFileIsUnwritable) {
    addBuild(processed);
    EXPECT_EQ(shell(waitFor("--build-id b1 --env-file /no/such/folder/env")).code, 1);
}

// ---- latest and filters ----

TEST_F(WaitCommand, WaitsForTheNewestMatchWithLatest) {
    for (const char* build : {R"("id":"b1","status":"processed","deployer":{"info":{"branch":"main"}})",
                              R"("id":"b2","status":"processed","deployer":{"info":{"branch":"main"}})",
                              R"("id":"b3","status":"processed","deployer":{"info":{"branch":"dev"}})"}) {
        addBuild(build);
    }
    const auto latest = [&](const std::string& arguments) {
        return "APPLIVERY_APP_TOKEN=app-token-3b7e " + program + " latest --base-url " + server.baseUrl() + ' ' +
               arguments;
    };
    EXPECT_EQ(shell(latest("--branch main -o csv | tail -n 1 | cut -c 1-3")).text, "b2,\n");
    EXPECT_EQ(shell(latest("--branch none")).code, 4);
    EXPECT_EQ(shell(command("--branch dev -o ndjson | wc -l")).text, "1\n");
}

}  // namespace
}  // namespace applivery
