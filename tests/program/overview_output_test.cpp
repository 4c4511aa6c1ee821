/// @file
/// Output of an overview of many builds.
#include "program/overview/overview.hpp"
#include "program/text/text_format.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <sstream>
#include <string>
#include <vector>

namespace applivery::program {
namespace {

using namespace std::chrono_literals;

class OverviewOutput : public testing::Test {
protected:
    static constexpr TimePoint now{std::chrono::duration_cast<TimePoint::duration>(1'731'324'455s)};
    Period period{now, now - 24h * 30};

    // One of a hundred builds is pending, and one of ten has failed.
    void addBuilds(const std::string& app, int count, double processTime = 37) {
        apps.emplace_back(app, period);
        apps.back().begin(now);
        for (int i = 0; i < count; ++i) {
            Build build;
            build.id = app + std::to_string(i);
            build.versionName = "2.5.0-release-candidate";
            build.versionCode = std::to_string(1'000'000 - i);
            build.os = i % 2 == 0 ? Os::android : Os::windows;
            build.status = i % 200 < 2  ? BuildStatus::inProgress
                           : i % 20 < 4 ? BuildStatus::error
                                        : BuildStatus::processed;
            build.processTime = processTime + i;
            build.createdAt = now - std::chrono::minutes{i};
            apps.back().add(build);
        }
        apps.back().end();
    }

    void addAppWithBuild(const std::string& app, BuildStatus status, std::chrono::seconds age = 1h) {
        apps.emplace_back(app, period);
        apps.back().begin(now);
        Build build;
        build.id = app;
        build.versionName = app;
        build.os = Os::ios;
        build.status = status;
        build.createdAt = now - age;
        apps.back().add(build);
        apps.back().end();
    }

    void addUnreadApp(const std::string& app) {
        apps.emplace_back(app, period);
        apps.back().begin(now);
        apps.back().fail(Error(ErrorKind::server, "away"));
    }

    // Returns the text without line breaks and without repeated blanks.
    static std::string joined(const std::vector<std::string>& lines) {
        std::string text;
        for (const std::string& line : lines) text += line + ' ';
        return text;
    }

    [[nodiscard]] std::vector<std::string> table(const OverviewLayout& layout) const {
        std::vector<std::string> lines;
        std::istringstream stream(overviewTable({period, apps}, layout));
        for (std::string line; std::getline(stream, line);) lines.push_back(line);
        return lines;
    }

    std::vector<AppOverview> apps;
};

TEST_F(OverviewOutput, FitsManyBuildsInto80Columns) {
    addBuilds("banking-retail", 25'000, 10'000);
    addBuilds("shop", 1);
    const auto lines = table({80});
    for (const std::string& line : lines) EXPECT_LE(displayWidth(line), 80U) << line;
    EXPECT_EQ(lines.at(1), "banking-retail") << "a line of its own";
    EXPECT_EQ(lines.at(2).find(" windows  "), 0U) << lines.at(2);
    EXPECT_EQ(table({200}).at(1).find("banking-retail  windows  "), 0U);
}

TEST_F(OverviewOutput, FitsHugeProcessingTimesInto80Columns) {
    addBuilds("banking-retail", 25'000, 9e14);
    addBuilds("shop", 25'000, 975'000);
    for (const std::string& line : table({80})) EXPECT_LE(displayWidth(line), 80U) << line;
    EXPECT_NE(table({200}).at(1).find("  ~8.98e14/8.98e14"), std::string::npos) << table({200}).at(1);
}

TEST_F(OverviewOutput, ReportsAChangedList) {
    addBuilds("shop", 1);
    EXPECT_EQ(table({80}).size(), 5U);
    apps.back().begin(now);
    WalkResult result;
    result.summary.totalsChanged = true;
    apps.back().end(result);
    EXPECT_EQ(table({80}).back().find("builds were added or deleted"), 0U);
    EXPECT_LE(displayWidth(table({80}).back()), 80U);
    EXPECT_NE(overviewJson({period, apps}, JsonLines::many).find("\"totalsChanged\":true,"), std::string::npos);
}

TEST_F(OverviewOutput, MarksApproximateValuesByATilde) {
    addBuilds("shop", 100);
    EXPECT_EQ(table({}).at(1).substr(table({}).at(0).find("P50/P90")), "87/127");
    EXPECT_EQ(table({}).back(), "P50/P90: processing time; the service documents no unit");
    addBuilds("bank", 5'000);
    EXPECT_NE(table({}).at(1).find("  ~2,5"), std::string::npos) << "stuck builds come first: " << table({}).at(1);
    EXPECT_EQ(table({}).back(), "P50/P90: processing time; the service documents no unit; ~ is within 1%");
}

TEST_F(OverviewOutput, PutsTheMostUrgentRowsFirst) {
    addAppWithBuild("calm", BuildStatus::processed);
    addAppWithBuild("stuck", BuildStatus::pending, 3h);
    addAppWithBuild("failed", BuildStatus::error);
    addUnreadApp("unread");
    const auto lines = table({});
    ASSERT_GE(lines.size(), 5U);
    EXPECT_EQ(lines[1].find("unread  not read: away"), 0U) << lines[1];
    EXPECT_EQ(lines[2].find("failed  ios"), 0U) << lines[2];
    EXPECT_EQ(lines[3].find("stuck   ios"), 0U) << lines[3];
    EXPECT_NE(lines[3].find("1 stuck 3h"), std::string::npos) << lines[3];
    EXPECT_EQ(lines[4].find("calm    ios"), 0U) << lines[4];
}

TEST_F(OverviewOutput, SaysWhyARowIsUrgentInJson) {
    addAppWithBuild("calm", BuildStatus::processed);
    addAppWithBuild("stuck", BuildStatus::pending, 3h);
    const std::string json = overviewJson({period, apps}, JsonLines::one);
    const std::size_t calm = json.find(R"("app":"calm")");
    ASSERT_NE(calm, std::string::npos) << json;
    EXPECT_LT(json.find(R"("attention":[{"kind":"stuck","message":")"), calm) << json;
    EXPECT_EQ(std::count(json.begin(), json.end(), '\n'), 1) << json;
}

TEST_F(OverviewOutput, HasARowForAnAppWithoutBuilds) {
    addAppWithBuild("shop", BuildStatus::processed);
    apps.emplace_back("empty", period);
    apps.back().begin(now);
    apps.back().end();
    EXPECT_EQ(table({}).at(2).find("empty  no builds on 0 pages"), 0U) << table({}).at(2);
    EXPECT_NE(overviewMarkdown({period, apps}).find("| empty | no builds"), std::string::npos);
    EXPECT_NE(overviewJson({period, apps}, JsonLines::one)
                  .find(R"({"builds":0,"failed":0,"waiting":0,"app":"empty","readAt")"),
              std::string::npos);
}

TEST_F(OverviewOutput, ShowsTheGivenNameOfAnApp) {
    addAppWithBuild("5f0c", BuildStatus::processed);
    apps.emplace_back("5f0d", period, "Retail bank");
    apps.back().begin(now);
    apps.back().end();
    EXPECT_EQ(table({}).at(2).find("Retail bank  no builds"), 0U) << table({}).at(2);
    EXPECT_NE(overviewJson({period, apps}, JsonLines::one).find(R"("app":"5f0d","name":"Retail bank")"),
              std::string::npos);
}

TEST_F(OverviewOutput, NamesOmittedRowsInNeedOfAttention) {
    for (int i = 0; i < 90; ++i) {
        const std::string app = "app-" + std::to_string(10 + i);
        if (i % 9 == 0) {
            addUnreadApp(app);
        } else {
            addAppWithBuild(app, i % 9 == 1 ? BuildStatus::error : BuildStatus::processed);
        }
    }
    const auto lines = table({{80}, {14}});
    EXPECT_LE(lines.size(), 14U);
    const std::string text = joined(lines);
    for (int i = 0; i < 90; ++i) {
        if (i % 9 > 1) continue;
        EXPECT_NE(text.find("app-" + std::to_string(10 + i)), std::string::npos) << i << text;
    }
    EXPECT_NE(text.find("left out for lack of lines: "), std::string::npos) << text;
    EXPECT_NE(text.find("failed: "), std::string::npos) << text;
    EXPECT_NE(text.find("; 70 rows without trouble "), std::string::npos) << text;
}

TEST_F(OverviewOutput, NamesAllUnreadAppsOnALowTerminal) {
    for (int i = 0; i < 90; ++i) addUnreadApp("application-number-" + std::to_string(10 + i));
    const auto lines = table({{80}, {24}});
    EXPECT_LE(lines.size(), 24U);
    EXPECT_EQ(joined(lines).find("more"), std::string::npos);
    for (const std::string& line : lines) EXPECT_LE(displayWidth(line), 80U) << line;
}

TEST_F(OverviewOutput, ComparesWithThePeriodBefore) {
    period.previousSince = now - 24h * 60;
    apps.emplace_back("shop", period);
    apps.back().begin(now);
    const auto add = [&](BuildStatus status, std::chrono::seconds age, double processTime) {
        Build build;
        build.os = Os::ios;
        build.status = status;
        build.createdAt = now - age;
        build.processTime = processTime;
        apps.back().add(build);
    };
    add(BuildStatus::processed, 1h, 30);
    add(BuildStatus::error, 2h, 30);
    for (int i = 0; i < 3; ++i) add(BuildStatus::processed, 24h * 40, 20);
    apps.back().end();
    const auto lines = table({});
    EXPECT_NE(lines.at(1).find("  1/2 (+1/-1)  30/30 (+10/+10)"), std::string::npos) << lines.at(1);
    EXPECT_EQ(lines.at(4).find(
                  "in brackets: difference to the period from 2024-09-12T11:27:35Z, which has 3 builds, 0 failed"),
              0U)
        << lines.at(4);
    EXPECT_NE(overviewMarkdown({period, apps}).find("1/2 \\(\\+1/\\-1\\)"), std::string::npos)
        << overviewMarkdown({period, apps});
    const std::string json = overviewJson({period, apps}, JsonLines::one);
    EXPECT_NE(json.find(R"("previousSince":"2024-09-12T11:27:35.000Z")"), std::string::npos) << json;
    EXPECT_NE(json.find(R"("previous":{"builds":3,"failed":0,"waiting":0,"processTime":{"count":3,"p50":20,)"),
              std::string::npos)
        << json;
    EXPECT_NE(json.find(R"("change":{"builds":-1,"failed":1,"failureRate":0.5,"processTime":{"p50":10,"p90":10}})"),
              std::string::npos)
        << json;
}

TEST_F(OverviewOutput, HasARowForASystemWithBuildsOnlyInThePeriodBefore) {
    period.previousSince = now - 24h * 60;
    addAppWithBuild("shop", BuildStatus::error, 24h * 40);
    EXPECT_EQ(table({}).at(1), "ios  no builds; 1/1 failed in the period before");
    EXPECT_NE(overviewJson({period, apps}, JsonLines::one).find(R"("change":{"builds":-1,"failed":-1})"),
              std::string::npos);
}

}  // namespace
}  // namespace applivery::program
