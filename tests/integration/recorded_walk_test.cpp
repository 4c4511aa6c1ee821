/// @file
/// Iteration over a replayed recording.
#include "mock_server/mock_server.hpp"
#include "mock_server/recording.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace applivery {
namespace {

TEST(RecordedWalk, DeliversTheRecordedBuilds) {
    std::ifstream file(APPLIVERY_TEST_RECORDINGS_DIR "/walk.ndjson");
    mock::Recording recording(file);
    mock::MockServer server;
    server.setHook([&recording](const mock::RecordedRequest& request) { return recording.response(request); });
    ClientOptions options;
    options.baseUrl = server.baseUrl();
    options.retry.initialDelay = std::chrono::milliseconds{1};
    WalkOptions walk;
    walk.limit = 2;
    std::vector<std::string> statuses;
    std::set<std::string> ids;
    for (const Result<Build>& build : BuildsClient(AppToken{"any-token"}, options).builds({}, walk)) {
        ASSERT_TRUE(build) << build.error();
        statuses.push_back(build->status.text());
        ids.insert(build->id);
        EXPECT_GT(build->size, 1'000'000);
        EXPECT_EQ(build->versionName, "4.0.0");
        EXPECT_TRUE(build->createdAt.has_value());
    }
    EXPECT_EQ(statuses, (std::vector<std::string>{"pending", "in_progress", "processed", "processed", "processed"}));
    EXPECT_EQ(ids.size(), 5U);
    EXPECT_EQ(server.requestCount(), 4U) << "three pages and the first refusal";
}

}  // namespace
}  // namespace applivery
