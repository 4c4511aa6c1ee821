/// @file
/// Uploads to applivery-mock-server.
#include "program/running_mock_server.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace applivery::test {
namespace {

using nlohmann::json;

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
          std::pair{"outcome=failed", "The outcome must be processed or error, not failed"},
          std::pair{"outcome=error", "An upload has an outcome only if the server runs with --processing-time"},
          std::pair{"os=beos", "The os must be ios, android, macos or windows, not beos"},
          std::pair{"id=", "The id of an upload must not be empty"},
          std::pair{"id=a&id=b", "The request has the parameter id twice"},
          std::pair{"id=6731e9e7a1b2c3d4e5f60700", "A build has the id 6731e9e7a1b2c3d4e5f60700 already"}}) {
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
        EXPECT_EQ(answer->body, errorToJson(1001, "A parameter is not UTF-8")) << answer->body;
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

TEST(MockServerUploads, IgnoreAFile) {
    const Running server;
    auto plain = server.plain();
    plain.set_keep_alive(true);
    const auto answer = plain.Post("/mock/uploads?id=up1", std::string(100'000, 'x'), "application/octet-stream");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(plain.Get(sample::integrationsPath)->status, 401);
}

TEST(MockServerUploads, RefuseParametersInABody) {
    const Running server;
    for (const char* type : {"application/x-www-form-urlencoded", "application/json"}) {
        const auto answer = server.plain().Post("/mock/uploads", "versionName=2", type);
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->body,
                  errorToJson(1001, "The server does not read parameters in a body. Append them to the URL"));
    }
}

// Returns a build as the server sends it.
json servedBuild(const Running& server, const std::string& id) {
    const auto answer =
        server.plain().Get(sample::integrationsPath + ('/' + id), {{"Authorization", "Bearer app-token-3b7e"}});
    return answer && answer->status == 200 ? json::parse(answer->body).at("data") : json();
}

// Waits until a build has this status.
json awaitStatus(const Running& server, const std::string& id, const std::string& status) {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    json build = servedBuild(server, id);
    while (build.at("status") != status && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(5ms);
        build = servedBuild(server, id);
    }
    EXPECT_EQ(build.at("status"), status);
    return build;
}

TEST(MockServerUploads, HaveTheFieldsOfTheirStage) {
    const Running server({"--processing-time", "1500ms", "--now", "2026-11-30T12:00:00Z"});
    const json uploaded = json::parse(upload(server, "id=up1&versionName=3.1&os=android")).at("data");
    EXPECT_EQ(uploaded.at("status"), "pending");
    EXPECT_EQ(uploaded.at("updatedAt"), uploaded.at("createdAt"));
    const json inProgress = awaitStatus(server, "up1", "in_progress");
    EXPECT_EQ(inProgress.at("queuedTime"), 0);
    EXPECT_GT(inProgress.at("updatedAt"), uploaded.at("updatedAt"));
    const json processed = awaitStatus(server, "up1", "processed");
    EXPECT_EQ(processed.at("processTime"), 0);
    EXPECT_EQ(processed.at("info").at("android").at("versionName"), "3.1");
    EXPECT_GT(processed.at("updatedAt"), inProgress.at("updatedAt"));
    for (const char* absent : {"info", "queuedTime", "processTime"}) EXPECT_FALSE(uploaded.contains(absent)) << absent;
    for (const char* absent : {"info", "processTime"}) EXPECT_FALSE(inProgress.contains(absent)) << absent;
}

TEST(MockServerUploads, HaveNoInfoIfTheyFail) {
    const Running server({"--processing-time", "20ms"});
    EXPECT_FALSE(upload(server, "id=up1&outcome=error").empty());
    const json build = awaitStatus(server, "up1", "error");
    EXPECT_FALSE(build.contains("info"));
    EXPECT_EQ(build.at("errorCode"), "E-117");
}

TEST(MockServerUploads, AreNeverNewerThanTheClock) {
    const Running server({"--generate", "60"});
    EXPECT_FALSE(upload(server, "id=up1").empty());
    const auto page = server.client().listBuilds();
    ASSERT_TRUE(page);
    for (const Build& build : page->items) EXPECT_LE(*build.updatedAt, std::chrono::system_clock::now()) << build.id;
}

}  // namespace
}  // namespace applivery::test
