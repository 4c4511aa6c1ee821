/// @file
/// Conditions that require action, and the order of apps and systems by these conditions.
#include "program/statistics/attention.hpp"

#include "program/report_time.hpp"

#include <applivery/build.hpp>

#include <gtest/gtest.h>

#include <string>

namespace applivery::program {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::now;

class AttentionItems : public testing::Test {
protected:
    void add(const char* app, BuildStatus status, seconds age, OptionalTime expires = {}) {
        Build build;
        build.id = app;
        build.versionName = "2.5";
        build.versionCode = "7";
        build.status = status;
        build.os = Os::ios;
        build.createdAt = now - age;
        if (expires) {
            build.info.ios = IosInfo{IosPlist{}, MobileProvision{}};
            build.info.ios->mobileProvision->expirationDate = expires;
        }
        if (status == BuildStatus::error) build.errorCode = "5001";
        statistics.add(build, app);
    }

    // Adds processed builds. The first build took 40 minutes, and each other build took one minute.
    void addProcessed(const char* app, int count) {
        for (int i = 0; i < count; ++i) {
            Build build;
            build.status = BuildStatus::processed;
            build.os = Os::ios;
            build.createdAt = now - hours{1000 + i};
            build.updatedAt = *build.createdAt + minutes{i == 0 ? 40 : 1};
            statistics.add(build, app);
        }
    }

    [[nodiscard]] std::string kindsAndApps(const std::vector<UnreadApp>& unread = {}) const {
        std::string text;
        for (const AttentionItem& item : attentionItemsOf(statistics, unread)) {
            text += std::string(toText(item.kind)) + '=' + item.app + ' ';
        }
        return text;
    }

    [[nodiscard]] std::string firstSentence() const { return sentenceOf(attentionItemsOf(statistics).at(0), now); }

    BuildStatistics statistics{Period{now}};
};

TEST_F(AttentionItems, AreAbsentIfNothingRequiresAction) {
    add("shop", BuildStatus::processed, hours{1}, now + hours{24 * 31});
    add("shop", BuildStatus::error, hours{2});
    add("shop", BuildStatus::pending, minutes{3});
    EXPECT_EQ(kindsAndApps(), "");
}

TEST_F(AttentionItems, AreSortedByKindAndUrgency) {
    add("a", BuildStatus::processed, hours{1}, now + hours{24 * 20});
    add("b", BuildStatus::processed, hours{1}, now - hours{1});
    add("c", BuildStatus::pending, hours{2});
    add("d", BuildStatus::pending, hours{3});
    add("e", BuildStatus::error, hours{2});
    add("f", BuildStatus::error, hours{1});
    EXPECT_EQ(kindsAndApps({{"z", "away"}}), "unread=z failed=f failed=e stuck=d stuck=c expiring=b expiring=a ");
}

TEST_F(AttentionItems, SortTheGroups) {
    add("a", BuildStatus::processed, hours{1});
    add("b", BuildStatus::error, hours{1});
    add("c", BuildStatus::processed, hours{1});
    std::string apps;
    for (const BuildGroup* const group : groupsByUrgency(statistics, attentionItemsOf(statistics, {{"c", "away"}}))) {
        apps += group->app;
    }
    EXPECT_EQ(apps, "cba");
}

TEST_F(AttentionItems, IgnoreTheProfileOfAnOlderBuild) {
    add("shop", BuildStatus::processed, hours{2}, now + hours{24 * 3});
    EXPECT_EQ(kindsAndApps(), "expiring=shop ");
    add("shop", BuildStatus::processed, hours{1}, now + hours{24 * 300});
    EXPECT_EQ(kindsAndApps(), "");
}

TEST_F(AttentionItems, CallABuildStuckAfterThe99thPercentileOfItsApp) {
    addProcessed("shop", 101);
    EXPECT_EQ(stuckLimit(statistics, "shop").p99, 60);
    EXPECT_EQ(stuckLimit(statistics, "shop").age, minutes{5}) << "clocks may differ";
    add("shop", BuildStatus::pending, minutes{6});
    EXPECT_EQ(kindsAndApps(), "stuck=shop ");
}

TEST_F(AttentionItems, CallABuildStuckAfterAnHourIfFewBuildsWereMeasured) {
    addProcessed("shop", 19);
    EXPECT_EQ(stuckLimit(statistics, "shop").age, hours{1});
    EXPECT_FALSE(stuckLimit(statistics, "shop").p99);
    EXPECT_EQ(stuckLimit(statistics, "nowhere").age, hours{1});
}

TEST_F(AttentionItems, CallABuildStuckAfterADayIfBuildsWereChangedLater) {
    for (int i = 0; i < 20; ++i) {
        Build build;
        build.status = BuildStatus::processed;
        build.createdAt = now - hours{900};
        build.updatedAt = now;
        statistics.add(build, "shop");
    }
    EXPECT_EQ(stuckLimit(statistics, "shop").age, hours{24});
}

TEST_F(AttentionItems, AreDescribedInSentences) {
    add("shop", BuildStatus::error, hours{3});
    EXPECT_EQ(firstSentence(), "The newest build, 2.5 (7) of 3h ago, failed with code 5001.");
    statistics = BuildStatistics{Period{now}};
    add("shop", BuildStatus::inProgress, hours{3});
    EXPECT_EQ(firstSentence(), "Build 2.5 (7) has been in_progress for 3h, which is more than 1h.");
    statistics = BuildStatistics{Period{now}};
    addProcessed("shop", 101);
    add("shop", BuildStatus::pending, hours{3});
    EXPECT_EQ(firstSentence(), "Build 2.5 (7) has been pending for 3h; 99% of the processed builds took at most 1m.");
    statistics = BuildStatistics{Period{now}};
    add("shop", BuildStatus::processed, hours{3}, now + hours{50});
    EXPECT_EQ(firstSentence(), "The provisioning profile expires in 2d, on 2024-11-13.");
    statistics = BuildStatistics{Period{now}};
    add("shop", BuildStatus::processed, hours{3}, now - hours{1});
    EXPECT_EQ(firstSentence(), "The provisioning profile expired 1h ago, on 2024-11-11.");
    EXPECT_EQ(sentenceOf(attentionItemsOf(statistics, {{"shop", "page 1: away"}}).at(0), now),
              "Builds are missing: page 1: away");
}

}  // namespace
}  // namespace applivery::program
