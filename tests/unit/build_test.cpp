/// @file
/// Fields of a build that the reference of the list does not name.
#include <applivery/build_json.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <sstream>

namespace applivery {
namespace {

TEST(Build, HasThePlatformOfAConsoleBuild) {
    const auto build = buildFromJson(R"({"id":"b","buildPlatform":"xbox-series","disabled":true})");
    ASSERT_TRUE(build) << build.error();
    EXPECT_EQ(build->buildPlatform, "xbox-series");
    EXPECT_EQ(build->os, Os::unknown);
    EXPECT_EQ(build->disabled, true);
    EXPECT_EQ(toJson(*build), R"({"id":"b","disabled":true,"buildPlatform":"xbox-series"})");
}

TEST(Build, IsPrintedWithItsPlatformIfItHasNoSystem) {
    Build build;
    build.id = "b";
    build.buildPlatform = "ps5\x1b";
    std::ostringstream console;
    console << build;
    EXPECT_EQ(console.str(), R"(build b ps5\x1b)");
    build.os = Os::ios;
    std::ostringstream phone;
    phone << build;
    EXPECT_EQ(phone.str(), "build b ios");
}

TEST(Build, HasNoPlatformUnlessTheServiceSendsOne) {
    const auto build = buildFromJson(R"({"id":"b","disabled":null})");
    ASSERT_TRUE(build) << build.error();
    EXPECT_EQ(build->buildPlatform, std::nullopt);
    EXPECT_EQ(build->disabled, std::nullopt);
}

}  // namespace
}  // namespace applivery
