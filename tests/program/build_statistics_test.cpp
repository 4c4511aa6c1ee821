/// @file
/// Statistics of builds.
#include "program/statistics/build_statistics.hpp"

#include "program/report_time.hpp"

#include <applivery/build.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

namespace applivery::program {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::now;

TimePoint timeFrom(const char* text) {
    return parseWhen(text, {}).value();
}

Build buildOf(const char* id, BuildStatus status, OptionalTime createdAt, Os os = Os::ios) {
    Build build;
    build.id = id;
    build.status = status;
    build.os = os;
    build.createdAt = createdAt;
    return build;
}

class Statistics : public testing::Test {
protected:
    void add(const Build& build, const std::string& app = "shop") { statistics.add(build, app); }

    const BuildGroup& group(const std::string& app = "shop", const std::string& os = "ios") {
        return statistics.groups().at({app, os});
    }

    BuildStatistics statistics{Period{now}};
};

TEST_F(Statistics, AreEmptyWithoutBuilds) {
    EXPECT_TRUE(statistics.groups().empty());
    EXPECT_TRUE(statistics.failures().empty());
    EXPECT_TRUE(statistics.profiles().empty());
    EXPECT_TRUE(statistics.branches().top(5).empty());
}

TEST_F(Statistics, GroupABuildWithoutASystemByItsPlatform) {
    Build build = buildOf("1", BuildStatus::processed, now - hours{1});
    build.os = {};
    build.buildPlatform = "ps5";
    add(build);
    EXPECT_EQ(group("shop", "ps5").states.total(), 1);
}

TEST_F(Statistics, DescribeASingleBuild) {
    Build build = buildOf("1", BuildStatus::processed, now - hours{1});
    build.processTime = 37;
    build.queuedTime = 0;
    build.versionName = "2.4.0";
    add(build);
    EXPECT_EQ(group().states.total(), 1);
    EXPECT_EQ(group().newest->id, "1");
    EXPECT_EQ(group().newestProcessed->id, "1");
    EXPECT_FALSE(group().oldestWaiting);
    EXPECT_EQ(group().times.process.at(0.5), 37);
    EXPECT_EQ(group().times.process.at(0.9), 37);
    EXPECT_EQ(group().times.queue.at(0.5), 0);
    EXPECT_EQ(group().processTimes.count(), 1);
    ASSERT_EQ(group().days.size(), 1U);
    EXPECT_EQ(dayText(group().days.begin()->first), "2024-11-11");
    ASSERT_EQ(group().versions.size(), 1U);
    EXPECT_EQ(group().versions[0].versionName, "2.4.0");
}

TEST_F(Statistics, HaveNoProcessingTimeIfAllBuildsFailed) {
    for (int i = 0; i < 5; ++i) {
        Build build = buildOf(std::to_string(i).c_str(), BuildStatus::error, now - hours{i});
        build.errorCode = "E-1";
        build.processTime = 5;
        add(build);
    }
    EXPECT_EQ(group().states.of(BuildStatus::error), 5);
    EXPECT_FALSE(group().newestProcessed);
    EXPECT_FALSE(group().times.process.at(0.5));
    EXPECT_EQ(group().processTimes.count(), 0);
    const FailureCause& cause = statistics.failures().at("E-1");
    EXPECT_EQ(cause.count, 5);
    ASSERT_EQ(cause.newest.size(), FailureCause::maxExamples);
    EXPECT_EQ(cause.newest[0].build.id, "0");
}

TEST_F(Statistics, IgnoreABuildWithoutATimeForDaysAndTheNewest) {
    add(buildOf("undated", BuildStatus::processed, std::nullopt));
    EXPECT_EQ(group().newest->id, "undated") << "unless there is no other build";
    add(buildOf("dated", BuildStatus::processed, now - hours{900}));
    EXPECT_EQ(group().newest->id, "dated");
    EXPECT_EQ(group().states.total(), 2);
    EXPECT_EQ(group().undated.total(), 1);
    EXPECT_EQ(group().days.size(), 1U);
    EXPECT_FALSE(group().times.process.at(0.5)) << "without processTime";
}

TEST_F(Statistics, TreatAProcessingTimeOfZeroAsUnknown) {
    Build build = buildOf("1", BuildStatus::processed, now);
    build.processTime = 0;
    add(build);
    EXPECT_EQ(group().times.process.count(), 0);
}

TEST_F(Statistics, TreatATimeInTheFutureAsUnknown) {
    add(buildOf("clock is ahead", BuildStatus::processed, now + minutes{5}));
    add(buildOf("from tomorrow's tomorrow", BuildStatus::pending, now + hours{48}));
    EXPECT_EQ(group().newest->id, "clock is ahead");
    EXPECT_EQ(group().undated.total(), 1);
    ASSERT_TRUE(group().oldestWaiting);
    EXPECT_FALSE(group().oldestWaiting->createdAt);
}

TEST_F(Statistics, PreferTheFirstOfTwoBuildsOfEqualTime) {
    for (const char* const id : {"first", "second"}) {
        add(buildOf(id, BuildStatus::processed, now));
        add(buildOf(id, BuildStatus::pending, now));
    }
    EXPECT_EQ(group().newest->id, "first");
    EXPECT_EQ(group().newestProcessed->id, "first");
    EXPECT_EQ(group().oldestWaiting->id, "second") << "and the last is the oldest";
}

TEST_F(Statistics, MeasureTheOldestWaitingBuildInAnyOrder) {
    const std::vector<Build> builds{buildOf("young", BuildStatus::pending, now - minutes{1}),
                                    buildOf("old", BuildStatus::inProgress, now - minutes{90}),
                                    buildOf("undated", BuildStatus::pending, std::nullopt)};
    for (std::size_t first = 0; first < builds.size(); ++first) {
        const std::string app = std::to_string(first);
        for (std::size_t i = 0; i < builds.size(); ++i) add(builds[(first + i) % builds.size()], app);
        EXPECT_EQ(group(app).states.waiting(), 3);
        EXPECT_EQ(group(app).oldestWaiting->id, "old") << first;
    }
}

TEST_F(Statistics, AreGroupedByAppAndSystem) {
    add(buildOf("1", BuildStatus::processed, now), "shop");
    add(buildOf("2", BuildStatus::processed, now, Os::android), "shop");
    Build tomorrow = buildOf("3", BuildStatus::processed, now);
    tomorrow.os = OpenEnum<Os>::fromText("visionos");
    tomorrow.applicationInfo.name = "Bank";
    add(tomorrow, "bank");
    EXPECT_EQ(statistics.groups().size(), 3U);
    EXPECT_EQ(group("bank", "visionos").appName, "Bank");
}

TEST_F(Statistics, UseIsoWeeksAcrossTheTurnOfTheYear) {
    BuildStatistics later{Period{timeFrom("2025-02-01T00:00:00Z")}};
    for (const char* const day : {"2024-12-29", "2024-12-30", "2025-01-05", "2025-01-06"}) {
        Build build = buildOf(day, BuildStatus::processed, timeFrom(day));
        build.processTime = 10;
        later.add(build, "shop");
    }
    std::string weeks;
    for (const auto& [monday, week] : later.groups().at({"shop", "ios"}).weeks) {
        weeks += weekText(monday) + '=' + std::to_string(week.times.process.count()) + ' ';
    }
    EXPECT_EQ(weeks, "2024-W52=1 2025-W01=2 2025-W02=1 ");
    EXPECT_EQ(weekText(dayOf(timeFrom("2021-01-03"))), "2020-W53");
    EXPECT_EQ(weekText(dayOf(timeFrom("1969-12-28"))), "1969-W52");
}

TEST_F(Statistics, CountDaysInUtcAcrossDaylightSaving) {
    setenv("TZ", "Europe/Berlin", 1);  // on 2024-03-31, daylight saving skipped the hour from 2 to 3
    tzset();
    BuildStatistics spring{Period{timeFrom("2024-04-02T00:00:00Z")}};
    for (const char* const time : {"2024-03-30T23:30:00Z", "2024-03-31T00:30:00Z", "2024-03-31T23:59:59Z"}) {
        spring.add(buildOf(time, BuildStatus::processed, timeFrom(time)), "shop");
    }
    std::string days;
    for (const auto& [day, states] : spring.groups().at({"shop", "ios"}).days) {
        days += dayText(day) + '=' + std::to_string(states.total()) + ' ';
    }
    unsetenv("TZ");
    tzset();
    EXPECT_EQ(days, "2024-03-30=1 2024-03-31=2 ");
}

TEST_F(Statistics, KeepALimitedNumberOfDaysAndWeeks) {
    for (int day = 0; day < 2000; ++day) {
        add(buildOf("1", BuildStatus::processed, now - hours{24} * day));
    }
    EXPECT_EQ(group().days.size(), BuildGroup::maxDays);
    EXPECT_EQ(group().weeks.size(), BuildGroup::maxWeeks);
    EXPECT_EQ(group().earlier.total(), 2000 - static_cast<std::int64_t>(BuildGroup::maxDays));
    EXPECT_EQ(dayText(group().days.rbegin()->first), "2024-11-11") << "the newest are kept";
}

TEST_F(Statistics, KeepTheNewestBuildOfTheNewestVersions) {
    for (int i = 0; i < 40; ++i) {
        Build build = buildOf(std::to_string(i).c_str(), BuildStatus::processed, now - hours{i});
        build.versionName = std::to_string(i / 2);
        add(build);
    }
    ASSERT_EQ(group().versions.size(), BuildGroup::maxVersions);
    EXPECT_EQ(group().versions[1].versionName, "1");
    EXPECT_EQ(group().versions[1].id, "2");
}

TEST_F(Statistics, GroupExcessCausesOfFailure) {
    for (int i = 0; i < 500; ++i) {
        Build build = buildOf("1", BuildStatus::error, now);
        build.errorCode = std::to_string(i);
        add(build);
    }
    EXPECT_EQ(statistics.failures().size(), BuildStatistics::maxErrorCodes);
    EXPECT_EQ(statistics.failuresByOtherCodes(), 400);
}

TEST_F(Statistics, GroupExcessSystems) {
    for (int i = 0; i < 100; ++i) {
        Build build = buildOf("1", BuildStatus::processed, now);
        build.os = OpenEnum<Os>::fromText("os" + std::to_string(i));
        add(build);
    }
    EXPECT_EQ(group("shop", "").states.total(), 100 - static_cast<std::int64_t>(BuildStatistics::maxSystems));
}

TEST_F(Statistics, NameUploadersByNameOrAddressOrId) {
    const auto addOf = [this](const char* first, const char* last, const char* email) {
        Build build = buildOf("1", BuildStatus::processed, now);
        build.uploadedBy = Uploader{"the id", email, first, last, std::nullopt};
        build.deployer = Deployer{"ci", DeployerInfo{}};
        build.deployer->info->branch = "main\n";
        add(build);
    };
    addOf("Ada", "Keller", "ada@example.com");
    addOf("Ada", "Keller", "other@example.com");
    addOf("", "", "bob@example.com");
    addOf("", "", "");
    const auto uploaders = statistics.uploaders().top(5);
    ASSERT_EQ(uploaders.size(), 3U);
    EXPECT_EQ(uploaders[0].text, "Ada Keller");
    EXPECT_EQ(uploaders[0].count, 2);
    EXPECT_EQ(uploaders[1].text, "bob@example.com");
    EXPECT_EQ(uploaders[2].text, "the id");
    EXPECT_EQ(statistics.branches().top(5).at(0).text, "main") << "some tools end it in a newline";
}

TEST_F(Statistics, SortProfilesByDaysLeftWithExpiredOnesLast) {
    const auto addExpiring = [this](const char* id, const char* when) {
        Build build = buildOf(id, BuildStatus::processed, now);
        build.info.ios = IosInfo{IosPlist{}, MobileProvision{}};
        build.info.ios->plist->bundleIdentifier = "com.example";
        build.info.ios->mobileProvision->expirationDate = timeFrom(when);
        add(build);
    };
    addExpiring("a", "2024-11-01");
    addExpiring("b", "2025-11-01");
    addExpiring("c", "2024-11-12T01:00:00Z");
    addExpiring("d", "2024-11-12T23:00:00Z");
    addExpiring("e", "2024-11-11T01:00:00Z");
    std::string left;
    for (const Profile& profile : statistics.profiles()) {
        left += std::to_string(profile.daysLeft(now)) + '=' + std::to_string(profile.builds) + ' ';
    }
    EXPECT_EQ(left, "0=2 354=1 -1=1 -11=1 ");
}

TEST(Ages, AreComputedForAnyTwoTimes) {
    using std::chrono::seconds;
    EXPECT_EQ(ageOf(now - minutes{5}, now), minutes{5});
    EXPECT_EQ(ageOf(now + minutes{5}, now), seconds{0});
    const auto first = std::chrono::floor<seconds>(TimePoint::min().time_since_epoch());
    EXPECT_EQ(ageOf(TimePoint::min(), TimePoint{}), -first);
    EXPECT_EQ(ageOf(TimePoint::max(), TimePoint::min()), seconds{0});
    EXPECT_GT(ageOf(TimePoint::min(), TimePoint::max()), hours{24 * 365 * 584});
}

TEST_F(Statistics, ShortenLongTexts) {
    Build build = buildOf("1", BuildStatus::processed, now);
    build.versionName = std::string(100'000, 'v');
    add(build);
    EXPECT_LE(group().newest->versionName.size(), 303U);
}

}  // namespace
}  // namespace applivery::program
