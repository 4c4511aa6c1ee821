/// @file
/// BuildSelector: comparison with a build, required members, and creation.
#include <applivery/build.hpp>
#include <applivery/build_waiter.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace applivery {
namespace {

using namespace std::chrono_literals;

TEST(BuildSelectorMatches, ComparesAsAWaitDoes) {
    Build build;
    build.id = "b1 ";
    build.versionName = "2\n";
    build.os = Os::ios;
    build.deployer.emplace().info.emplace().branch = "main";
    BuildSelector selector;
    EXPECT_TRUE(selector.matches(build));
    selector.id = "b1";
    selector.versionName = " 2";
    selector.os = Os::ios;
    selector.branch = "main";
    EXPECT_TRUE(selector.matches(build));
    selector.createdSince = std::chrono::system_clock::now();
    EXPECT_TRUE(selector.matches(build)) << "the age is not compared";
    selector.id = "b";
    EXPECT_FALSE(selector.matches(build));
}

TEST(BuildSelectorMatches, IsFalseIfTheBuildLacksAProperty) {
    const Build build;
    for (const auto member : {&BuildSelector::id, &BuildSelector::versionName, &BuildSelector::commit}) {
        BuildSelector selector;
        selector.*member = "x";
        EXPECT_FALSE(selector.matches(build));
    }
    BuildSelector selector;
    selector.os = Os::ios;
    EXPECT_FALSE(selector.matches(build));
}

// ---- required members ----

TEST(BuildSelector, IsEmptyWithoutAPropertyOfABuild) {
    BuildSelector selector;
    EXPECT_TRUE(selector.isEmpty());
    selector.anyAge = true;
    EXPECT_TRUE(selector.isEmpty());
    selector.os = Os::ios;
    EXPECT_FALSE(selector.isEmpty());
    EXPECT_FALSE(BuildSelector::byId("b1").isEmpty());
}

TEST(BuildSelector, RequiresAnAgeUnlessItHasAnId) {
    BuildSelector selector;
    selector.versionName = "2";
    EXPECT_TRUE(selector.isMissingAge());
    selector.anyAge = true;
    EXPECT_FALSE(selector.isMissingAge());
    EXPECT_FALSE(BuildSelector::byId("b1").isMissingAge());
    EXPECT_FALSE(BuildSelector::byVersion("2", BuildSelector::TimePoint{1h}).isMissingAge());
}

// ---- creation ----

static_assert(std::is_aggregate_v<BuildSelector>);

TEST(BuildSelector, HasAFunctionForEachTextField) {
    const BuildSelector::TimePoint since{1h};
    EXPECT_EQ(BuildSelector::byId("x").id, "x");
    EXPECT_EQ(BuildSelector::byId("x").createdSince, std::nullopt);
    const std::pair<BuildSelector, std::optional<std::string> BuildSelector::*> selectors[] = {
        {BuildSelector::byVersion("x", since), &BuildSelector::versionName},
        {BuildSelector::byVersionCode("x", since), &BuildSelector::versionCode},
        {BuildSelector::byCommit("x", since), &BuildSelector::commit},
        {BuildSelector::byBranch("x", since), &BuildSelector::branch},
        {BuildSelector::byTag("x", since), &BuildSelector::tag},
        {BuildSelector::byBuildNumber("x", since), &BuildSelector::buildNumber}};
    for (const auto& [selector, member] : selectors) {
        EXPECT_EQ(selector.*member, "x");
        EXPECT_EQ(selector.createdSince, since);
        EXPECT_FALSE(selector.anyAge);
    }
}

}  // namespace
}  // namespace applivery
