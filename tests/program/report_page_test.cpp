/// @file
/// The HTML page of a report: contents and escaping.
#include "program/report/report_page.hpp"

#include "mock_server/temporary_directory.hpp"
#include "program/report_time.hpp"
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
using test::emptyReport;
using test::now;

constexpr const char* hostileMarkup =
    "</title></style><script>alert(1)</script><img src=x onerror='alert(2)'>\" onload=\"a&lt;";

Build buildToShow(BuildStatus status, const std::string& text, hours age) {
    Build build;
    build.id = text;
    build.status = status;
    build.os = OpenEnum<Os>::fromText(text);
    build.versionName = text;
    build.versionCode = text;
    build.createdAt = now - age;
    build.processTime = 37.5;
    build.queuedTime = 2;
    build.size = 3'145'728;
    build.errorCode = text;
    build.error = text;
    build.applicationInfo.name = text;
    build.uploadedBy = Uploader{};
    build.uploadedBy->firstName = text;
    build.deployer = Deployer{text, DeployerInfo{}};
    build.deployer->info->branch = text;
    build.info.ios = IosInfo{IosPlist{}, MobileProvision{}};
    build.info.ios->plist->bundleIdentifier = text;
    build.info.ios->mobileProvision->teamName = text;
    build.info.ios->mobileProvision->expirationDate = now + hours{24 * 12};
    return build;
}

Report reportToShow(const std::string& text, const std::string& app = "") {
    Report report{BuildStatistics{Period{now}}};
    int age = 0;
    for (const BuildStatus status : {BuildStatus::processed, BuildStatus::error, BuildStatus::pending}) {
        report.statistics.add(buildToShow(status, text, hours{30 * ++age}), app);
    }
    return report;
}

std::ptrdiff_t countOf(const std::string& text, const std::string& part) {
    std::ptrdiff_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

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
    const std::string page = reportPage(reportToShow("1.0", "shop"));
    for (const char* const part :
         {"<tr><td><bdi>shop</bdi></td><td><bdi>1.0</bdi></td>", "of 2 that ended", "50.0% of those that ended",
          "<td>37.5 / 37.5</td>", "12, under 30", "Build Processing Codes",
          "in the service's unit, which is not documented", ">2024-11-10<", ">2024-W45<", "MiB",
          "All builds that the service lists; written 2024-11-11 12:00 UTC."}) {
        EXPECT_NE(page.find(part), std::string::npos) << part;
    }
}

TEST(ReportPage, HasATextAlternativeAndATableForEachChart) {
    const std::string page = reportPage(reportToShow("1.0"));
    const std::ptrdiff_t pictures = countOf(page, "<svg ");
    EXPECT_EQ(pictures, 7);
    EXPECT_EQ(countOf(page, "<svg class=\"chart\" viewBox=\"0 0 "), pictures);
    EXPECT_EQ(countOf(page, "role=\"img\" aria-labelledby=\""), pictures);
    EXPECT_EQ(countOf(page, "</title><desc id=\""), pictures);
    EXPECT_EQ(countOf(page, "<details><summary>Table: "), pictures);
}

TEST(ReportPage, HasNoEmptyChartWithoutBuilds) {
    const std::string page = reportPage(emptyReport());
    EXPECT_EQ(countOf(page, "<svg "), 0);
    EXPECT_NE(page.find("There are no builds."), std::string::npos);
}

TEST(ReportPage, ShowsNoUncertainCount) {
    Report report{BuildStatistics{Period{now}}};
    for (int i = 0; i < 3000; ++i)
        report.statistics.add(buildToShow(BuildStatus::processed, std::to_string(i), hours{1}), "");
    std::string page = reportPage(report);
    EXPECT_EQ(countOf(page, "<figcaption>Builds by branch</figcaption>\n<p class=\"none\">There are more than 256"), 1);
    for (int i = 0; i < 100; ++i) report.statistics.add(buildToShow(BuildStatus::processed, "late", hours{1}), "");
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
        Build build = buildToShow(BuildStatus::error, std::to_string(i), hours{24 * 7 * (i + 1)});
        build.os = OpenEnum<Os>::fromText(std::to_string(i % 6));
        report.statistics.add(build, "");
    }
    report.totalsChanged = true;
    const std::string page = reportPage(report);
    for (const char* const part : {"48 more codes omitted.", "2 more systems omitted.", "earlier weeks omitted.",
                                   "36 more builds omitted.", "The 12 with the most builds; 48 more omitted.",
                                   "Profiles of older builds are omitted.", "Note: builds were added or deleted"}) {
        EXPECT_NE(page.find(part), std::string::npos) << part;
    }
}

TEST(ReportPage, NamesMissingApps) {
    Report report = reportToShow("1.0", "shop");
    EXPECT_EQ(reportPage(report).find("Incomplete"), std::string::npos);
    report.unread.push_back({"bank", "bank: page 1: <no> such app"});
    EXPECT_NE(reportPage(report).find("<li><bdi>bank: page 1: &lt;no&gt; such app</bdi></li>"), std::string::npos);
}

TEST(ReportPage, EscapesTheTextOfTheService) {
    Report report = reportToShow(hostileMarkup, hostileMarkup);
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
    const std::string page = reportPage(reportToShow(name));
    EXPECT_NE(page.find("title=\"" + name + "\">" + std::string(59, 'v') + "\u2026<"), std::string::npos);
}

TEST(ReportPage, AllowsOnlyItsStyleSheet) {
    EXPECT_EQ(reportStyleHash, sha256InBase64(reportStyle));
    const std::string page = reportPage(emptyReport());
    EXPECT_NE(page.find("<style>" + std::string(reportStyle) + "</style>"), std::string::npos);
    EXPECT_EQ(countOf(page, "default-src 'none'; style-src 'sha256-" + std::string(reportStyleHash) + "';"), 1);
    EXPECT_EQ(countOf(page, " style=\""), 0) << "which the policy would forbid";
}

TEST(ReportPage, IsLoadedByChromiumWithoutAMessageOrARequest) {
    for (const Report& report : {reportToShow(hostileMarkup, hostileMarkup), emptyReport()}) {
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
