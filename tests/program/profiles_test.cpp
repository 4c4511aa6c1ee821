/// @file
/// Provisioning profiles: which are kept, which are current, and the days that are left.
#include "program/report_time.hpp"
#include "program/statistics/build_statistics.hpp"

#include <applivery/build.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace applivery::program {
namespace {

using std::chrono::hours;
using test::now;

class ProvisioningProfiles : public testing::Test {
protected:
    void add(const std::string& bundle, hours age, hours left, const std::string& app = "shop",
             BuildStatus status = BuildStatus::processed) {
        Build build;
        build.id = bundle;
        build.status = status;
        build.os = Os::ios;
        build.createdAt = now - age;
        build.info.ios = IosInfo{IosPlist{}, MobileProvision{}};
        build.info.ios->plist->bundleIdentifier = bundle;
        build.info.ios->mobileProvision->expirationDate = now + left;
        statistics.add(build, app);
    }

    // Returns bundles and whether they are current.
    [[nodiscard]] std::string profiles() const {
        std::string text;
        for (const Profile& profile : statistics.profiles()) {
            text += profile.bundleIdentifier + (profile.isCurrent ? "+ " : "- ");
        }
        return text;
    }

    BuildStatistics statistics{Period{now}};
};

TEST_F(ProvisioningProfiles, AreKeptIfTheNewestProcessedBuildOfAnAppUsesThem) {
    for (int app = 0; app < 60; ++app) add("current", hours{1}, hours{24 * 300}, "app" + std::to_string(app));
    for (int i = 0; i < 100; ++i) add("old" + std::to_string(i), hours{2}, hours{24 * i}, "app0");
    const auto profiles = statistics.profiles();
    EXPECT_EQ(std::count_if(profiles.begin(), profiles.end(), [](const Profile& p) { return p.isCurrent; }), 60);
    EXPECT_EQ(profiles.size(), 60 + BuildStatistics::maxProfiles);
    EXPECT_TRUE(statistics.hasMoreProfiles());
}

TEST_F(ProvisioningProfiles, AreKeptIfTheyExpireSoonest) {
    add("current", hours{1}, hours{24 * 300});
    add("soon", hours{900}, hours{24 * 3});
    for (int i = 0; i < 100; ++i) add("late" + std::to_string(i), hours{2}, hours{24 * (400 + i)});
    add("long ago", hours{2}, hours{-24 * 400});
    const auto profiles = statistics.profiles();
    EXPECT_EQ(profiles.at(0).bundleIdentifier, "soon");
    EXPECT_EQ(profiles.at(1).bundleIdentifier, "current");
    EXPECT_EQ(profiles.back().bundleIdentifier, "late48") << "the first 49 of those that expire late";
}

TEST_F(ProvisioningProfiles, CountAllBuildsOfANewlyCurrentProfile) {
    add("late", hours{1}, hours{24 * 300}, "shop", BuildStatus::error);
    for (int i = 0; i < 100; ++i) add("soon" + std::to_string(i), hours{2}, hours{24 * i}, "bank", BuildStatus::error);
    add("late", hours{3}, hours{24 * 300});
    const auto profiles = statistics.profiles();
    EXPECT_EQ(profiles.size(), 1 + BuildStatistics::maxProfiles);
    EXPECT_EQ(profiles.back().builds, 2);
    EXPECT_EQ(profiles.back().newest.createdAt, now - hours{1});
}

TEST_F(ProvisioningProfiles, AreNotCurrentAfterANewerBuildUsesAnother) {
    add("a", hours{3}, hours{48});
    EXPECT_EQ(profiles(), "a+ ");
    add("b", hours{2}, hours{72});
    EXPECT_EQ(profiles(), "a- b+ ");
    add("c", hours{1}, hours{96}, "shop", BuildStatus::error);
    EXPECT_EQ(profiles(), "a- b+ c- ") << "a failed build is not installed";
    add("a", hours{1}, hours{48});
    EXPECT_EQ(profiles(), "a+ b- c- ");
}

TEST_F(ProvisioningProfiles, AreNotCurrentAfterANewerBuildUsesNone) {
    add("a", hours{3}, hours{48});
    Build build;
    build.status = BuildStatus::processed;
    build.os = Os::ios;
    build.createdAt = now;
    statistics.add(build, "shop");
    EXPECT_EQ(profiles(), "a- ");
}

TEST_F(ProvisioningProfiles, HaveNegativeDaysFromTheMomentOfTheExpiry) {
    for (const int left : {24, 23, 1, -1, -23, -25}) {
        statistics = BuildStatistics{Period{now}};
        add("a", hours{3}, hours{left});
        const int days = left == 24 ? 1 : left > 0 ? 0 : left > -24 ? -1 : -2;
        EXPECT_EQ(statistics.profiles().at(0).daysLeft(now), days) << left;
    }
}

}  // namespace
}  // namespace applivery::program
