/// @file
/// Uploads to applivery-mock-server.
#include "program/running_mock_server.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace applivery::test {
namespace {

TEST(MockServerUploads, ProcessAnUpload) {
    const Running server({"--processing-time", "300ms"});
    EXPECT_FALSE(upload(server, "id=up1&versionName=3.0&os=android").empty());
    EXPECT_FALSE(upload(server, "id=up2&outcome=error").empty());
    WaitOptions options;
    options.minDelay = options.maxDelay = 20ms;
    BuildSelector good;
    good.id = "up1";
    BuildSelector bad;
    bad.id = "up2";
    const auto results = server.client().waitUntilBuildsProcessed({good, bad}, options);
    ASSERT_TRUE(results) << results.error();
    EXPECT_EQ(results->at(0).outcome, WaitOutcome::processed);
    EXPECT_EQ(results->at(0).build->versionName, "3.0");
    EXPECT_EQ(results->at(1).outcome, WaitOutcome::failed);
    EXPECT_EQ(results->at(1).build->errorCode, "E-117");
}

TEST(MockServerUploads, ProcessTheInitialPendingBuilds) {
    const Running server({"--processing-time", "100ms"});
    std::vector<BuildSelector> selectors(2);
    selectors[0].id = "6731e9e7a1b2c3d4e5f60700";  // pending
    selectors[1].id = "6731e9e7a1b2c3d4e5f60701";  // in progress
    WaitOptions options;
    options.minDelay = options.maxDelay = 20ms;
    const auto results = server.client().waitUntilBuildsProcessed(selectors, options);
    ASSERT_TRUE(results) << results.error();
    for (const WaitResult& result : *results) EXPECT_EQ(result.outcome, WaitOutcome::processed);
}

TEST(MockServerUploads, StayPendingWithoutAProcessingTime) {
    const Running server;
    EXPECT_FALSE(upload(server, "id=up1").empty());
    const auto page = server.client().listBuilds();
    ASSERT_TRUE(page);
    EXPECT_EQ(page->items.at(0).id, "up1");
    EXPECT_EQ(page->items.at(0).status, BuildStatus::pending);
}

TEST(MockServerUploads, ExplainAnInvalidUpload) {
    const Running server;
    auto plain = server.plain();
    for (const auto& [parameter, message] :
         {std::pair{"flavour=vanilla", "Unknown parameter of an upload: flavour"},
          std::pair{"outcome=failed", "The outcome must be processed or error, not failed"}}) {
        const auto answer = plain.Post(std::string("/mock/uploads?") + parameter);
        ASSERT_TRUE(answer) << parameter;
        EXPECT_EQ(answer->status, 400) << parameter;
        EXPECT_EQ(answer->body, errorToJson(1001, message));
    }
}

TEST(MockServerUploads, RefuseInvalidUtf8) {
    const Running server({"--processing-time", "10ms"});
    auto plain = server.plain();
    for (const char* parameter : {"branch=%FF", "id=%C3", "%FF=main"}) {
        const auto answer = plain.Post(std::string("/mock/uploads?") + parameter);
        ASSERT_TRUE(answer) << parameter;
        EXPECT_EQ(answer->status, 400) << parameter;
        EXPECT_EQ(answer->body, errorToJson(1001, "The upload has a parameter that is not UTF-8")) << answer->body;
    }
    EXPECT_FALSE(upload(server, "id=up1&branch=%E2%82%AC").empty());
    WaitOptions options;
    options.minDelay = options.maxDelay = 20ms;
    BuildSelector selector;
    selector.id = "up1";
    const auto result = server.client().waitUntilBuildProcessed(selector, options);
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(result->build->deployer->info->branch, "\xE2\x82\xAC");
}

TEST(MockServerUploads, IgnoreABody) {
    const Running server;
    auto plain = server.plain();
    plain.set_keep_alive(true);
    const auto answer = plain.Post("/mock/uploads?id=up1", std::string(100, 'x'), "text/plain");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(plain.Get(sample::integrationsPath)->status, 401);
}

}  // namespace
}  // namespace applivery::test
