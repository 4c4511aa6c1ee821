/// @file
/// Reports for programs: OpenMetrics (read by other parsers), JSON and CSV.
#include "mock_server/temporary_directory.hpp"
#include "program/report/report.hpp"
#include "program/report_time.hpp"
#include "support/process.hpp"

#include <applivery/build.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <string>

namespace applivery::program {
namespace {

using std::chrono::hours;
using test::emptyReport;
using test::now;

constexpr const char* hostile = "a\"b\\c\nd,}# EOF\x1b[31m <script>\xff";

Build buildOf(BuildStatus status, const std::string& text) {
    Build build;
    build.id = text;
    build.status = status;
    build.os = Os::ios;
    build.versionName = text;
    build.createdAt = now - hours{3};
    build.processTime = 37.5;
    build.queuedTime = 2;
    build.size = 1234;
    build.errorCode = text;
    build.error = text;
    build.deployer = Deployer{text, DeployerInfo{}};
    build.deployer->info->branch = text;
    build.info.ios = IosInfo{IosPlist{}, MobileProvision{}};
    build.info.ios->plist->bundleIdentifier = text;
    build.info.ios->mobileProvision->expirationDate = now + hours{48};
    return build;
}

Report reportOf(const std::string& text) {
    Report report{BuildStatistics{Period{now}}};
    for (const BuildStatus status : {BuildStatus::processed, BuildStatus::error, BuildStatus::pending}) {
        report.statistics.add(buildOf(status, text), text);
    }
    report.unread.push_back({text, text});
    return report;
}

Report selectedReport() {
    return {BuildStatistics{Period{now, now - hours{24 * 30}}}, {{"status", "error"}, {"branch", "\"a\\b\""}}};
}

// Returns the output of a program for metrics on its standard input.
test::Outcome checked(const Report& report, const std::string& command) {
    const mock::TemporaryDirectory folder;
    const std::string path = (folder.path() / "metrics").string();
    std::ofstream(path) << reportMetrics(report);
    return test::runInShell(command + " < " + path);
}

const std::string parser =
    "/usr/bin/python3 -c \"import sys; from prometheus_client.openmetrics.parser import text_fd_to_metric_families as "
    "f\n"
    "for family in f(sys.stdin):\n"
    "    for s in family.samples: print(s.name, sorted(s.labels.items()), float(s.value))\"";

TEST(ReportMetrics, AreReadByPrometheusClient) {
    const test::Outcome parsed = checked(reportOf("shop"), parser);
    EXPECT_EQ(parsed.code, 0) << parsed.text;
    for (const char* const line :
         {"applivery_builds [('app', 'shop'), ('os', 'ios'), ('state', 'processed')] 1.0\n",
          "applivery_newest_processed_build_age_seconds [('app', 'shop'), ('os', 'ios')] 10800.0\n",
          "applivery_oldest_waiting_build_age_seconds [('app', 'shop'), ('os', 'ios')] 10800.0\n",
          "applivery_build_process_time_bucket [('app', 'shop'), ('le', '20.0'), ('os', 'ios')] 0.0\n",
          "applivery_build_process_time_bucket [('app', 'shop'), ('le', '50.0'), ('os', 'ios')] 1.0\n",
          "applivery_build_process_time_sum [('app', 'shop'), ('os', 'ios')] 37.5\n", "172800.0\n",
          "applivery_report_complete [] 0.0\n", "applivery_app_unread [('app', 'shop')] 1.0\n"}) {
        EXPECT_NE(parsed.text.find(line), std::string::npos) << line << parsed.text;
    }
    EXPECT_EQ(checked(emptyReport(), parser).code, 0);
    const test::Outcome escaped = checked(reportOf(hostile), parser);
    EXPECT_EQ(escaped.code, 0) << escaped.text;
    EXPECT_NE(escaped.text.find("a\"b\\\\c\\\\nd,}# EOF\\\\x1b[31m <script>\\\\xff"), std::string::npos)
        << escaped.text;
}

TEST(ReportMetrics, PassPromtool) {
    for (const Report& report : {reportOf("shop"), reportOf(hostile), emptyReport(), selectedReport()}) {
        const test::Outcome outcome = checked(report, "promtool check metrics");
        EXPECT_EQ(outcome.code, 0) << outcome.text;
        EXPECT_EQ(outcome.text, "");
    }
}

TEST(ReportMetrics, NameTheSelectionOfBuilds) {
    EXPECT_NE(reportMetrics(emptyReport())
                  .find("# HELP applivery_builds Builds by state. Of all builds that the service lists. Values can "
                        "decrease, because builds are deleted or leave the period.\n"),
              std::string::npos);
    const std::string text = reportMetrics(selectedReport());
    EXPECT_NE(text.find(" Of builds since 2024-10-12 12:00 UTC with status=error, branch='a\\\\b'. "),
              std::string::npos)
        << text;
    EXPECT_EQ(text.find("all builds"), std::string::npos) << text;
}

TEST(ReportMetrics, NameAnAppConsistently) {
    Report report{BuildStatistics{Period{now}}};
    Build build = buildOf(BuildStatus::processed, "1");
    build.applicationInfo.name = "Meridian";
    report.statistics.add(build, "");
    report.unread.push_back({"", "page 3: away"});
    const std::string text = reportMetrics(report);
    EXPECT_EQ(text.find("app=\"\""), std::string::npos) << text;
    EXPECT_NE(text.find("applivery_app_unread{app=\"Meridian\"} 1\n"), std::string::npos) << text;
    EXPECT_NE(text.find("time_left_seconds{app=\"Meridian\",bundle=\"1\""), std::string::npos) << text;
}

TEST(ReportMetrics, DistinguishAnAbsentSystemFromOneNamedUnknown) {
    Report report{BuildStatistics{Period{now}}};
    for (const char* const os : {"", "unknown", "unknown"}) {
        Build build = buildOf(BuildStatus::processed, "1");
        build.os = OpenEnum<Os>::fromText(os);
        report.statistics.add(build, "shop");
    }
    const std::string text = reportMetrics(report);
    EXPECT_NE(text.find("applivery_builds{app=\"shop\",os=\"\",state=\"processed\"} 1\n"), std::string::npos) << text;
    EXPECT_NE(text.find("applivery_builds{app=\"shop\",os=\"unknown\",state=\"processed\"} 2\n"), std::string::npos);
}

TEST(ReportMetrics, AddEqualSeries) {
    Report report{BuildStatistics{Period{now}}};
    int hoursOld = 0;
    for (const char* const os : {"\x1b", "\\x1b"}) {
        for (const BuildStatus status : {BuildStatus::processed, BuildStatus::pending}) {
            Build build = buildOf(status, "1");
            build.os = OpenEnum<Os>::fromText(os);
            build.createdAt = now - hours{++hoursOld};
            report.statistics.add(build, "shop");
        }
    }
    const std::string text = reportMetrics(report);
    const std::string labels = R"({app="shop",os="\\x1b")";
    EXPECT_NE(text.find("applivery_builds" + labels + ",state=\"processed\"} 2\n"), std::string::npos) << text;
    EXPECT_NE(text.find("applivery_newest_processed_build_age_seconds" + labels + "} 3600\n"), std::string::npos);
    EXPECT_NE(text.find("applivery_oldest_waiting_build_age_seconds" + labels + "} 14400\n"), std::string::npos);
    EXPECT_NE(text.find("applivery_build_process_time_count" + labels + "} 2\n"), std::string::npos);
}

TEST(ReportMetrics, PrintTimesToTheMillisecond) {
    const TimePoint time = parseWhen("2026-11-25T22:42:16Z", {}).value() + std::chrono::milliseconds{194};
    Report report{BuildStatistics{Period{time}}};
    Build build = buildOf(BuildStatus::processed, "1");
    build.createdAt = time;
    report.statistics.add(build, "shop");
    EXPECT_NE(reportMetrics(report).find("created_timestamp_seconds{app=\"shop\",os=\"ios\"} 1795646536.194\n"),
              std::string::npos)
        << reportMetrics(report);
}

TEST(ReportMetrics, EndWithAnEofLine) {
    const std::string text = reportMetrics(emptyReport());
    EXPECT_EQ(text.substr(text.size() - 6), "# EOF\n");
    EXPECT_NE(text.find("# TYPE applivery_report_complete gauge\n"), std::string::npos);
    EXPECT_NE(text.find("# UNIT applivery_oldest_waiting_build_age_seconds seconds\n"), std::string::npos);
}

TEST(ReportJson, ContainsTheNumbersByName) {
    const auto json = nlohmann::json::parse(reportJson(reportOf("shop")));
    EXPECT_EQ(json["schema"], "applivery.report/1");
    EXPECT_EQ(json["generatedAt"], "2024-11-11T12:00:00.000Z");
    EXPECT_EQ(json["complete"], false);
    const auto& group = json["groups"].at(0);
    EXPECT_EQ(group["app"], "shop");
    EXPECT_EQ(group["os"], "ios");
    EXPECT_EQ(group["builds"], 3);
    EXPECT_EQ(group["failures"], 1);
    EXPECT_EQ(group["waiting"], 1);
    EXPECT_EQ(group["processTimeP50"], 37.5);
    EXPECT_EQ(group["queuedTimeCount"], 2);
    EXPECT_EQ(group["newestProcessedAgeSeconds"], 10800);
    EXPECT_EQ(json["days"].at(0)["day"], "2024-11-11");
    EXPECT_EQ(json["weeks"].at(0)["week"], "2024-W46");
    EXPECT_EQ(json["versions"].at(0)["sizeBytes"], 1234);
    EXPECT_EQ(json["failures"].at(0)["count"], 1);
    EXPECT_EQ(json["branches"].at(0)["count"], 3);
    EXPECT_EQ(json["profiles"].at(0)["daysLeft"], 2);
    EXPECT_EQ(json["unread"].at(0)["error"], "shop");
    EXPECT_EQ(json["units"]["processTime"], "not documented");
}

TEST(ReportJson, NamesTheSelectionOfBuilds) {
    EXPECT_TRUE(nlohmann::json::parse(reportJson(emptyReport()))["selection"].empty());
    const auto selection = nlohmann::json::parse(reportJson(selectedReport()))["selection"];
    ASSERT_EQ(selection.size(), 2U);
    EXPECT_EQ(selection[1]["field"], "branch");
    EXPECT_EQ(selection[1]["value"], "\"a\\b\"");
}

TEST(ReportJson, NamesTheIncompleteTables) {
    Report report = emptyReport();
    auto json = nlohmann::json::parse(reportJson(report));
    EXPECT_TRUE(json["incompleteTables"].empty());
    EXPECT_EQ(json["totalsChanged"], false);
    for (int i = 0; i < 52; ++i) report.statistics.add(buildOf(BuildStatus::processed, std::to_string(i)), "shop");
    report.totalsChanged = true;
    json = nlohmann::json::parse(reportJson(report));
    EXPECT_EQ(json["incompleteTables"], nlohmann::json({"versions", "branches", "profiles"}));
    EXPECT_EQ(json["totalsChanged"], true);
}

TEST(ReportJson, IsValidForAnyTexts) {
    const std::string text = reportJson(reportOf(hostile));
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    const auto json = nlohmann::json::parse(text);
    EXPECT_EQ(json["failures"].at(0)["errorCode"], "a\"b\\c\nd,}# EOF\x1b[31m <script>\uFFFD");
    EXPECT_TRUE(nlohmann::json::parse(reportJson(emptyReport()))["groups"].empty());
}

TEST(ReportCsv, NamesTheTableOfEachRow) {
    const std::string csv = reportCsv(reportOf("shop"));
    EXPECT_EQ(csv.rfind("table,app,appName,os,builds,pending,", 0), 0U) << csv;
    EXPECT_NE(csv.find("\r\ngroups,shop,,ios,3,1,0,1,1,0,"), std::string::npos) << csv;
    EXPECT_NE(csv.find("\r\nprofiles,shop,"), std::string::npos) << csv;
    EXPECT_NE(csv.find("\r\nunread,shop,"), std::string::npos) << csv;
}

// Counts commas outside of quotes.
std::size_t separatorsOf(const std::string& row) {
    bool isQuoted = false;
    return static_cast<std::size_t>(std::count_if(row.begin(), row.end(), [&](char c) {
        if (c == '"') isQuoted = !isQuoted;
        return c == ',' && !isQuoted;
    }));
}

TEST(ReportCsv, HasTheSameNumberOfCellsInEachRow) {
    const std::string csv = reportCsv(reportOf("=1+1"));
    const std::size_t separators = separatorsOf(csv.substr(0, csv.find("\r\n")));
    for (std::size_t begin = 0; begin < csv.size();) {
        const std::size_t end = csv.find("\r\n", begin);
        const std::string row = csv.substr(begin, end - begin);
        EXPECT_EQ(separatorsOf(row), separators) << row;
        begin = end + 2;
    }
    EXPECT_NE(csv.find(",'=1+1,"), std::string::npos) << "no formula for a spreadsheet";
}

}  // namespace
}  // namespace applivery::program
