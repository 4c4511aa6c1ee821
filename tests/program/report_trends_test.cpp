/// @file
/// Trends of a report: which weeks are compared, and the largest change of the size.
#include "program/report/report_trends.hpp"

#include "program/report/trend_charts.hpp"
#include "program/report_time.hpp"

#include <applivery/build.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace applivery::program {
namespace {

using std::chrono::hours;
using test::now;  // a Monday

class ReportTrends : public ::testing::Test {
protected:
    void add(int weeksAgo, BuildStatus status, double processTime = 40, std::int64_t size = 1000) {
        Build build;
        build.id = std::to_string(++count_);
        build.status = status;
        build.os = Os::ios;
        build.versionName = "1." + build.id;
        build.createdAt = now - hours{24 * 7 * weeksAgo} - hours{1};
        build.processTime = processTime;
        build.size = size;
        statistics_.add(build, "");
    }

    [[nodiscard]] const BuildGroup& group() const { return statistics_.groups().begin()->second; }
    [[nodiscard]] std::vector<TrendWeek> weeks() const { return weeksOf(group(), statistics_.period()); }

private:
    BuildStatistics statistics_{Period{now}};
    int count_ = 0;
};

TEST_F(ReportTrends, LeaveOutTheUnfinishedWeek) {
    add(0, BuildStatus::error, 9000);
    add(1, BuildStatus::processed, 40);
    add(2, BuildStatus::processed, 50);
    EXPECT_EQ(failureChange(weeks()), "0.0% in the last complete week, as before.");
    EXPECT_EQ(processingChange(weeks()), "p90 40 in the last complete week, 20.0% less than before.");
    EXPECT_TRUE(weeks().back().isUnfinished);
    EXPECT_TRUE(failureRateChart(weeks()).isLastUnfinished);
}

TEST_F(ReportTrends, CompareFourWeeksWithTheFourBefore) {
    for (int week = 1; week <= 8; ++week) {
        add(week, BuildStatus::processed);
        add(week, week <= 2 ? BuildStatus::error : BuildStatus::processed);
    }
    EXPECT_EQ(failureChange(weeks()), "25.0% in the last 4 complete weeks, 25.0 points more than before.");
}

TEST_F(ReportTrends, NameNoChangeWithoutAnEarlierWeek) {
    add(1, BuildStatus::error);
    EXPECT_EQ(failureChange(weeks()), "100.0% in the last complete week.");
    EXPECT_EQ(processingChange(weeks()), "");
}

TEST_F(ReportTrends, MarkTheLargestChangeOfTheSize) {
    add(1, BuildStatus::processed, 40, 1400);
    add(3, BuildStatus::processed, 40, 1000);
    add(4, BuildStatus::processed, 40, 1010);
    const Chart chart = sizeChart(weeks());
    ASSERT_TRUE(chart.remark);
    EXPECT_EQ(chart.remark->text, "+40% 1.1");
    EXPECT_EQ(chart.categories.at(chart.remark->category), "2024-W45");
    EXPECT_EQ(chart.note, "Largest change: +40% with 1.1.");
}

TEST_F(ReportTrends, MarkNoSmallChangeOfTheSize) {
    add(1, BuildStatus::processed, 40, 1010);
    add(2, BuildStatus::processed, 40, 1000);
    EXPECT_FALSE(sizeChart(weeks()).remark);
    EXPECT_EQ(sizeChart(weeks()).note, "No change of 5% or more.");
}

TEST_F(ReportTrends, CompareSevenCompleteDays) {
    for (const int weeksAgo : {0, 1, 2, 2}) add(weeksAgo, BuildStatus::processed);
    EXPECT_EQ(dailyBuildsChart(group(), Period{now}).note,
              "1 build in the last 7 complete days, 1 fewer than before. ");
}

TEST_F(ReportTrends, HatchTheUnfinishedDay) {
    add(0, BuildStatus::processed);
    EXPECT_TRUE(dailyBuildsChart(group(), Period{now}).isLastUnfinished);
    EXPECT_FALSE(dailyBuildsChart(group(), Period{now + hours{24 * 200}}).isLastUnfinished);
}

}  // namespace
}  // namespace applivery::program
