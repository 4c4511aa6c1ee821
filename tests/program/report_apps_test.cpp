/// @file
/// Reports for programs: apps without builds, what requires action, tables that are cut, and the period before.
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
using test::now;

Build buildAt(hours age, BuildStatus status = BuildStatus::processed, double processTime = 10) {
    Build build;
    build.id = "id";
    build.versionName = "2.5";
    build.status = status;
    build.os = Os::ios;
    build.createdAt = now - age;
    build.processTime = processTime;
    build.size = 1000;
    return build;
}

BuildBrief oldBrief() {
    return BuildStatistics{Period{now}}.briefOf(buildAt(hours{240}));
}

// Returns a report about three apps: an app with builds, an app without builds, and an app that could not be read.
Report reportOfThree() {
    Report report{BuildStatistics{Period{now, now - hours{24}}}};
    report.statistics.add(buildAt(hours{1}), "shop");
    report.apps = {{"shop"}, {"bank", "The \"Bank\"", "", {{"ios", oldBrief()}}}, {"away"}};
    report.unread = {{"away", "page 1: not found"}};
    return report;
}

Report reportOfTwoPeriods() {
    Report report{BuildStatistics{Period{now, now - hours{24}, now - hours{48}}}};
    for (const int age : {1, 2, 3}) report.statistics.add(buildAt(hours{age}, BuildStatus::processed, 30), "shop");
    report.statistics.add(buildAt(hours{4}, BuildStatus::error), "shop");
    report.statistics.add(buildAt(hours{25}), "shop");
    report.statistics.add(buildAt(hours{26}, BuildStatus::error), "shop");
    report.statistics.add(buildAt(hours{26}), "gone");
    return report;
}

nlohmann::json jsonOf(const Report& report) {
    return nlohmann::json::parse(reportJson(report));
}

void expectPart(const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\nin\n" << text.substr(0, 3000);
}

TEST(ReportApps, HaveARowWithoutBuildsInJson) {
    const auto apps = jsonOf(reportOfThree())["apps"];
    ASSERT_EQ(apps.size(), 3U);
    EXPECT_EQ(apps[0]["app"], "away") << "the unread app is first";
    EXPECT_EQ(apps[0]["read"], false);
    EXPECT_EQ(apps[1]["app"], "shop");
    EXPECT_EQ(apps[1]["builds"], 1);
    EXPECT_EQ(apps[2]["appName"], "The \"Bank\"");
    EXPECT_EQ(apps[2]["read"], true);
    EXPECT_EQ(apps[2]["builds"], 0);
    EXPECT_EQ(apps[2]["newestProcessedAgeSeconds"], 240 * 3600);
}

TEST(ReportApps, HaveARowWithoutBuildsInCsv) {
    const std::string csv = reportCsv(reportOfThree());
    expectPart(csv, "\r\napps,bank,");
    expectPart(csv, "\r\nnewestProcessed,bank,,ios,");
}

TEST(ReportApps, HaveSeriesWithoutBuildsInOpenMetrics) {
    const std::string text = reportMetrics(reportOfThree());
    expectPart(text, "applivery_app_read{app=\"bank\",name=\"The \\\"Bank\\\"\"} 1\n");
    expectPart(text, "applivery_app_read{app=\"away\",name=\"away\"} 0\n");
    expectPart(text, "applivery_newest_processed_build_age_seconds{app=\"bank\",os=\"ios\"} 864000\n");
    expectPart(text, "applivery_newest_processed_build_age_seconds{app=\"shop\",os=\"ios\"} 3600\n");
}

TEST(ReportApps, KeepTheLabelOfAnImpliedApp) {
    Report report{BuildStatistics{Period{now, now - hours{24}}}};
    report.apps = {{"", "", "Meridian", {{"ios", oldBrief()}}}};
    expectPart(reportMetrics(report),
               "applivery_newest_processed_build_age_seconds{app=\"Meridian\",os=\"ios\"} 864000\n");
}

TEST(ReportApps, CompleteAGroupWithoutAProcessedBuild) {
    Report report{BuildStatistics{Period{now, now - hours{24}}}};
    report.statistics.add(buildAt(hours{1}, BuildStatus::error), "bank");
    report.apps = {{"bank", "", "", {{"ios", oldBrief()}}}};
    EXPECT_EQ(jsonOf(report)["groups"].at(0)["newestProcessedAgeSeconds"], 240 * 3600);
}

TEST(ReportOrder, BeginsWithWhatNeedsAttention) {
    Report report{BuildStatistics{Period{now}}};
    report.statistics.add(buildAt(hours{1}), "a");
    report.statistics.add(buildAt(hours{1}, BuildStatus::error), "b");
    report.statistics.add(buildAt(hours{2}, BuildStatus::pending), "c");
    report.unread = {{"d", "page 1: not found"}};
    const auto json = jsonOf(report);
    EXPECT_EQ(json["groups"].at(0)["app"], "b");
    EXPECT_EQ(json["groups"].at(1)["app"], "c");
    const auto& attention = json["attention"];
    ASSERT_EQ(attention.size(), 3U);
    EXPECT_EQ(attention[0]["kind"], "unread");
    EXPECT_EQ(attention[0]["error"], "page 1: not found");
    EXPECT_EQ(attention[1]["sentence"], "The newest build, 2.5 of 1h ago, failed.");
    EXPECT_EQ(attention[2]["limitSeconds"], 3600);
    EXPECT_EQ(attention[2]["buildAgeSeconds"], 7200);
    const std::string metrics = reportMetrics(report);
    expectPart(metrics, "applivery_attention{app=\"a\",os=\"ios\",kind=\"failed\"} 0\n");
    expectPart(metrics, "applivery_attention{app=\"b\",os=\"ios\",kind=\"failed\"} 1\n");
    expectPart(metrics, "applivery_attention{app=\"c\",os=\"ios\",kind=\"stuck\"} 1\n");
}

TEST(ReportProfiles, SayWhetherTheyAreCurrent) {
    Report report{BuildStatistics{Period{now}}};
    for (const int age : {1, 2}) {
        Build build = buildAt(hours{age});
        build.info.ios = IosInfo{IosPlist{}, MobileProvision{}};
        build.info.ios->mobileProvision->expirationDate = now + hours{24 * age - 25};
        report.statistics.add(build, "shop");
    }
    const auto profiles = jsonOf(report)["profiles"];
    EXPECT_EQ(profiles.at(0)["current"], false);
    EXPECT_EQ(profiles.at(0)["expiresAt"], "2024-11-12T11:00:00.000Z");
    EXPECT_EQ(profiles.at(1)["current"], true);
    EXPECT_EQ(profiles.at(1)["daysLeft"], -1) << "it expired an hour ago";
    expectPart(reportMetrics(report), "expires=\"2024-11-11\",current=\"true\"} -3600\n");
}

TEST(ReportTables, AreNamedInEachFormatIfTheyAreIncomplete) {
    Report report{BuildStatistics{Period{now}}};
    for (int i = 0; i < 500; ++i) {
        Build build = buildAt(hours{24 * 3 * i}, BuildStatus::error);
        build.versionName = std::to_string(i);
        build.errorCode = std::to_string(i);
        build.os = OpenEnum<Os>::fromText(i < 480 ? "ios" : "os" + std::to_string(i));
        report.statistics.add(build, "shop");
    }
    const nlohmann::json names{"groups", "days", "weeks", "versions", "failures"};
    EXPECT_EQ(jsonOf(report)["incompleteTables"], names);
    const std::string csv = reportCsv(report);
    const std::string metrics = reportMetrics(report);
    for (const std::string name : names) {
        expectPart(metrics, "applivery_report_table_incomplete{table=\"" + name + "\"} 1\n");
        EXPECT_NE(csv.find("," + name + "\r\n", csv.find("\r\nincompleteTables,")), std::string::npos) << name;
    }
}

TEST(ReportPercentiles, SayWhetherTheyAreExact) {
    Report report{BuildStatistics{Period{now}}};
    for (int i = 0; i < 1000; ++i) report.statistics.add(buildAt(hours{1}), "shop");
    EXPECT_EQ(jsonOf(report)["groups"].at(0)["processTimeExact"], true);
    report.statistics.add(buildAt(hours{1}), "shop");
    EXPECT_EQ(jsonOf(report)["groups"].at(0)["processTimeExact"], false);
    EXPECT_EQ(jsonOf(report)["weeks"].at(0)["processTimeExact"], false);
}

TEST(ReportWeeks, ContainStatesAndSizes) {
    Report report{BuildStatistics{Period{now}}};
    report.statistics.add(buildAt(hours{1}), "shop");
    report.statistics.add(buildAt(hours{24}, BuildStatus::error), "shop");
    const auto json = jsonOf(report);
    EXPECT_EQ(json["weeks"].at(0)["partial"], false);
    EXPECT_EQ(json["weeks"].at(0)["failureRate"], 1.0);
    EXPECT_EQ(json["weeks"].at(1)["partial"], true);
    EXPECT_EQ(json["weeks"].at(1)["processed"], 1);
    EXPECT_EQ(json["weeks"].at(1)["sizeBytes"], 1000);
    EXPECT_EQ(json["days"].at(1)["partial"], true);
}

TEST(ReportComparison, GivesTheDifferenceInJsonAndCsv) {
    const Report report = reportOfTwoPeriods();
    const auto json = jsonOf(report);
    EXPECT_EQ(json["previousSince"], "2024-11-09T12:00:00.000Z");
    EXPECT_EQ(json["groups"].at(0)["builds"], 4);
    ASSERT_EQ(json["previous"].size(), 2U) << "also of an app without builds now";
    const auto& shop = json["previous"].at(1);
    EXPECT_EQ(shop["app"], "shop");
    EXPECT_EQ(shop["builds"], 2);
    EXPECT_EQ(shop["buildsChange"], 2);
    EXPECT_EQ(shop["failureRate"], 0.5);
    EXPECT_EQ(shop["failureRateChange"], -0.25);
    EXPECT_EQ(shop["processTimeP50"], 10);
    EXPECT_EQ(shop["processTimeP90Change"], 20);
    EXPECT_EQ(json["previous"].at(0)["buildsChange"], -1);
    EXPECT_FALSE(json["previous"].at(0).contains("processTimeP50Change"));
    expectPart(reportCsv(report), "\r\nprevious,shop,");
    EXPECT_TRUE(jsonOf(reportOfThree())["previous"].empty());
}

TEST(ReportComparison, GivesTheDifferenceInOpenMetrics) {
    const std::string text = reportMetrics(reportOfTwoPeriods());
    const std::string labels = "{app=\"shop\",os=\"ios\"";
    expectPart(text, "applivery_period_builds" + labels + ",period=\"previous\"} 2\n");
    expectPart(text, "applivery_period_builds" + labels + ",period=\"current\"} 4\n");
    expectPart(text, "applivery_period_builds_change" + labels + "} 2\n");
    expectPart(text, "applivery_period_failure_ratio_change" + labels + "} -0.25\n");
    expectPart(text, "applivery_period_process_time_p90_change" + labels + "} 20\n");
    EXPECT_EQ(reportMetrics(reportOfThree()).find("applivery_period_"), std::string::npos);
}

TEST(ReportComparison, IsReadByBothParsersOfPrometheus) {
    const mock::TemporaryDirectory folder;
    for (const Report& report : {reportOfTwoPeriods(), reportOfThree()}) {
        const std::string path = (folder.path() / "metrics").string();
        std::ofstream(path) << reportMetrics(report);
        const test::Outcome linted = test::runInShell("promtool check metrics < " + path);
        EXPECT_EQ(linted.code, 0) << linted.text;
        EXPECT_EQ(linted.text, "");
        const test::Outcome parsed = test::runInShell(
            "/usr/bin/python3 -c \"from prometheus_client.openmetrics.parser import text_fd_to_metric_families as f\n"
            "list(f(open('" +
            path + "')))\"");
        EXPECT_EQ(parsed.code, 0) << parsed.text;
    }
}

}  // namespace
}  // namespace applivery::program
