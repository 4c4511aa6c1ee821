/// @file
/// `applivery-builds overview`: numbers of each app and system, and failed apps.
#include "mock_server/temporary_directory.hpp"
#include "program/program_test.hpp"
#include "program/text/text_format.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <sstream>
#include <string>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using mock::BuildSpec;
using test::Outcome;
using test::program;
using test::shell;

BuildSpec specOf(const std::string& id, const std::string& status, std::chrono::seconds age) {
    BuildSpec spec;
    spec.id = id;
    spec.status = status;
    spec.createdAt = std::chrono::system_clock::now() - age;
    return spec;
}

class Overview : public test::ListCommand {
protected:
    Overview() {
        data.assign({});
        server.accounts().addApp("other");
        server.accounts().addOrganization("both-id", "both", {mock::sample::applicationId, "other"});
        server.accounts().addServiceAccount("both-token-0123", "both-id");
    }

    void addBuild(BuildSpec spec, const std::string& version, const std::string& os = "ios", int processTime = 37) {
        spec.versionName = version;
        spec.os = os;
        spec.processTime = processTime;
        data.add(spec);
    }

    [[nodiscard]] std::string overview(const std::string& arguments,
                                       const std::string& token = mock::sample::appToken) const {
        return "APPLIVERY_APP_TOKEN=" + token + ' ' + program + " overview --base-url " + server.baseUrl() + ' ' +
               arguments;
    }

    [[nodiscard]] std::string ofApps(const std::string& arguments) const {
        return "APPLIVERY_SERVICE_ACCOUNT_TOKEN=both-token-0123 APPLIVERY_ORGANIZATION_ID=both " + program +
               " overview --base-url " + server.baseUrl() + " --app other --app " + mock::sample::applicationId + ' ' +
               arguments;
    }

    // Returns the output of the command on a terminal with 80 columns.
    // @param setup shell commands that run before the command.
    [[nodiscard]] static Outcome onTerminal(const std::string& command, const std::string& setup = "") {
        return shell("export TERM=xterm " + setup + "; script -qec \"stty cols 80; " + command + "\" /dev/null");
    }

    static std::vector<std::string> linesOf(const std::string& text) {
        std::vector<std::string> lines;
        std::istringstream stream(text);
        for (std::string line; std::getline(stream, line);) lines.push_back(line);
        return lines;
    }

    // Returns the first line that contains the part; empty if there is none.
    static std::string lineWith(const std::string& text, const std::string& part) {
        for (const std::string& line : linesOf(text)) {
            if (line.find(part) != std::string::npos) return line;
        }
        return {};
    }
};

TEST_F(Overview, HasARowForEachSystem) {
    addBuild(specOf("a1", "error", 26h), "3.0", "android");
    addBuild(specOf("i1", "processed", 50h), "2.3", "ios", 10);
    addBuild(specOf("i2", "processed", 3h + 1min), "2.4", "ios", 20);
    addBuild(specOf("i3", "pending", 14min + 1s), "2.5");
    addBuild(specOf("i4", "in_progress", 5min + 1s), "2.6");
    const Outcome outcome = shell(overview("2>/dev/null"));
    EXPECT_EQ(outcome.code, 0);
    const auto lines = linesOf(outcome.text);
    ASSERT_EQ(lines.size(), 6U) << outcome.text;
    EXPECT_EQ(lines[0], "OS       NEWEST   STATE           PROCESSED   WAITING    FAILED  P50/P90");
    EXPECT_EQ(lines[1], "android  3.0 (1)  error 1d        none        -          1/1     -");
    EXPECT_EQ(lines[2], "ios      2.6 (1)  in_progress 5m  3h 2.4 (1)  2 for 14m  0/4     10/20");
    EXPECT_EQ(lines[3], "total: 1 app, 5 builds, 1 failed, 2 waiting");
    EXPECT_EQ(lines[4].find("from 20"), 0U) << lines[4];
    EXPECT_EQ(lines[5], "P50/P90: processing time; the service documents no unit");
}

TEST_F(Overview, CoversThirtyDaysByDefault) {
    addBuild(specOf("i1", "error", 24h * 40), "1.0");
    EXPECT_NE(shell(overview("")).text.find("\nno builds on 1 page\n"), std::string::npos);
    EXPECT_NE(shell(overview("--since 50d")).text.find("error 40d"), std::string::npos);
    EXPECT_EQ(shell(overview("--since yesterday")).code, 2);
}

TEST_F(Overview, ShowsAFailedAppAndExitsWith9) {
    addBuild(specOf("i1", "processed", 2h), "2.4");
    const Outcome outcome = shell(ofApps("--app nowhere 2>/dev/null"));
    EXPECT_EQ(outcome.code, 9);
    EXPECT_NE(lineWith(outcome.text, "nowhere").find("not read: page 1: GET "), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("total, incomplete: 2 of 3 apps, 1 build, 0 failed"), std::string::npos)
        << outcome.text;
    EXPECT_EQ(lineWith(outcome.text, "other"), "other                     no builds on 1 page") << outcome.text;
    EXPECT_NE(shell(ofApps("--app nowhere >/dev/null")).text.find("applivery-builds: nowhere: page 1: "),
              std::string::npos);
}

TEST_F(Overview, ShowsNoNumbersForAnIncompleteApp) {
    for (int i = 0; i < 150; ++i) addBuild(specOf("i" + std::to_string(i), "processed", 2h), "2.4");
    server.enqueueForPage(2, mock::apiError(403, 4003, "Forbidden"));
    const Outcome outcome = shell(ofApps("2>/dev/null"));
    EXPECT_EQ(outcome.code, 9);
    EXPECT_EQ(outcome.text.find("2.4 (1)"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("not read: page 2: "), std::string::npos) << outcome.text;
}

TEST_F(Overview, ExitsWithTheCodeOfTheFirstFailureIfAllAppsFail) {
    const Outcome outcome = shell(overview("", "wrong-token-5566"));
    EXPECT_EQ(outcome.code, 3);
    EXPECT_NE(outcome.text.find("incomplete: 0 of 1 app, 0 builds"), std::string::npos) << outcome.text;
    EXPECT_EQ(shell("APPLIVERY_SERVICE_ACCOUNT_TOKEN=both-token-0123 " + program + " overview --base-url " +
                    server.baseUrl() + " --organization both --app nowhere")
                  .code,
              4);
}

TEST_F(Overview, ReadsTheAppsFromAFile) {
    const mock::TemporaryDirectory folder;
    const std::string file = (folder.path() / "apps.txt").string();
    shell("echo more > " + file);
    EXPECT_NE(lineWith(shell(ofApps("--apps-file " + file + " 2>/dev/null")).text, "more").find("not read"),
              std::string::npos);
}

TEST_F(Overview, ShowsTheNamesOfTheAppsFile) {
    const mock::TemporaryDirectory folder;
    const std::string file = (folder.path() / "apps.txt").string();
    shell("echo other Retail bank > " + file);
    addBuild(specOf("i1", "processed", 2h), "2.4");
    EXPECT_EQ(lineWith(shell(ofApps("--apps-file " + file)).text, "Retail bank").find("Retail bank  "), 0U);
    EXPECT_NE(shell(ofApps("-o markdown --apps-file " + file)).text.find("| Retail bank | no builds"),
              std::string::npos);
    EXPECT_NE(shell(ofApps("-o json --apps-file " + file)).text.find(R"("app":"other","name":"Retail bank")"),
              std::string::npos);
}

TEST_F(Overview, WritesOneJsonDocument) {
    BuildSpec failed = specOf("i2", "error", 1h);
    failed.versionCode.clear();
    addBuild(specOf("i1", "processed", 2h), "2.4");
    addBuild(failed, "2.5\x1b\"");
    const std::string json = shell(ofApps("--app nowhere -o json 2>/dev/null")).text;
    EXPECT_EQ(json.find(R"({"schema":"applivery.overview/1","at":"20)"), 0U) << json;
    EXPECT_NE(json.find(R"({"builds":2,"failed":1,"waiting":0,"app":")" + std::string(mock::sample::applicationId) +
                        R"(","appName":"Meridian","os":"ios","newest":{"id":"i2",)"),
              std::string::npos)
        << json;
    EXPECT_NE(json.find(R"("newestProcessed":{"id":"i1","versionName":"2.4","versionCode":"1","status":"processed",)"),
              std::string::npos)
        << json;
    EXPECT_NE(json.find(R"("processTime":{"count":1,"p50":37,"p90":37,"exact":true,"unit":"undocumented"})"),
              std::string::npos)
        << json;
    EXPECT_NE(
        json.find(
            R"("totals":{"apps":3,"appsUnread":1,"builds":2,"failed":1,"waiting":0},"buildsOfUnknownAge":0,"totalsChanged":false,"complete":false)"),
        std::string::npos)
        << json;
    EXPECT_NE(json.find(R"({"app":"nowhere","error":{"kind":"notFound","code":3001,"http":404,)"), std::string::npos)
        << json;
    EXPECT_NE(shell(ofApps("-o json")).text.find(R"("complete":true,"errors":[]})"), std::string::npos);
}

TEST_F(Overview, WritesJsonForOtherParsers) {
    addBuild(specOf("i1", "processed", 2h), "2.4 \"\\\\ \xE5\x9C\xB0");
    const auto json = nlohmann::json::parse(shell(ofApps("--app nowhere -o json 2>/dev/null")).text);
    EXPECT_EQ(json.at("rows").size(), 2U) << "also of the app without builds";
    EXPECT_EQ(json.at("errors").size(), 1U);
    EXPECT_EQ(json.at("rows").at(1).at("newest").at("ageSeconds").get<int>() / 3600, 2);
}

TEST_F(Overview, ComparesWithThePreviousPeriod) {
    addBuild(specOf("i1", "processed", 24h * 100), "2.3", "ios", 10);
    addBuild(specOf("i2", "processed", 24h * 40), "2.4", "ios", 20);
    addBuild(specOf("i3", "error", 24h * 2), "2.5");
    addBuild(specOf("i4", "processed", 3h + 1min), "2.6", "ios", 30);
    const auto lines = linesOf(shell(overview("--previous")).text);
    ASSERT_EQ(lines.size(), 6U);
    EXPECT_EQ(lines[1], "ios  2.6 (1)  processed 3h  3h 2.6 (1)  -        1/2 (+1/+1)  30/30 (+10/+10)");
    EXPECT_EQ(lines[4].substr(lines[4].size() - 29), ", which has 1 build, 0 failed");
}

TEST_F(Overview, PrintsOneLineOfJson) {
    addBuild(specOf("i1", "processed", 2h), "2.4");
    const std::string text = shell(ofApps("-o ndjson")).text;
    EXPECT_EQ(linesOf(text).size(), 1U) << text;
    EXPECT_EQ(nlohmann::json::parse(text).at("schema"), "applivery.overview/1");
}

TEST_F(Overview, WritesAMarkdownTable) {
    addBuild(specOf("i1", "processed", 2h), "1|<b>`x`");
    const auto lines = linesOf(shell(overview("-o markdown")).text);
    ASSERT_EQ(lines.size(), 7U);
    EXPECT_EQ(lines[0], "| OS | NEWEST | STATE | PROCESSED | WAITING | FAILED | P50/P90 |");
    EXPECT_EQ(lines[1], "| --- | --- | --- | --- | --- | --- | --- |");
    EXPECT_EQ(
        lines[2],
        "| ios | 1\\|&lt;b&gt;\\`x\\` \\(1\\) | processed 2h | 2h 1\\|&lt;b&gt;\\`x\\` \\(1\\) | \\- | 0/1 | 37/37 |");
    EXPECT_EQ(lines[3], "");
    EXPECT_EQ(lines[4], "total: 1 app, 1 build, 0 failed, 0 waiting  ");
}

TEST_F(Overview, WritesAMarkdownRowForAFailedApp) {
    const std::string line = lineWith(shell(ofApps("--app nowhere -o markdown 2>/dev/null")).text, "nowhere");
    EXPECT_EQ(line.find("| nowhere | not read: page 1: GET "), 0U) << line;
    EXPECT_EQ(line.substr(line.size() - 21), ". |  |  |  |  |  |  |") << line;
}

TEST_F(Overview, EscapesServerText) {
    addBuild(specOf("i1", "processed", 2h), "\x1b[31m\n::error::x ##vso[a]");
    for (const char* form : {"table", "json", "markdown"}) {
        const Outcome outcome = shell(overview(std::string("-o ") + form));
        EXPECT_EQ(outcome.code, 0);
        EXPECT_EQ(outcome.text.find('\x1b'), std::string::npos) << outcome.text;
        EXPECT_EQ(outcome.text.find("\n::error"), std::string::npos) << outcome.text;
        EXPECT_EQ(outcome.text.find("##vso["), std::string::npos) << outcome.text;
    }
}

TEST_F(Overview, FitsATerminalWithAnyText) {
    const std::string wide(900, 'x');
    std::string chinese;
    for (int i = 0; i < 100; ++i) chinese += "\u5730\u56f3";
    addBuild(specOf("a1", "processed", 24h * 29), chinese, "android");
    addBuild(specOf("i1", wide, 24h * 29), wide, "ios");
    addBuild(specOf("x1", "processed", 24h * 29), wide, wide);
    const Outcome outcome = onTerminal(ofApps("--app " + wide + " --no-color 2>/dev/null"));
    for (std::string line : linesOf(outcome.text)) {
        line.pop_back();  // the carriage return of the terminal
        EXPECT_LE(applivery::program::displayWidth(line), 80U) << line;
    }
    EXPECT_NE(outcome.text.find("\u5730"), std::string::npos) << outcome.text;
}

TEST_F(Overview, AddsColorsToWordsOnlyOnATerminal) {
    addBuild(specOf("i1", "error", 2h), "2.4");
    const std::string colored = onTerminal(overview("")).text;
    EXPECT_NE(colored.find("\x1b[31merror 2h\x1b[0m"), std::string::npos) << colored;
    EXPECT_NE(colored.find("\x1b[31m1/1\x1b[0m"), std::string::npos) << colored;
    EXPECT_EQ(onTerminal(overview("--no-color 2>/dev/null")).text.find('\x1b'), std::string::npos);
    EXPECT_EQ(onTerminal(overview("2>/dev/null"), "NO_COLOR=1").text.find('\x1b'), std::string::npos);
    EXPECT_EQ(shell(overview("")).text.find('\x1b'), std::string::npos);
}

TEST_F(Overview, ShowsAProgressLineOnATerminal) {
    server.setDelay(300ms);
    for (int i = 0; i < 150; ++i) addBuild(specOf("i" + std::to_string(i), "processed", 2h), "2.4");
    const std::string text = onTerminal(overview("> /dev/null")).text;
    EXPECT_NE(text.find(" builds/s"), std::string::npos) << text;
    EXPECT_EQ(text.substr(text.size() - 4), "\r\x1b[K") << "it is taken away";
}

TEST_F(Overview, ExitsWith1IfTheOutputIsUnwritable) {
    EXPECT_EQ(shell(overview("> /dev/full")).code, 1);
}

TEST_F(Overview, KeepsTheExitCodeIfTheReaderHasClosed) {
    const mock::TemporaryDirectory folder;
    const std::string start = (folder.path() / "gone").string();
    // The reader closes its end of the pipe first. Then it writes to the named pipe, which starts the command.
    const auto withClosedReader = [&](const std::string& command) {
        return shell("mkfifo " + start + "; { read -r line < " + start + "; " + command +
                     "; echo code $? >&2; } | { exec <&-; echo > " + start + "; }; rm " + start)
            .text;
    };
    const std::string text = withClosedReader(ofApps("--app nowhere"));
    EXPECT_NE(text.find("applivery-builds: nowhere: page 1: "), std::string::npos) << text;
    EXPECT_NE(text.find("code 9\n"), std::string::npos) << text;
    EXPECT_EQ(withClosedReader(overview("")), "code 0\n");
    const std::string watched = withClosedReader(ofApps("--app nowhere --watch"));
    EXPECT_NE(watched.find("applivery-builds: nowhere: page 1: "), std::string::npos) << watched;
    EXPECT_NE(watched.find("code 9\n"), std::string::npos) << watched;
}

TEST_F(Overview, AcceptsAnIntervalOnlyWithWatch) {
    EXPECT_EQ(shell(overview("--interval 5s")).code, 2);
    for (const char* const interval : {"0", "0s", "nothing"}) {
        EXPECT_EQ(shell(overview("--watch --interval " + std::string(interval))).code, 2) << interval;
    }
    EXPECT_EQ(server.requestCount(), 0U);
}

}  // namespace
}  // namespace applivery
