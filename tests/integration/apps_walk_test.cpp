/// @file
/// Concurrent iteration over the builds of several apps of a workspace.
#include "mock_server/build_generator.hpp"
#include "mock_server/mock_server.hpp"
#include "support/delayed_response.hpp"
#include "support/matchers.hpp"
#include "support/scripted_lists.hpp"
#include "support/walks.hpp"

#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::pagesOf;

// A workspace with ten apps. The app `app-N` has 30 + N builds.
class AppsWalk : public testing::Test {
protected:
    static constexpr int buildsOfAllApps = 345;

    AppsWalk() {
        std::vector<std::string> apps;
        for (int i = 0; i < 10; ++i) {
            apps.push_back("app-" + std::to_string(i));
            server.accounts().addApp(apps.back()).assign(mock::generateBuilds(30 + static_cast<std::size_t>(i)));
        }
        server.accounts().addOrganization("acme-id", "acme", apps);
        server.accounts().addServiceAccount("service-token-42", "acme-id");
    }

    [[nodiscard]] Workspace workspace() const {
        ClientOptions options;
        options.baseUrl = server.baseUrl();
        options.retry.maxAttempts = 1;
        return Workspace(ServiceAccountToken{"service-token-42"}, "acme", options);
    }

    // Returns the ids of the first apps.
    static std::vector<std::string> apps(int count) {
        std::vector<std::string> ids;
        for (int i = 0; i < count; ++i) ids.push_back("app-" + std::to_string(i));
        return ids;
    }

    mock::MockServer server;
};

TEST_F(AppsWalk, DeliversEachBuildOfEachApp) {
    std::map<std::string, std::set<std::string>> ids;
    const AppBuildRange range = workspace().builds(apps(10), {}, pagesOf(7));
    for (const AppBuild& app : range) {
        ASSERT_TRUE(app.build) << app.applicationId << ": " << app.build.error();
        EXPECT_TRUE(ids[app.applicationId].insert(app.build->id).second);
    }
    ASSERT_EQ(ids.size(), 10U);
    for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(ids["app-" + std::to_string(i)].size(), 30 + i);
    EXPECT_EQ(range.summary().builds, buildsOfAllApps);
}

TEST_F(AppsWalk, IteratesOnceOverARepeatedApp) {
    std::map<std::string, int> buildCounts;
    for (const AppBuild& app : workspace().builds({"app-1", "app-0", "app-1", "app-1"}, {}, pagesOf(10))) {
        buildCounts[app.applicationId] += app.build ? 1 : 0;
    }
    EXPECT_EQ(buildCounts, (std::map<std::string, int>{{"app-0", 30}, {"app-1", 31}}));
}

// Page 2 contains only a repeated build and an old build.
TEST_F(AppsWalk, ContinuesAfterAPageWithoutNewBuilds) {
    const auto lists = std::make_shared<FakeTransport>([](const HttpRequest& request) {
        const int page = test::pageOf(request);
        const auto item = [](int id, const char* year) {
            return R"({"id":")" + std::to_string(id) + R"(","createdAt":")" + year + R"(-01-01T00:00:00Z"})";
        };
        return FakeTransport::answer(
            200, R"({"status":true,"data":{"totalPages":3,"items":[)" +
                     (page == 2 ? item(1, "2020") + ',' + item(20, "2000") : item(page, "2020")) + "]}}");
    });
    WalkOptions options;
    options.createdSince = std::chrono::system_clock::from_time_t(1'500'000'000);
    const Workspace workspace(ServiceAccountToken{"service-token-42"}, "acme", {}, lists);
    std::string ids;
    for (const AppBuild& app : workspace.builds({"a"}, {}, options)) ids += app.build ? app.build->id : "failure";
    EXPECT_EQ(ids, "13");  // the builds 1 and 3
}

TEST_F(AppsWalk, ReportsEachAppAsCancelled) {
    CancellationSource source;
    source.cancel();
    WalkOptions options;
    options.cancel = source.token();
    std::set<std::string> cancelled;
    for (const AppBuild& app : workspace().builds(apps(10), {}, options)) {
        EXPECT_THAT(app.build, test::FailsWith(ErrorKind::cancelled));
        cancelled.insert(app.applicationId);
    }
    EXPECT_EQ(cancelled.size(), 10U);
}

TEST_F(AppsWalk, ContinuesWithTheOtherAppsAfterAFailure) {
    std::vector<std::string> ids = apps(3);
    ids.insert(ids.begin() + 1, "no-such-app");
    ids.insert(ids.begin(), "");
    std::map<std::string, int> buildCounts;
    std::map<std::string, ErrorKind> failures;
    for (const AppBuild& app : workspace().builds(ids, {}, pagesOf(10))) {
        if (app.build) {
            ++buildCounts[app.applicationId];
        } else {
            failures.emplace(app.applicationId, app.build.error().kind());
        }
    }
    EXPECT_EQ(buildCounts, (std::map<std::string, int>{{"app-0", 30}, {"app-1", 31}, {"app-2", 32}}));
    EXPECT_EQ(failures, (std::map<std::string, ErrorKind>{{"no-such-app", ErrorKind::notFound},
                                                          {"", ErrorKind::invalidArgument}}));
}

TEST_F(AppsWalk, DoesNotWaitForASlowApp) {
    server.enqueueIf([](const auto& request) { return request.path.find("app-0") != std::string::npos; },
                     test::responseThatNeverArrives());
    constexpr int buildsOfOtherApps = 31 + 32 + 33;
    int count = 0;
    for (const AppBuild& app : workspace().builds(apps(4), {}, pagesOf(10))) {
        ASSERT_TRUE(app.build);
        EXPECT_NE(app.applicationId, "app-0");
        if (++count == buildsOfOtherApps) break;
    }
    EXPECT_EQ(count, buildsOfOtherApps);
}

// Each app has four pages of one build. The transport responds at once, so that all requested pages have arrived when
// the reader continues.
TEST_F(AppsWalk, AlternatesBetweenReadyApps) {
    const auto lists = std::make_shared<FakeTransport>([](const HttpRequest& request) {
        return FakeTransport::answer(200, R"({"status":true,"data":{"totalPages":4,"items":[{"id":"build-)" +
                                              std::to_string(test::pageOf(request)) + "\"}]}}");
    });
    const Workspace workspace(ServiceAccountToken{"service-token-42"}, "acme", {}, lists);
    std::string order;
    for (const AppBuild& app : workspace.builds({"a", "b"})) {
        ASSERT_TRUE(app.build) << app.build.error();
        order += app.applicationId;
    }
    EXPECT_THAT(order.substr(1, 6), testing::AnyOf("ababab", "bababa"));
    EXPECT_EQ(order.size(), 8U);
}

TEST_F(AppsWalk, IteratesOverAtMostTwoAppsAtOnce) {
    server.setDelay(50ms);
    WalkOptions options = pagesOf(100);
    options.appsAtOnce = 2;
    int count = 0;
    for (const AppBuild& app : workspace().builds(apps(10), {}, options)) count += app.build ? 1 : 0;
    EXPECT_EQ(count, buildsOfAllApps);
    EXPECT_LE(server.peakConcurrency(), 2U);
}

}  // namespace
}  // namespace applivery
