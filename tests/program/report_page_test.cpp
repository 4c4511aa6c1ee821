/// @file
/// The HTML page of a report: contents and escaping.
#include "program/report/report_page.hpp"

#include "mock_server/temporary_directory.hpp"
#include "program/report_time.hpp"
#include "program/report_with_text.hpp"
#include "support/process.hpp"

#include <applivery/build.hpp>

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <string>
#include <string_view>

namespace applivery::program {
namespace {

using std::chrono::hours;
using test::buildWithText;
using test::countOf;
using test::emptyReport;
using test::now;
using test::reportWithText;

constexpr const char* hostileMarkup =
    "</title></style><script>alert(1)</script><img src=x onerror='alert(2)'>\" onload=\"a&lt;";

// Returns the messages and requests of Chromium for a page.
test::Outcome loaded(const std::string& page) {
    const mock::TemporaryDirectory folder;
    const std::string path = (folder.path() / "page.html").string();
    std::ofstream(path) << page;
    return test::runInShell("timeout 90 python3 " APPLIVERY_PROGRAM_TESTS_DIR "/page_in_chromium.py " + path);
}

std::string sha256InBase64(std::string_view text) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    std::array<unsigned char, 4 * (SHA256_DIGEST_LENGTH + 2) / 3 + 1> encoded{};
    const int size = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(digest.size()));
    return {encoded.begin(), encoded.begin() + size};
}

std::string withInBody(std::string page, const std::string& markup) {
    return page.insert(page.find("<main>"), markup);
}

TEST(ReportPage, ShowsTheNumbers) {
    const std::string page = reportPage(reportWithText("1.0", "shop"));
    for (const char* const part :
         {"<a href=\"#app-1\"><bdi>shop</bdi></a><br><small><bdi>1.0</bdi></small>", "of 2 that ended",
          "50.0% of those that ended", "<td>37.5 / 37.5</td>", "12, under 30", "Build Processing Codes",
          "in the service's unit, which is not documented", "2024-11-10: 1 processed", ">2024-W45<", "MiB",
          "All builds that the service lists; written 2024-11-11 12:00 UTC."}) {
        EXPECT_NE(page.find(part), std::string::npos) << part;
    }
}

TEST(ReportPage, HasATextAlternativeForEachChart) {
    const std::string page = reportPage(reportWithText("1.0"));
    EXPECT_EQ(countOf(page, "<svg class=\"chart\""), 8);
    EXPECT_EQ(countOf(page, "role=\"img\" aria-label=\""), 8);
}

TEST(ReportPage, HasATableForEachChart) {
    const std::string page = reportPage(reportWithText("1.0"));
    EXPECT_EQ(countOf(page, "<details><summary>Table: "), 4);
    EXPECT_EQ(countOf(page, "<details><summary>Table by week: "), 1) << "of the four small charts";
}

TEST(ReportPage, HasNoEmptyChartWithoutBuilds) {
    const std::string page = reportPage(emptyReport());
    EXPECT_EQ(countOf(page, "<svg class=\"chart\""), 0);
    EXPECT_NE(page.find("There are no builds."), std::string::npos);
}

TEST(ReportPage, ShowsNoUncertainCount) {
    Report report{BuildStatistics{Period{now}}};
    for (int i = 0; i < 3000; ++i)
        report.statistics.add(buildWithText(BuildStatus::processed, std::to_string(i), hours{1}), "");
    std::string page = reportPage(report);
    EXPECT_EQ(countOf(page, "Builds by branch: There are more than 256"), 1);
    for (int i = 0; i < 100; ++i) report.statistics.add(buildWithText(BuildStatus::processed, "late", hours{1}), "");
    page = reportPage(report);
    EXPECT_NE(page.find("<td class=\"number\">100</td>"), std::string::npos);
    EXPECT_NE(page.find(" Each may have up to "), std::string::npos);
    EXPECT_NE(page.find("builds, at least</th>"), std::string::npos);
}

TEST(ReportPage, NamesTheSelectionOfBuilds) {
    Report report{BuildStatistics{Period{now, now - hours{24}}}, {{"branch", "<main>"}}};
    EXPECT_NE(reportPage(report).find("<p>Builds since 2024-11-10 12:00 UTC with branch=&lt;main&gt;; written "),
              std::string::npos);
    report = {BuildStatistics{Period{now}}, {{"os", "ios"}, {"status", "error"}}};
    EXPECT_NE(reportPage(report).find("<p>Builds with os=ios, status=error; written "), std::string::npos);
}

TEST(ReportPage, NamesOmittedRows) {
    Report report{BuildStatistics{Period{now}}};
    for (int i = 0; i < 60; ++i) {
        Build build = buildWithText(BuildStatus::error, std::to_string(i), hours{24 * 7 * (i + 1)});
        build.os = OpenEnum<Os>::fromText(std::to_string(i % 6));
        report.statistics.add(build, "");
    }
    report.totalsChanged = true;
    const std::string page = reportPage(report);
    for (const char* const part :
         {"48 more codes omitted.", "earlier builds omitted.", "The 8 with the most builds; 52 more omitted.",
          "Further profiles that no newest build uses are omitted.",
          "Rows beyond a limit are omitted from the tables: ", "Note: builds were added or deleted"}) {
        EXPECT_NE(page.find(part), std::string::npos) << part;
    }
}

TEST(ReportPage, EscapesTheTextOfTheService) {
    Report report = reportWithText(hostileMarkup, hostileMarkup);
    report.unread.push_back({hostileMarkup, hostileMarkup});
    const std::string page = reportPage(report);
    EXPECT_EQ(countOf(page, "<script"), 0);
    EXPECT_EQ(countOf(page, "<img"), 0);
    EXPECT_EQ(countOf(page, "</style>"), 1);
    EXPECT_EQ(countOf(page, "\" onload=\""), 0);
    EXPECT_GT(countOf(page, "&lt;script&gt;"), 5);
}

TEST(ReportPage, ShortensLongTextsAndKeepsTheFullText) {
    const std::string name(300, 'v');
    const std::string page = reportPage(reportWithText(name));
    EXPECT_NE(page.find("title=\"" + name + "\">" + std::string(59, 'v') + "\u2026<"), std::string::npos);
}

TEST(ReportPage, ShortensACodeInTheMiddle) {
    const std::string code = "5000-" + std::string(60, 'x') + "-0017";
    const std::string page = reportPage(reportWithText(code));
    EXPECT_NE(page.find("<bdi title=\"" + code + "\">5000-xxxxxxx\u2026xxxxxx-0017</bdi>"), std::string::npos);
}

TEST(ReportPage, AllowsOnlyItsStyleSheet) {
    EXPECT_EQ(reportStyleHash, sha256InBase64(reportStyle));
    const std::string page = reportPage(emptyReport());
    EXPECT_NE(page.find("<style>" + std::string(reportStyle) + "</style>"), std::string::npos);
    EXPECT_EQ(countOf(page, "default-src 'none'; style-src 'sha256-" + std::string(reportStyleHash) + "';"), 1);
    EXPECT_EQ(countOf(page, " style=\""), 0) << "which the policy would forbid";
}

TEST(ReportPage, IsLoadedByChromiumWithoutAMessageOrARequest) {
    for (const Report& report : {reportWithText(hostileMarkup, hostileMarkup), emptyReport()}) {
        const test::Outcome outcome = loaded(reportPage(report));
        EXPECT_EQ(outcome.code, 0);
        EXPECT_EQ(outcome.text, "");
    }
}

TEST(ReportPage, HasAPolicyEnforcedByChromium) {
    const std::string page = reportPage(emptyReport());
    EXPECT_NE(loaded(withInBody(page, "<script>document.title = 1</script>")).text.find("Content Security Policy"),
              std::string::npos);
    EXPECT_NE(loaded(withInBody(page, "<img src=\"http://127.0.0.1:9/\">")).text.find("http://127.0.0.1:9/"),
              std::string::npos);
}

}  // namespace
}  // namespace applivery::program
