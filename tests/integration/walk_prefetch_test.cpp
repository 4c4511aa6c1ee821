/// @file
/// The number and time of the requests of an iteration. The first build needs one request, and prefetching starts when
/// the reader continues.
#include "support/rig.hpp"
#include "support/scripted_lists.hpp"
#include "support/walks.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using test::nextOf;
using test::pageOf;

class WalkPrefetch : public testing::Test {
protected:
    static constexpr std::size_t prefetch = 4;

    explicit WalkPrefetch(FakeTransport::Function function =
                              [](const HttpRequest& request) { return test::pageWithTwo(pageOf(request), 1000); })
        : transport(std::make_shared<FakeTransport>(std::move(function))),
          client(AppToken{test::token}, {}, transport) {}

    [[nodiscard]] std::size_t requests() const { return transport->requests().size(); }

    [[nodiscard]] Workspace workspace() const {
        return Workspace(ServiceAccountToken{test::token}, "acme", {}, transport);
    }

    std::shared_ptr<FakeTransport> transport;
    BuildsClient client;
};

TEST_F(WalkPrefetch, SendsOneRequestForTheFirstBuild) {
    const BuildRange builds = client.builds();
    EXPECT_NE(builds.begin(), builds.end());
    EXPECT_EQ(requests(), 1U);
}

TEST_F(WalkPrefetch, StartsWhenTheReaderOfBuildsContinues) {
    const BuildRange builds = client.builds();
    auto build = builds.begin();
    ++build;
    EXPECT_EQ((*build)->id, "1b");
    EXPECT_EQ(requests(), 1 + prefetch);
}

TEST_F(WalkPrefetch, StaysAheadOfTheReaderOfBuilds) {
    const BuildRange builds = client.builds();
    auto build = builds.begin();
    ++build;
    ++build;
    EXPECT_EQ((*build)->id, "2a");
    EXPECT_EQ(requests(), 2 + prefetch);
}

TEST_F(WalkPrefetch, SendsOneRequestForTheFirstPage) {
    const PageRange pages = client.pages();
    EXPECT_NE(pages.begin(), pages.end());
    EXPECT_EQ(requests(), 1U);
}

TEST_F(WalkPrefetch, StartsWhenTheReaderOfPagesContinues) {
    const PageRange pages = client.pages();
    auto page = pages.begin();
    ++page;
    EXPECT_EQ((*page)->number, 2);
    EXPECT_EQ(requests(), 2 + prefetch);
}

TEST_F(WalkPrefetch, SendsOneRequestForTheFirstBuildOfForEach) {
    std::promise<void> done;
    client.forEachBuild(
        {}, {}, [](const Build&) { return false; }, [&](const auto&) { done.set_value(); });
    done.get_future().get();
    EXPECT_EQ(requests(), 1U);
}

TEST_F(WalkPrefetch, SendsOneRequestForTheFirstPageOfForEach) {
    std::promise<void> done;
    client.forEachPage(
        {}, {}, [](const BuildPage&) { return false; }, [&](const auto&) { done.set_value(); });
    done.get_future().get();
    EXPECT_EQ(requests(), 1U);
}

TEST_F(WalkPrefetch, StartsWhenForEachBuildContinues) {
    std::promise<void> done;
    std::vector<std::size_t> sent;
    client.forEachBuild(
        {}, {},
        [&](const Build&) {
            sent.push_back(requests());
            return sent.size() < 2;
        },
        [&](const auto&) { done.set_value(); });
    done.get_future().get();
    EXPECT_EQ(sent, (std::vector<std::size_t>{1, 1 + prefetch}));
}

TEST_F(WalkPrefetch, SendsOneRequestForTheFirstPageOfAStream) {
    PageStream stream = client.pageStream();
    EXPECT_TRUE(nextOf(stream));
    EXPECT_EQ(requests(), 1U);
}

TEST_F(WalkPrefetch, StartsWhenTheReaderOfAStreamContinues) {
    PageStream stream = client.pageStream();
    EXPECT_TRUE(nextOf(stream));
    EXPECT_TRUE(nextOf(stream));
    EXPECT_EQ(requests(), 2 + prefetch);
}

TEST_F(WalkPrefetch, SendsOneRequestForEachConcurrentAppForTheFirstBuild) {
    WalkOptions options;
    options.appsAtOnce = 3;
    const AppBuildRange builds = workspace().builds({"app-1", "app-2", "app-3", "app-4"}, {}, options);
    EXPECT_NE(builds.begin(), builds.end());
    EXPECT_EQ(requests(), 3U);
}

TEST_F(WalkPrefetch, StartsForAnAppWhenItsReaderContinues) {
    const AppBuildRange builds = workspace().builds({"app-1", "app-2"});
    auto build = builds.begin();
    ++build;
    EXPECT_EQ(build->build->id, "1b");
    EXPECT_EQ(requests(), 2 + prefetch);
}

TEST_F(WalkPrefetch, RequestsOnePageAtATimeBeforeTheFirstBuild) {
    transport->otherwise(
        [](const HttpRequest& request) { return test::pageWith(pageOf(request) < 3 ? "" : R"({"id":"a"})", true); });
    const BuildRange builds = client.builds();
    EXPECT_EQ((*builds.begin())->id, "a");
    EXPECT_EQ(requests(), 3U);
}

}  // namespace
}  // namespace applivery
