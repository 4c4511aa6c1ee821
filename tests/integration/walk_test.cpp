/// @file
/// Iteration over ten thousand builds: each build arrives once and in order, with any totals and links of the service.
#include "integration/walk_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
namespace sample = mock::sample;
using test::many;
using test::pageSize;
using test::pagesOf;
using test::Walk;

TEST_F(Walk, RequestsNoPageAfterTheTotals) {
    const WalkSummary summary = expectAll();
    EXPECT_EQ(server.requestCount(), 20U);
    EXPECT_EQ(lastRequestedPage(), 20);
    EXPECT_EQ(summary.pages, 20);
    EXPECT_EQ(summary.builds, static_cast<std::int64_t>(many));
    EXPECT_EQ(summary.repeats, 0);
    EXPECT_FALSE(summary.totalsChanged);
}

TEST_F(Walk, EndsAtTheTotalsWithoutLinks) {
    setRules([](auto& rules) { rules.links = false; });
    expectAll();
    EXPECT_EQ(lastRequestedPage(), 20);
}

TEST_F(Walk, RequestsAtMostThePrefetchAfterTheEndWithoutTotals) {
    setRules([](auto& rules) { rules.totals = rules.links = rules.echoLimit = rules.echoPage = false; });
    expectAll();
    EXPECT_LE(lastRequestedPage(), 20 + WalkOptions{}.prefetch);
}

TEST_F(Walk, EndsAtTheLinksWithoutTotals) {
    setRules([](auto& rules) { rules.totals = false; });
    expectAll();
    EXPECT_LE(lastRequestedPage(), 19 + WalkOptions{}.prefetch);  // requested before page 20 arrived
}

TEST_F(Walk, LosesNoBuildIfTheLimitIsClamped) {
    setRules([](auto& rules) { rules.maxLimit = pageSize / 2 + 7; });
    expectAll(pagesOf(2 * pageSize));
}

TEST_F(Walk, LosesNoBuildIfTheLimitIsClampedSilently) {
    setRules([](auto& rules) {
        rules.maxLimit = pageSize / 2 + 7;
        rules.totals = rules.links = rules.echoLimit = rules.echoPage = false;
    });
    expectAll(pagesOf(2 * pageSize));
}

TEST_F(Walk, UsesTheDefaultLimitOfTheService) {
    expectAll(WalkOptions{});
}

TEST_F(Walk, WorksWithoutPrefetch) {
    expectAll(pagesOf(pageSize, 1));
    EXPECT_EQ(server.peakConcurrency(), 1U);
}

TEST_F(Walk, EndsAtAnEmptyPageIfTheTotalsAreTooHigh) {
    setRules([](auto& rules) { rules.links = false; });
    replaceInPages({{"totalPages", "40"}});
    expectAll();
}

TEST_F(Walk, IgnoresTotalPagesBelowTheRealNumber) {
    setRules([](auto& rules) { rules.links = false; });
    replaceInPages({{"totalPages", "3"}});
    expectAll();
}

TEST_F(Walk, IgnoresATotalBelowTheRealNumber) {
    setRules([](auto& rules) { rules.links = false; });
    replaceInPages({{"totalDocs", "3"}, {"totalPages", "0"}});
    expectAll();
}

TEST_F(Walk, PrefersLinksToLowTotals) {
    replaceInPages({{"totalPages", "3"}});
    expectAll();
}

TEST_F(Walk, RepeatsNoBuildAfterUploads) {
    const std::vector<std::string> before = data.ids();
    std::vector<std::string> ids;
    const BuildRange range = client().builds({}, pagesOf(pageSize));
    for (const Result<Build>& build : range) {
        ASSERT_TRUE(build) << build.error();
        ids.push_back(build->id);
        if (ids.size() % (2 * pageSize) == 0) data.addJson(R"({"id":"new-)" + std::to_string(ids.size()) + "\"}");
    }
    ids.erase(std::remove_if(ids.begin(), ids.end(), [](const auto& id) { return id.find("new-") == 0; }), ids.end());
    EXPECT_EQ(ids, before);
    EXPECT_GT(range.summary().repeats, 0);
    EXPECT_TRUE(range.summary().totalsChanged);
}

TEST_F(Walk, ReportsChangedTotalsAfterDeletions) {
    const BuildRange range = client().builds({}, pagesOf(pageSize));
    std::set<std::string> ids;
    for (const Result<Build>& build : range) {
        ASSERT_TRUE(build) << build.error();
        EXPECT_TRUE(ids.insert(build->id).second) << "the build was repeated";
        if (ids.size() == pageSize + 100U) data.remove(*ids.begin());
    }
    EXPECT_GE(ids.size(), many - 2) << "a deletion moves one build to a page that was already read";
    EXPECT_TRUE(range.summary().totalsChanged);
}

TEST_F(Walk, HasNoPageForAnEmptyList) {
    data.assign({});
    expectAll();
    EXPECT_EQ(server.requestCount(), 1U);
}

TEST_F(Walk, SendsOneRequestForOnePage) {
    data.assign(mock::generateBuilds(7));
    expectAll();
    EXPECT_EQ(server.requestCount(), 1U);
}

TEST_F(Walk, FailsIfTheServerIgnoresThePage) {
    server.setHook([this](mock::RecordedRequest request) {
        for (auto& [name, value] : request.query) value = name == "page" ? "1" : value;
        return std::optional(server.serviceResponse(request));
    });
    std::size_t count = 0;
    for (const Result<Build>& build : client().builds({}, pagesOf(pageSize))) {
        if (build) {
            ++count;
            continue;
        }
        EXPECT_EQ(build.error().kind(), ErrorKind::invalidResponse) << build.error();
        // Page 1 has new builds, and the eleventh page of repeats is one too many.
        EXPECT_EQ(build.error().message().find("page 12: "), 0U) << build.error();
    }
    EXPECT_EQ(count, static_cast<std::size_t>(pageSize));
}

// ---- createdSince ----

TEST_F(Walk, EndsEarlyByCreatedSince) {
    WalkOptions options = pagesOf(pageSize);
    const auto all = client().listBuilds({}, Page{2, pageSize});
    ASSERT_TRUE(all) << all.error();
    options.createdSince = all->items.at(pageSize / 5 - 1).createdAt;
    std::size_t count = 0;
    for (const Result<Build>& build : client().builds({}, options)) {
        ASSERT_TRUE(build) << build.error();
        EXPECT_GE(*build->createdAt, *options.createdSince);
        ++count;
    }
    EXPECT_EQ(count, static_cast<std::size_t>(pageSize + pageSize / 5));
    EXPECT_LE(lastRequestedPage(), 3 + WalkOptions{}.prefetch);  // page 3 contains only older builds
}

TEST_F(Walk, CorrectsALocalTimeByTheClockOfTheService) {
    data.assign(mock::generateBuilds(40));
    const auto all = client().listBuilds();
    ASSERT_TRUE(all) << all.error();
    mock::ServiceRules rules = server.rules();
    for (const std::chrono::seconds ahead : {std::chrono::seconds{-3600}, std::chrono::seconds{3600}}) {
        rules.clockAhead = ahead;
        server.setRules(rules);
        WalkOptions options = pagesOf(10);
        options.createdSince = *all->items.at(14).createdAt - ahead;
        options.createdSinceIsLocal = true;
        std::size_t count = 0;
        for (const Result<Build>& build : client().builds({}, options)) count += build ? 1 : 0;
        EXPECT_EQ(count, 15U) << ahead.count();
    }
}

TEST_F(Walk, ContinuesAfterOneOldBuildAmongNewBuilds) {
    data.assign(mock::generateBuilds(1000));
    data.addJson(R"({"id":"old","createdAt":"2001-01-01T00:00:00Z"})");
    WalkOptions options = pagesOf(100);
    options.createdSince = std::chrono::system_clock::from_time_t(1'000'000'000);
    std::size_t count = 0;
    for (const Result<Build>& build : client().builds({}, options)) count += build ? 1 : 0;
    EXPECT_EQ(count, 1000U);
}

}  // namespace
}  // namespace applivery
