/// @file
/// Output of an overview of many builds.
#include "program/overview/overview_writer.hpp"

#include "program/text/text_format.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <sstream>
#include <string>
#include <vector>

namespace applivery::program {
namespace {

using namespace std::chrono_literals;

class OverviewWriter : public testing::Test {
protected:
    static constexpr TimePoint now{std::chrono::duration_cast<TimePoint::duration>(1'731'324'455s)};
    const Period period{now, now - 24h * 30};

    // One of a hundred builds is pending, and one of ten has failed.
    void have(const std::string& app, int count, double processTime = 37) {
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

    [[nodiscard]] std::vector<std::string> table(const OverviewScreen& screen) const {
        std::vector<std::string> lines;
        std::istringstream stream(overviewTable({period, apps}, screen));
        for (std::string line; std::getline(stream, line);) lines.push_back(line);
        return lines;
    }

    std::vector<AppOverview> apps;
};

TEST_F(OverviewWriter, FitsManyBuildsInto80Columns) {
    have("banking-retail", 25'000, 10'000);
    have("shop", 1);
    const auto lines = table({80});
    for (const std::string& line : lines) EXPECT_LE(displayWidth(line), 80U) << line;
    EXPECT_EQ(lines.at(1), "banking-retail") << "a line of its own";
    EXPECT_EQ(lines.at(2).find(" android  "), 0U) << lines.at(2);
    EXPECT_EQ(table({200}).at(1).find("banking-retail  android  "), 0U);
}

TEST_F(OverviewWriter, FitsHugeProcessingTimesInto80Columns) {
    have("banking-retail", 25'000, 9e14);
    have("shop", 25'000, 975'000);
    for (const std::string& line : table({80})) EXPECT_LE(displayWidth(line), 80U) << line;
    EXPECT_NE(table({200}).at(1).find("  ~8.98e14/8.98e14"), std::string::npos) << table({200}).at(1);
}

TEST_F(OverviewWriter, ReportsAChangedList) {
    have("shop", 1);
    EXPECT_EQ(table({80}).size(), 5U);
    apps.back().begin(now);
    WalkResult result;
    result.summary.totalsChanged = true;
    apps.back().end(result);
    EXPECT_EQ(table({80}).back().find("builds were added or deleted"), 0U);
    EXPECT_LE(displayWidth(table({80}).back()), 80U);
    EXPECT_NE(overviewJson({period, apps}).find("\"totalsChanged\":true,"), std::string::npos);
}

TEST_F(OverviewWriter, MarksApproximateValuesByATilde) {
    have("shop", 100);
    EXPECT_EQ(table({}).at(1).substr(table({}).at(0).find("P50/P90")), "87/127");
    EXPECT_EQ(table({}).back(), "P50/P90: processing time; the service documents no unit");
    have("bank", 5'000);
    EXPECT_NE(table({}).at(3).find("  ~2,5"), std::string::npos) << table({}).at(3);
    EXPECT_EQ(table({}).back(), "P50/P90: processing time; the service documents no unit; ~ is within 1%");
}

TEST_F(OverviewWriter, CountsOmittedRows) {
    for (const char* app : {"a", "b", "c"}) have(app, 2);
    EXPECT_EQ(table({{}, 6}).size(), 1U + 6 + 3);
    const auto lines = table({{}, 5});
    ASSERT_EQ(lines.size(), 1U + 5 + 3);
    EXPECT_EQ(lines[5], "and 2 more rows");
}

}  // namespace
}  // namespace applivery::program
