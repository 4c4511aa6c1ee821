/// @file
/// The HTML page of a report: what needs attention, apps without builds, links and regions.
#include "program/report/report_page.hpp"
#include "program/report_time.hpp"
#include "program/report_with_text.hpp"
#include "support/scale.hpp"

#include <applivery/build.hpp>

#include <gtest/gtest.h>

#include <string>

namespace applivery::program {
namespace {

using std::chrono::hours;
using test::buildWithText;
using test::countOf;
using test::emptyReport;
using test::now;
using test::reportWithText;

TEST(ReportPageApps, NamesMissingApps) {
    Report report = reportWithText("1.0", "shop");
    report.unread.push_back({"bank", "bank: page 1: <no> such app"});
    const std::string page = reportPage(report);
    EXPECT_NE(page.find("<li><bdi>bank</bdi>: <bdi>Builds are missing: page 1: &lt;no&gt; such app</bdi>"),
              std::string::npos);
}

TEST(ReportPageApps, BeginsWithWhatNeedsAttention) {
    Report report{BuildStatistics{Period{now}}};
    report.statistics.add(buildWithText(BuildStatus::error, "1.0", hours{30}), "shop");
    const std::string page = reportPage(report);
    const std::string begin =
        "<main>\n<section class=\"attention\"><h2>Needs attention</h2>\n<ul>\n<li><a href=\"#app-1\">";
    EXPECT_NE(page.find(begin), std::string::npos);
    EXPECT_NE(page.find("The newest build, 1.0 (1.0) of 1d ago, failed with code 1.0"), std::string::npos);
    EXPECT_EQ(countOf(page, " id=\"app-1\""), 1);
}

TEST(ReportPageApps, SaysThatNothingNeedsAttention) {
    EXPECT_NE(reportPage(emptyReport()).find("<main>\n<p class=\"calm\">Nothing needs attention"), std::string::npos);
}

TEST(ReportPageApps, ShowsAppsWithProblemsFirst) {
    Report report{BuildStatistics{Period{now}}};
    Build build = buildWithText(BuildStatus::processed, "1.0", hours{2});
    build.info = {};
    report.statistics.add(build, "a");
    build.status = BuildStatus::error;
    report.statistics.add(build, "b");
    const std::string page = reportPage(report);
    EXPECT_NE(page.find("<a href=\"#app-1\"><bdi>b</bdi></a>"), std::string::npos);
    EXPECT_NE(page.find("<strong class=\"mark\">failed</strong>"), std::string::npos);
    EXPECT_NE(page.find("<a href=\"#app-2\"><bdi>a</bdi></a>"), std::string::npos);
}

TEST(ReportPageApps, HasARowForEachAppWithoutBuilds) {
    Report report = reportWithText("1.0", "shop");
    report.apps = {{"shop"}, {"quiet", "Quiet app"}, {"bank"}};
    report.apps[1].newestProcessed["ios"] =
        report.statistics.briefOf(buildWithText(BuildStatus::processed, "0.9", hours{24 * 50}));
    report.unread.push_back({"bank", "no access"});
    const std::string page = reportPage(report);
    EXPECT_NE(page.find("<h1>Builds of 3 apps</h1>"), std::string::npos);
    EXPECT_NE(page.find("<td>no builds</td><td><bdi>0.9</bdi> (<bdi>0.9</bdi>)<br><small>50d ago</small></td>"),
              std::string::npos);
    const std::size_t table = page.find("By app and system");
    const std::size_t unread = page.find("<bdi>bank</bdi>", table);
    const std::size_t read = page.find("<bdi>shop</bdi>", table);
    EXPECT_LT(unread, read);
    const std::size_t quiet = page.find("<bdi>Quiet app</bdi>", table);
    ASSERT_NE(quiet, std::string::npos);
    EXPECT_LT(read, quiet);
}

TEST(ReportPageApps, LinksToTheCiRunAndTheCommit) {
    Report report{BuildStatistics{Period{now}}};
    Build build = buildWithText(BuildStatus::processed, "1.0", hours{2});
    build.deployer->info->buildUrl = "https://ci.example.com/run?a=1&b=2";
    build.deployer->info->repositoryUrl = "https://code.example.com/app.git";
    build.deployer->info->commit = "0123456789abcdef0123456789abcdef01234567";
    report.statistics.add(build, "");
    const std::string page = reportPage(report);
    EXPECT_NE(page.find("<a href=\"https://ci.example.com/run?a=1&amp;b=2\" rel="), std::string::npos);
    EXPECT_NE(page.find("rel=\"noopener noreferrer\">commit 01234567</a>"), std::string::npos);
}

TEST(ReportPageApps, LinksToNoExecutableUrl) {
    Report report{BuildStatistics{Period{now}}};
    Build build = buildWithText(BuildStatus::error, "1.0", hours{2});
    build.deployer->info->buildUrl = "javascript:alert(1)";
    build.deployer->info->ciUrl = "data:text/html,x";
    report.statistics.add(build, "");
    const std::string page = reportPage(report);
    EXPECT_EQ(page.find("javascript:"), std::string::npos);
    EXPECT_EQ(page.find("data:"), std::string::npos);
}

TEST(ReportPageApps, ComparesWithThePeriodBefore) {
    Report report{BuildStatistics{Period{now, now - hours{24}, now - hours{48}}}};
    for (const int age : {1, 2, 30, 31, 32}) {
        report.statistics.add(buildWithText(BuildStatus::error, "1.0", hours{age}), "shop");
    }
    const std::string page = reportPage(report);
    EXPECT_NE(page.find("100.0% of those that ended; 1 fewer than before"), std::string::npos);
    EXPECT_NE(page.find("of 2 that ended</small><br><small>before: 3 of 3</small>"), std::string::npos);
}

// A person without a mouse scrolls a table by keyboard, which needs a focus, a role and a name.
TEST(ReportPageApps, NamesWideTablesForTheKeyboard) {
    Report report = reportWithText("1.0", "shop");
    report.statistics.add(buildWithText(BuildStatus::error, "2.0", hours{1}), "bank");
    const std::string page = reportPage(report);
    EXPECT_GT(countOf(page, "class=\"wide\""), 5);
    EXPECT_EQ(countOf(page, "class=\"wide\""),
              countOf(page, "<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\""));
}

TEST(ReportPageApps, RemainsSmallWithManyApps) {
    Report report{BuildStatistics{Period{now}}};
    for (int app = 0; app < 30; ++app) {
        for (int day = 0; day < test::scaled(180); ++day) {
            for (const char* const os : {"ios", "android"}) {
                Build build = buildWithText(day % 9 == 0 ? BuildStatus::error : BuildStatus::processed,
                                            std::to_string(day), hours{24 * day});
                build.os = OpenEnum<Os>::fromText(os);
                report.statistics.add(build, "app " + std::to_string(app));
            }
        }
    }
    const std::string page = reportPage(report);
    EXPECT_EQ(countOf(page, "<section class=\"group\""), 60);
    EXPECT_LT(page.size(), 1'200'000U);
}

}  // namespace
}  // namespace applivery::program
