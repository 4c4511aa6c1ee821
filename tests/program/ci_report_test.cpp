/// @file
/// Output of `applivery-builds` for CI systems: commands in data, reports of `wait`, `--env-file`, and the log of a
/// job.
#include "mock_server/temporary_directory.hpp"
#include "program/program_test.hpp"

#include <cstddef>
#include <fstream>
#include <sstream>
#include <string>

namespace applivery {
namespace {

using test::Outcome;
using test::shell;

class CiJob : public test::ListCommand {
protected:
    CiJob() { data.assign({}); }

    void addBuild(const std::string& members) { data.addJson("{\"id\":\"b1\"," + members + '}'); }

    [[nodiscard]] std::string file(const char* name) const { return (folder.path() / name).string(); }

    [[nodiscard]] std::string textOf(const char* name) const {
        std::ostringstream text;
        text << std::ifstream(file(name)).rdbuf();
        return text.str();
    }

    mock::TemporaryDirectory folder;
};

constexpr const char* hostile = R"("status":"error","error":"##teamcity[buildStatus text=|'x|']","os":"##teamcity[x]",)"
                                R"("errorCode":"##teamcity[x]","versionName":"##teamcity[setParameter name=a]",)"
                                R"("versionCode":"$(SECRET) %env.SECRET% ]; id",)"
                                R"("deployer":{"info":{"branch":"#\u00ad#teamcity[x]"}})";

// ---- commands in data ----

TEST_F(CiJob, BreaksServiceMessagesInEachFormat) {
    addBuild(hostile);
    for (const char* arguments :
         {"list", "list -o csv", "list -o markdown", "list -o json", "list -o ndjson", "list --fields error,branch",
          "latest", "wait --build-id b1", "wait --build-id b1 -o json", "report -o csv", "report -o json",
          "report -o openmetrics", "overview", "overview -o markdown", "overview -o json"}) {
        const Outcome outcome = shell(run(arguments));
        EXPECT_NE(outcome.text.find("teamcity"), std::string::npos) << arguments << outcome.text;
        EXPECT_EQ(outcome.text.find("##teamcity["), std::string::npos) << arguments << outcome.text;
        EXPECT_EQ(outcome.text.find("##vso["), std::string::npos) << arguments << outcome.text;
    }
}

// ---- reports of `wait` ----

TEST_F(CiJob, ReportsToTeamCityOnStandardOutput) {
    addBuild(R"("status":"error","errorCode":"5007","error":"Profile [A|B] 'expired' é 😀","versionName":"2.4.0")");
    const Outcome outcome = shell(run("wait --build-id b1 2>/dev/null", "TEAMCITY_VERSION=2025.11"));
    EXPECT_EQ(outcome.code, 5);
    EXPECT_EQ(outcome.text.find("##teamcity[buildProblem description='Applivery build b1: 2.4.0 b1: failed: 5007 "
                                "Profile |[A||B|] |'expired|' |0x00E9 |0xD83D|0xDE00']\n"),
              0U)
        << outcome.text;
    for (const char* name : {"BUILD_ID' value='b1", "BUILD_STATUS' value='error", "ERROR_CODE' value='5007"}) {
        EXPECT_NE(outcome.text.find(std::string("\n##teamcity[setParameter name='env.APPLIVERY_") + name + "']\n"),
                  std::string::npos)
            << outcome.text;
    }
}

TEST_F(CiJob, ReportsNoProblemToTeamCityForAProcessedBuild) {
    addBuild(R"("status":"processed")");
    const std::string text = shell(run("wait --build-id b1 2>/dev/null", "TEAMCITY_VERSION=2025.11")).text;
    EXPECT_EQ(text.find("buildProblem"), std::string::npos) << text;
    EXPECT_NE(text.find("b1: processed after 0s\n"), std::string::npos) << text;
}

TEST_F(CiJob, WritesOnlyTheDocumentToStandardOutputInTeamCity) {
    addBuild(R"("status":"error")");
    EXPECT_EQ(shell(run("wait --build-id b1 -o json --ci teamcity 2>/dev/null | grep -vc applivery.wait")).text, "0\n");
    EXPECT_NE(shell(run("wait --build-id b1 -o json --ci teamcity 2>&1 >/dev/null")).text.find("##teamcity[build"),
              std::string::npos);
}

TEST_F(CiJob, SetsVariablesWithoutReferencesAndShellCommands) {
    addBuild(hostile);
    const std::string azure = shell(run("wait --build-id b1 --ci azure 2>&1 >/dev/null")).text;
    EXPECT_NE(azure.find("##vso[task.setvariable variable=APPLIVERY_VERSION_CODE;isOutput=true]__SECRET___env.SECRET__"
                         "___id\n"),
              std::string::npos)
        << azure;
    const std::string teamCity = shell(run("wait --build-id b1 --ci teamcity 2>/dev/null")).text;
    EXPECT_NE(teamCity.find("name='env.APPLIVERY_VERSION_CODE' value='__SECRET___env.SECRET_____id']"),
              std::string::npos)
        << teamCity;
}

TEST_F(CiJob, SetsTheOutputsOfTheGuide) {
    addBuild(R"("status":"error","errorCode":"5007","versionName":"2.4.0","versionCode":"7")");
    EXPECT_EQ(
        shell(run("wait --build-id b1 --ci github --env-file " + file("env"), "GITHUB_OUTPUT=" + file("out"))).code, 5);
    std::ostringstream guide;
    guide << std::ifstream(APPLIVERY_GUIDE "/ci.md").rdbuf();
    std::istringstream variables(textOf("env"));
    int count = 0;
    for (std::string line; std::getline(variables, line); ++count) {
        const std::string variable = line.substr(0, line.find('='));
        const std::size_t row = guide.str().find("` | `" + variable + "` | ");
        ASSERT_NE(row, std::string::npos) << variable;
        const std::size_t start = guide.str().rfind('`', row - 1) + 1;
        EXPECT_NE(textOf("out").find(guide.str().substr(start, row - start) + "<<"), std::string::npos) << variable;
    }
    EXPECT_EQ(count, 6);
}

// ---- --env-file ----

TEST_F(CiJob, WritesAnEnvFileWithinTheLimitsOfGitLab) {
    const std::string longText(3000, 'v');
    addBuild(R"("status":"error","errorCode":")" + longText + R"(","versionName":")" + longText +
             R"(","versionCode":")" + longText + '"');
    EXPECT_EQ(shell(run("wait --build-id b1 --env-file " + file("env"))).code, 5);
    EXPECT_LT(textOf("env").size(), 5000U);
    EXPECT_NE(textOf("env").find("APPLIVERY_BUILD_ID=b1\nAPPLIVERY_BUILD_STATUS=error\nAPPLIVERY_VERSION_NAME=vvv"),
              std::string::npos)
        << textOf("env");
}

TEST_F(CiJob, KeepsNoEarlierResultIfTheCommandLineIsRefused) {
    for (const char* arguments : {"wait --build-id b1 --timeout 1x --env-file ",
                                  "wait --build-id b1 --env-fiel x --env-file=", "wait --build-id  --env-file ",
                                  "wiat --build-id b1 --env-file ", "wait --app a --app b --env-file ",
                                  "wait --build-id b1 --record /nonexistent/x --env-file "}) {
        std::ofstream(file("env")) << "APPLIVERY_BUILD_STATUS=processed\n";
        EXPECT_NE(shell(run(arguments + file("env"))).code, 0);
        EXPECT_EQ(textOf("env"), "") << arguments;
    }
}

TEST_F(CiJob, KeepsTheFileOfACommandWithoutAnEnvFile) {
    for (const char* arguments : {"list --env-file ", "latest --env-file="}) {
        std::ofstream(file("env")) << "SECRET=1\n";
        EXPECT_EQ(shell(run(arguments + file("env"))).code, 2);
        EXPECT_EQ(textOf("env"), "SECRET=1\n") << arguments;
    }
}

TEST_F(CiJob, KeepsTheEnvFileIfItPrintsHelp) {
    std::ofstream(file("env")) << "APPLIVERY_BUILD_STATUS=processed\n";
    EXPECT_EQ(shell(run("wait --help --env-file " + file("env"))).code, 0);
    EXPECT_EQ(textOf("env"), "APPLIVERY_BUILD_STATUS=processed\n");
}

// ---- the log of a job ----

TEST_F(CiJob, PrintsPlainLinesOnAPseudoTerminal) {
    addBuild(R"("status":"pending")");
    for (const char* system : {"CI=true", "TF_BUILD=True", "JENKINS_URL=http://ci", "TEAMCITY_VERSION=2025.11"}) {
        const std::string command = run("wait --build-id b1 --timeout 1s --ci none", system);
        const std::string text = shell("export TERM=xterm; script -qec \"" + command + "\" /dev/null").text;
        EXPECT_EQ(text.find('\x1b'), std::string::npos) << system << text;
        EXPECT_EQ(text.find("applivery-builds: waiting for build b1, for 1s at most\r\n"), 0U) << system << text;
    }
}

TEST_F(CiJob, PrintsNoColorsAndNoProgressOnAPseudoTerminal) {
    addBuild(R"("status":"processed")");
    for (const char* arguments : {"list", "list --all", "overview"}) {
        const std::string command = run(arguments, "CI=true");
        const std::string text = shell("export TERM=xterm; script -qec \"" + command + "\" /dev/null").text;
        EXPECT_EQ(text.find('\x1b'), std::string::npos) << arguments << text;
    }
}

TEST_F(CiJob, PrintsLinesBesideADocument) {
    addBuild(R"("status":"processed")");
    EXPECT_EQ(shell(run("wait --build-id b1 -o json 2>&1 >/dev/null", "CI=true")).text,
              "applivery-builds: waiting for build b1, for 20m at most\n"
              "applivery-builds: found build b1: processed after 0s\n");
    EXPECT_EQ(shell(run("wait --build-id b1 -o json 2>&1 >/dev/null", "CI=false")).text, "");
}

}  // namespace
}  // namespace applivery
