/// @file
/// `applivery-builds overview --watch`: the requested builds and the output of each refresh.
#include "mock_server/build_stages.hpp"
#include "program/overview_watch_fixture.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

namespace applivery::program {
namespace {

using namespace std::chrono_literals;

TEST_F(OverviewWatch, SeesABuildFinish) {
    addBuild("old", "processed", 3h, 10);
    addBuild("new", "pending", 5min);
    const auto end = clock->wallNow() - 5min + 20s;
    const auto process = [end](const mock::MockBuild& build) { return mock::processed(build, end); };
    const std::string text = outputAfterSteps({[] {}, [&] { data.change("new", process); }});
    const auto rows = firstRowsOf(text);
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0], "ios  new (1)  pending 5m  3h old (1)  1 for 5m  0/2     10/10");
    EXPECT_EQ(rows[1], "ios  new (1)  pending 6m  3h old (1)  1 for 6m  0/2     10/10");
    EXPECT_EQ(rows[2], "ios  new (1)  processed 7m  7m new (1)  -        0/2     10/20");
    EXPECT_EQ(rows[3].find("numbers from 2023-11-14T22:15:20Z, not read since: "), 0U) << rows[3];
    EXPECT_NE(text.find("\nios  new (1)  processed 8m  8m new (1)  -        0/2     10/20\n"), std::string::npos)
        << text;
    EXPECT_EQ(requests, (std::vector<std::size_t>{1, 2, 3}));
}

TEST_F(OverviewWatch, CountsARepeatedBuildOnce) {
    for (int i = 0; i < 20; ++i) addBuild("b" + std::to_string(i), i % 4 == 0 ? "error" : "processed", 20min - i * 10s);
    const auto rows = firstRowsOf(outputAfterSteps({[] {}, [this] { addBuild("late", "error", 0s); }, [] {}}));
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_NE(rows[1].find("5/20 "), std::string::npos) << rows[1];
    EXPECT_NE(rows[2].find("6/21 "), std::string::npos) << rows[2];
    EXPECT_NE(rows[3].find("6/21 "), std::string::npos) << rows[3];
}

TEST_F(OverviewWatch, RequestsOnlyChangeableBuilds) {
    for (int i = 0; i < 500; ++i) {
        addBuild("b" + std::to_string(i), i == 350 ? "in_progress" : "processed", 24h - i * 2min);
    }
    const std::string text = outputAfterSteps({[] {}, [this] { data.setStatus("b350", "error"); }, [] {}, [] {}});
    const auto rows = firstRowsOf(text);
    ASSERT_EQ(rows.size(), 6U);
    EXPECT_NE(rows[1].find("0/500 "), std::string::npos) << rows[1];
    EXPECT_NE(rows[3].find("1/500 "), std::string::npos) << rows[3];
    ASSERT_EQ(requests.size(), 5U);
    EXPECT_EQ(requests[0], 5U) << "all pages";
    EXPECT_EQ(requests[1] - requests[0], 3U) << "as far as the build that is in progress, and the page that ends it";
    EXPECT_EQ(requests[4] - requests[3], 2U) << "the newest, and the page that ends it";
}

TEST_F(OverviewWatch, RequestsABuildWithoutATimeAgain) {
    addBuild("dated", "processed", 1h);
    data.addJson(R"({"id":"undated","status":"pending","os":"ios"})");
    const auto rows = firstRowsOf(outputAfterSteps({[this] { data.setStatus("undated", "error"); }}));
    EXPECT_NE(rows.at(0).find("1 for ?"), std::string::npos) << rows[0];
    EXPECT_NE(rows.at(1).find("1/2 "), std::string::npos) << rows[1];
}

TEST_F(OverviewWatch, CountsABuildOutOfOrderOnce) {
    addBuild("older", "pending", 2h);
    addBuild("newer", "processed", 1h);
    addBuild("oldest", "processed", 3h);  // older than both
    const auto rows = firstRowsOf(outputAfterSteps({[this] { data.setStatus("older", "error"); }}));
    EXPECT_NE(rows.at(0).find("0/3 "), std::string::npos) << rows[0];
    EXPECT_NE(rows.at(1).find("1/3 "), std::string::npos) << rows[1];
}

TEST_F(OverviewWatch, ShowsTheAgesAtEachRefresh) {
    addBuild("b1", "processed", 1h);
    options.interval = 48h;
    const auto rows = firstRowsOf(outputAfterSteps({[] {}, [this] { addBuild("b2", "processed", 0s); }}));
    EXPECT_EQ(rows.at(1).find("ios  b1 (1)  processed 2d"), 0U) << rows[1];
    EXPECT_EQ(rows.at(2).find("ios  b2 (1)  processed 2d"), 0U) << rows[2];
}

TEST_F(OverviewWatch, WritesAJsonDocumentEachTime) {
    addBuild("b1", "processed", 1h);
    options.format = Format::json;
    const std::string text = outputAfterSteps({[] {}});
    EXPECT_EQ(text.find(R"({"schema":"applivery.overview/1","at":"2023-11-14T22:13:20.000Z")"), 0U) << text;
    EXPECT_NE(text.find(R"({"schema":"applivery.overview/1","at":"2023-11-14T22:14:20.000Z")"), std::string::npos);
}

TEST_F(OverviewWatch, WritesOneLineOfJsonForEachRefresh) {
    addApps({"other"});
    addBuild("b1", "processed", 1h);
    options.format = Format::ndjson;
    const std::string text = outputAfterSteps({[] {}, [] {}});
    std::istringstream lines(text);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        EXPECT_EQ(nlohmann::json::parse(line).at("schema"), "applivery.overview/1");
    }
    EXPECT_EQ(count, 4U) << text;
}

}  // namespace
}  // namespace applivery::program
