/// @file
/// Generated builds and demonstration builds of the mock server.
#include "mock_server/build_generator.hpp"

#include "mock_server/demo_builds.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace applivery::mock {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

TEST(MockBuilds, AreGeneratedWithinTenSeconds) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(generateBuilds(10'000).size(), 10'000U);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
}

TEST(MockBuilds, HaveUniqueIds) {
    const std::vector<MockBuild> many = generateBuilds(10'000);
    std::set<std::string> ids;
    for (const MockBuild& build : many) ids.insert(build.id);
    EXPECT_EQ(ids.size(), many.size());
    EXPECT_EQ(ids.begin()->size(), 24U);
}

TEST(MockBuilds, AreJsonWithTheFieldsOfTheBuild) {
    const std::vector<MockBuild> builds = generateBuilds(100);
    EXPECT_GT(builds[2].json.size(), 1'800U);
    EXPECT_EQ(json::parse(builds[0].json).at("createdAt"), "2024-11-11T11:27:35.446Z");
    for (const MockBuild& build : builds) EXPECT_EQ(buildFromJson(build.json).versionName, build.versionName);
}

TEST(MockBuilds, AreTheSameForEachCount) {
    EXPECT_EQ(generateBuilds(3).back().json, generateBuilds(10'000)[2].json);
}

TEST(MockBuilds, OfTheDemonstrationAreJson) {
    for (const MockBuild& build : demoBuilds()) EXPECT_TRUE(json::accept(build.json));
    EXPECT_EQ(demoBuilds().back().id, "string");
}

}  // namespace
}  // namespace applivery::mock
