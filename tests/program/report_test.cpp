/// @file
/// `applivery-builds report`: files and missing builds.
#include "mock_server/build_generator.hpp"
#include "mock_server/temporary_directory.hpp"
#include "program/program_test.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using std::chrono::hours;
using test::Outcome;
using test::program;
using test::shell;

class ReportCommand : public test::ListCommand {
protected:
    ReportCommand() {
        data.assign(mock::generateBuilds(250));
        server.accounts().addApp("other").assign(mock::generateBuilds(30));
        server.accounts().addOrganization("both-id", "both", {mock::sample::applicationId, "other"});
        server.accounts().addServiceAccount("both-token-0123", "both-id");
    }

    [[nodiscard]] std::string report(const std::string& arguments) const {
        return "APPLIVERY_APP_TOKEN=" + std::string(mock::sample::appToken) + ' ' + program + " report --base-url " +
               server.baseUrl() + ' ' + arguments;
    }

    [[nodiscard]] std::string ofApps(const std::string& arguments) const {
        return "APPLIVERY_SERVICE_ACCOUNT_TOKEN=both-token-0123 APPLIVERY_ORGANIZATION_ID=both " + program +
               " report --base-url " + server.baseUrl() + ' ' + arguments;
    }

    // Replaces the builds of the app `other`.
    void setOther(const std::vector<std::pair<const char*, std::chrono::hours>>& builds) {
        mock::BuildData& other = server.accounts().addApp("other");
        other.assign({});
        for (const auto& [status, age] : builds) {
            mock::BuildSpec spec;
            spec.id = std::string(status) + std::to_string(age.count());
            spec.status = status;
            spec.createdAt = std::chrono::system_clock::now() - age;
            other.add(spec);
        }
    }

    [[nodiscard]] nlohmann::json jsonOfOther(const std::string& arguments) const {
        return nlohmann::json::parse(shell(ofApps("--app other -o json " + arguments + " 2>/dev/null")).text);
    }

    [[nodiscard]] std::string file(const char* name) const { return (folder.path() / name).string(); }

    const mock::TemporaryDirectory folder;
};

TEST_F(ReportCommand, WritesAPageAndNumbersInOneRun) {
    const Outcome outcome = shell(report("--html " + file("page.html") + " -o openmetrics -O " + file("numbers.prom")));
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_EQ(outcome.text, "");
    EXPECT_EQ(shell("head -c 15 " + file("page.html")).text, "<!DOCTYPE html>");
    EXPECT_EQ(shell("tail -n 1 " + file("numbers.prom")).text, "# EOF\n");
    EXPECT_EQ(server.requests().size(), 3U);
}

TEST_F(ReportCommand, WritesToStandardOutputToo) {
    EXPECT_EQ(shell(report("-o json")).text.rfind("{\"schema\":\"applivery.report/1\"", 0), 0U);
    EXPECT_EQ(shell(report("-o csv")).text.rfind("table,app,", 0), 0U);
    EXPECT_EQ(shell(report("--html -")).text.rfind("<!DOCTYPE html>", 0), 0U);
}

TEST_F(ReportCommand, AcceptsTheFiltersOfList) {
    const std::string text = shell(report("-o csv --os ios --status error --since 2024-11-11 --branch nowhere")).text;
    EXPECT_EQ(server.requests().at(0).parameter("os"), "ios");
    EXPECT_EQ(server.requests().at(0).parameter("status"), "error");
    EXPECT_EQ(text.find("\r\ngroups,"), std::string::npos) << "of that branch there is none: " << text;
}

// A build of unknown age is kept, because it may be new.
TEST_F(ReportCommand, LeavesOutOldAndUndatedFailuresOfAPageWithNewBuilds) {
    data.assign({});
    const auto addFailure = [&](const char* id, const char* errorCode, std::chrono::hours age) {
        mock::BuildSpec spec;
        spec.id = id;
        spec.status = "error";
        spec.errorCode = errorCode;
        spec.createdAt = std::chrono::system_clock::now() - age;
        data.add(spec);
    };
    addFailure("old", "5001", std::chrono::hours{72});
    data.addJson(R"({"id":"undated","status":"error","errorCode":"5002","os":"ios"})");
    addFailure("new", "5003", std::chrono::hours{1});
    const auto json = nlohmann::json::parse(shell(report("--since 1d -o json 2>/dev/null")).text);
    EXPECT_EQ(json["groups"].at(0)["builds"], 1);
    EXPECT_EQ(json["groups"].at(0)["failures"], 1);
    std::vector<std::string> codes;
    for (const auto& failure : json["failures"]) codes.push_back(failure["errorCode"]);
    EXPECT_EQ(codes, (std::vector<std::string>{"5003"}));
}

TEST_F(ReportCommand, NamesTheSelection) {
    const std::string text = shell(report("--os ios --status error --param a=b --branch main -o json")).text;
    EXPECT_NE(text.find(R"("selection":[{"field":"status","value":"error"},{"field":"os","value":"ios"},)"
                        R"({"field":"a","value":"b"},{"field":"branch","value":"main"}])"),
              std::string::npos)
        << text;
}

TEST_F(ReportCommand, NeedsATarget) {
    for (const char* const arguments : {"", "-O x", "--html - -o json"}) {
        const Outcome outcome = shell(report(arguments));
        EXPECT_EQ(outcome.code, 2) << arguments << outcome.text;
    }
    EXPECT_NE(shell(report("")).text.find("nothing to write; set --html FILE, or -o, or both"), std::string::npos);
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(ReportCommand, RefusesOneTargetForTwoDocuments) {
    shell("ln -s page.html " + file("link.html"));
    const std::string page = "--html " + file("page.html") + " -o json -O ";
    for (const std::string& arguments :
         {page + file("page.html"), page + file("link.html"), page + (folder.path() / "." / "page.html").string(),
          std::string("--html - -o json -O -"), std::string("--html /dev/stdout -o json"),
          std::string("--html - -o json -O /dev/stdout"), std::string("--html /dev/fd/1 -o json")}) {
        const Outcome outcome = shell(report(arguments));
        EXPECT_EQ(outcome.code, 2) << arguments;
        EXPECT_NE(outcome.text.find("--html and -o write to the same file"), std::string::npos) << arguments;
    }
    EXPECT_TRUE(server.requests().empty());
    EXPECT_EQ(shell(report(page + file("numbers.json"))).code, 0);
    EXPECT_EQ(shell(report("--html " + file("other.html") + " -o json > /dev/null")).code, 0);
}

TEST_F(ReportCommand, ComparesTheNamesOfDocumentsAsTheSystemDoes) {
    const Outcome outcome = shell(report("--html " + file("page.html") + " -o json -O " + file("PAGE.html")));
    const bool ignoresCase = std::getenv("APPLIVERY_TESTED_PROGRAM") != nullptr;  // names the program for Windows
    EXPECT_EQ(outcome.code, ignoresCase ? 2 : 0) << outcome.text;
}

TEST_F(ReportCommand, ChecksTheTargetBeforeAnyRequest) {
    const Outcome outcome = shell(report("--html /nowhere/page.html"));
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("/nowhere/page.html cannot be written"), std::string::npos) << outcome.text;
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(ReportCommand, NamesAFailedAppInEveryFormat) {
    const Outcome outcome =
        shell(ofApps("--app other --app nowhere --html " + file("page.html") + " -o csv -O " + file("rows.csv")));
    EXPECT_EQ(outcome.code, 9) << outcome.text;
    EXPECT_NE(outcome.text.find("nowhere: page 1: "), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("incomplete: builds of 1 app are missing"), std::string::npos) << outcome.text;
    const std::string page = shell("cat " + file("page.html")).text;
    EXPECT_NE(page.find("<h2>Needs attention</h2>"), std::string::npos);
    EXPECT_NE(page.find("<li><bdi>nowhere</bdi>: <bdi>Builds are missing: page 1: "), std::string::npos);
    EXPECT_NE(shell("cat " + file("rows.csv")).text.find("\r\nunread,nowhere,"), std::string::npos);
}

TEST_F(ReportCommand, AcceptsAnAppWithoutBuilds) {
    server.accounts().addApp("other").assign({});
    const Outcome outcome = shell(ofApps("--app other --app nowhere --app nowhere -o json"));
    EXPECT_EQ(outcome.code, 9) << outcome.text;
    EXPECT_NE(outcome.text.find("\"complete\":false"), std::string::npos) << outcome.text;
}

TEST_F(ReportCommand, WritesNothingIfAllAppsFail) {
    shell("echo old > " + file("page.html"));
    EXPECT_EQ(shell(ofApps("--app nowhere --app nowhere-else --html " + file("page.html"))).code, 4);
    EXPECT_EQ(shell("cat " + file("page.html")).text, "old\n");
}

TEST_F(ReportCommand, ReportsAnIncompleteList) {
    server.enqueueForPage(3, mock::apiError(403, 4003, "Forbidden"));
    const Outcome outcome = shell(report("-o json 2> " + file("said")));
    EXPECT_EQ(outcome.code, 9);
    EXPECT_NE(outcome.text.find("\"complete\":false"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("\"unread\":[\n{\"error\":\"page 3: "), std::string::npos) << outcome.text;
    EXPECT_EQ(shell("cut -c 1-9 " + file("said")).text, "{\"error\":\n{\"note\":{\n") << "one JSON object a line";
}

TEST_F(ReportCommand, ReplacesNoFileIfItIsInterrupted) {
    shell("echo old > " + file("page.html"));
    const test::SignalledCommand interrupted(report("--html " + file("page.html")));
    signalAt(2, interrupted, SIGINT);
    EXPECT_EQ(shell(interrupted.text()).code, 130);
    EXPECT_EQ(shell("cat " + file("page.html")).text, "old\n");
}

TEST_F(ReportCommand, NamesAnAppWithoutBuildsInThePeriod) {
    setOther({{"error", hours{200}}, {"processed", hours{240}}, {"processed", hours{300}}});
    const auto json = jsonOfOther("--since 1h");
    EXPECT_TRUE(json["groups"].empty());
    ASSERT_EQ(json["apps"].size(), 1U);
    EXPECT_EQ(json["apps"][0]["builds"], 0);
    EXPECT_EQ(json["apps"][0]["newestProcessedId"], "processed240");
    EXPECT_EQ(json["newestProcessed"].at(0)["os"], "ios");
    EXPECT_EQ(server.requestCount(), 2U);
}

TEST_F(ReportCommand, NamesTheNewestProcessedBuildsOfSeveralApps) {
    setOther({{"processed", hours{240}}});
    const std::string apps = std::string("--app other --app ") + mock::sample::applicationId;
    const auto json = nlohmann::json::parse(shell(ofApps(apps + " --since 1h -o json 2>/dev/null")).text);
    ASSERT_EQ(json["apps"].size(), 2U);
    for (const auto& app : json["apps"]) EXPECT_TRUE(app.contains("newestProcessedId")) << app;
}

TEST_F(ReportCommand, RequestsTheNewestProcessedBuildOnlyIfNeeded) {
    setOther({{"processed", hours{240}}});
    EXPECT_EQ(jsonOfOther("")["apps"].at(0)["newestProcessedId"], "processed240");
    EXPECT_EQ(server.requestCount(), 1U) << "all builds were read";
    EXPECT_FALSE(jsonOfOther("--since 1h --status error")["apps"].at(0).contains("newestProcessedId"));
    EXPECT_EQ(server.requestCount(), 2U) << "processed builds are not selected";
}

TEST_F(ReportCommand, IsCompleteIfTheNewestProcessedBuildCannotBeRead) {
    setOther({{"processed", hours{240}}});
    server.setHook([](const mock::RecordedRequest& request) -> std::optional<mock::ScriptedResponse> {
        if (request.parameter("status") != "processed") return std::nullopt;
        return mock::apiError(403, 4003, "Forbidden");
    });
    const Outcome outcome = shell(ofApps("--app other --since 1h -o json 2>/dev/null"));
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    const auto app = nlohmann::json::parse(outcome.text)["apps"].at(0);
    EXPECT_EQ(app["read"], true);
    EXPECT_FALSE(app.contains("newestProcessedId"));
}

TEST_F(ReportCommand, ComparesWithThePeriodBefore) {
    setOther({{"processed", hours{1}}, {"error", hours{30}}, {"processed", hours{40}}, {"processed", hours{50}}});
    const auto json = jsonOfOther("--since 24h --previous");
    EXPECT_EQ(json["groups"].at(0)["builds"], 1);
    EXPECT_EQ(json["previous"].at(0)["builds"], 2);
    EXPECT_EQ(json["previous"].at(0)["buildsChange"], -1);
    EXPECT_EQ(json["previous"].at(0)["failureRateChange"], -0.5);
}

TEST_F(ReportCommand, ComparesByTheClockOfTheService) {
    mock::ServiceRules rules = server.rules();
    rules.clockAhead = hours{3};
    server.setRules(rules);
    setOther({{"processed", hours{3 - 3}}, {"error", hours{1 - 3}}});  // ages by the clock of the service: 3 and 1
    data.assign({});
    for (const std::string& apps : {std::string(), std::string(" --app ") + mock::sample::applicationId}) {
        const auto json = jsonOfOther("--since 2h --previous" + apps);
        EXPECT_EQ(json["groups"].at(0)["newestId"], "error-2");
        EXPECT_EQ(json["groups"].at(0)["builds"], 1);
        EXPECT_EQ(json["previous"].at(0)["processed"], 1) << "its age is 3 hours by that clock";
    }
}

TEST_F(ReportCommand, RefusesPreviousWithoutSince) {
    const Outcome outcome = shell(report("-o json --previous"));
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.text.find("--previous needs --since"), std::string::npos) << outcome.text;
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(ReportCommand, ShowsTheNamesOfAFile) {
    shell("echo other The Other App > " + file("apps.txt"));
    const auto json =
        nlohmann::json::parse(shell(ofApps("--apps-file " + file("apps.txt") + " -o json 2>/dev/null")).text);
    EXPECT_EQ(json["apps"].at(0)["app"], "other");
    EXPECT_EQ(json["apps"].at(0)["appName"], "The Other App");
    EXPECT_EQ(json["groups"].at(0)["appName"], "The Other App");
}

TEST_F(ReportCommand, NamesTheInvalidLineOfAFile) {
    shell("printf \"other\\nbank;Bank\\n\" > " + file("apps.txt"));
    const Outcome outcome = shell(ofApps("--apps-file " + file("apps.txt") + " -o json"));
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.text.find("apps.txt is not valid: line 2: "), std::string::npos) << outcome.text;
}

TEST_F(ReportCommand, EndsAtASignalDuringTheRequestForTheNewestProcessedBuild) {
    setOther({{"processed", hours{240}}});
    const test::SignalledCommand interrupted(ofApps("--app other --since 1h -o json"));
    signalAt(2, interrupted, SIGINT);
    EXPECT_EQ(shell(interrupted.text()).code, 130);
}

}  // namespace
}  // namespace applivery
