/// @file
/// Statistics of weeks, of the period before, and of what was left out to limit the size.
#include "program/report_time.hpp"
#include "program/statistics/build_statistics.hpp"

#include <applivery/build.hpp>

#include <gtest/gtest.h>

#include <string>

namespace applivery::program {
namespace {

using std::chrono::hours;
using test::now;  // a Monday

Build buildOfAge(hours age, BuildStatus status = BuildStatus::processed, const std::string& os = "ios") {
    Build build;
    build.status = status;
    build.os = OpenEnum<Os>::fromText(os);
    build.createdAt = now - age;
    build.processTime = static_cast<double>(age.count());
    build.size = age.count();
    build.versionName = std::to_string(age.count());
    return build;
}

const GroupKey shopOnIos{"shop", "ios"};

TEST(PeriodStatistics, CountStatesAndSizesOfAWeek) {
    BuildStatistics statistics{Period{now}};
    for (const int age : {24 * 3, 24 * 2, 24 * 4}) statistics.add(buildOfAge(hours{age}), "shop");
    statistics.add(buildOfAge(hours{25}, BuildStatus::error), "shop");
    const WeekStatistics& week = statistics.groups().at(shopOnIos).weeks.begin()->second;
    EXPECT_EQ(week.states.of(BuildStatus::processed), 3);
    EXPECT_EQ(week.states.failureRate(), 0.25);
    EXPECT_EQ(week.newestSize->bytes, 48) << "not of the failed build";
    EXPECT_EQ(week.newestSize->versionName, "48");
    EXPECT_FALSE(StateCounts().failureRate());
}

TEST(PeriodStatistics, SeparateThePeriodBefore) {
    BuildStatistics statistics{Period{now, now - hours{10}, now - hours{20}}};
    statistics.add(buildOfAge(hours{10}), "shop");
    statistics.add(buildOfAge(hours{11}, BuildStatus::error), "shop");
    statistics.add(buildOfAge(hours{12}), "shop");
    EXPECT_EQ(statistics.groups().at(shopOnIos).states.total(), 1);
    EXPECT_TRUE(statistics.failures().empty());
    const PeriodSummary& before = statistics.previous().at(shopOnIos);
    EXPECT_EQ(before.states.failureRate(), 0.5);
    EXPECT_EQ(before.times.process.at(0.5), 12);
}

TEST(PeriodStatistics, SeparateThePeriodsByTheClockOfTheService) {
    BuildStatistics statistics{Period{now, now - hours{10}, now - hours{20}, hours{2}}};
    statistics.add(buildOfAge(hours{8}), "shop");
    statistics.add(buildOfAge(hours{9}), "shop");
    EXPECT_EQ(statistics.groups().at(shopOnIos).states.total(), 1);
    EXPECT_EQ(statistics.previous().at(shopOnIos).states.total(), 1);
}

TEST(PeriodStatistics, CountAllBuildsWithoutAPeriodBefore) {
    BuildStatistics statistics{Period{now, now - hours{10}}};
    statistics.add(buildOfAge(hours{11}), "shop");
    EXPECT_EQ(statistics.groups().at(shopOnIos).states.total(), 1);
    EXPECT_TRUE(statistics.previous().empty());
}

TEST(PeriodStatistics, MakeBothPeriodsEquallyLong) {
    EXPECT_EQ(previousBegin(now - hours{10}, now), now - hours{20});
    EXPECT_EQ(previousBegin(TimePoint::min(), now), TimePoint::min());
}

TEST(PeriodStatistics, MarkDaysAndWeeksAtBothEndsAsPartial) {
    const Period period{now, now - hours{24 * 14}};
    const Days today = dayOf(now);
    EXPECT_TRUE(isPartialDay(today, period));
    EXPECT_FALSE(isPartialDay(today - Days{1}, period));
    EXPECT_FALSE(isPartialDay(today - Days{13}, period));
    EXPECT_TRUE(isPartialDay(today - Days{14}, period));
    EXPECT_TRUE(isPartialWeek(today, period));
    EXPECT_FALSE(isPartialWeek(today - Days{7}, period));
    EXPECT_TRUE(isPartialWeek(today - Days{14}, period));
    EXPECT_FALSE(isPartialWeek(today - Days{14}, Period{now}));
}

TEST(PeriodStatistics, ReportOmittedData) {
    BuildStatistics statistics{Period{now}};
    for (int i = 0; i < 12; ++i) statistics.add(buildOfAge(hours{i}), "shop");
    EXPECT_FALSE(statistics.groups().at(shopOnIos).hasMoreVersions);
    statistics.add(buildOfAge(hours{24 * 7 * 159}), "shop");
    EXPECT_TRUE(statistics.groups().at(shopOnIos).hasMoreVersions);
    for (int week = 1; week < 159; ++week) statistics.add(buildOfAge(hours{24 * 7 * week}), "shop");
    EXPECT_FALSE(statistics.groups().at(shopOnIos).hasMoreWeeks);
    statistics.add(buildOfAge(hours{24 * 7 * 160}), "shop");
    EXPECT_TRUE(statistics.groups().at(shopOnIos).hasMoreWeeks);
    for (int i = 1; i < 16; ++i)
        statistics.add(buildOfAge(hours{1}, BuildStatus::processed, std::to_string(i)), "shop");
    EXPECT_FALSE(statistics.hasMoreSystems());
    statistics.add(buildOfAge(hours{1}, BuildStatus::processed, "one more"), "shop");
    EXPECT_TRUE(statistics.hasMoreSystems());
    EXPECT_EQ(statistics.groups().at({"shop", ""}).states.total(), 1);
}

TEST(PeriodStatistics, KeepLinksAndTheErrorOfABuild) {
    BuildStatistics statistics{Period{now}};
    Build build = buildOfAge(hours{1}, BuildStatus::error);
    build.errorCode = "5001";
    build.error = "bad signature\n";
    build.deployer = Deployer{"ci", DeployerInfo{}};
    build.deployer->info->ciUrl = "https://ci.example";
    build.deployer->info->commit = "0123abc";
    build.deployer->info->repositoryUrl = "https://git.example/shop";
    statistics.add(build, "shop");
    const BuildBrief& brief = *statistics.groups().at(shopOnIos).newest;
    EXPECT_EQ(brief.errorCode, "5001");
    EXPECT_EQ(brief.error, "bad signature");
    EXPECT_EQ(brief.ciUrl, "https://ci.example");
    EXPECT_EQ(brief.commit, "0123abc");
    EXPECT_EQ(brief.commitUrl, "https://git.example/shop/commit/0123abc");
    build.deployer->info->buildUrl = "https://ci.example/job/7";
    EXPECT_EQ(statistics.briefOf(build).ciUrl, "https://ci.example/job/7");
}

}  // namespace
}  // namespace applivery::program
