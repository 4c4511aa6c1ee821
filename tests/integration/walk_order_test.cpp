/// @file
/// Iteration by ranges: the order of pages, errors, the end, and the range interface.
#include "integration/walk_fixture.hpp"
#include "support/delayed_response.hpp"
#include "support/matchers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
namespace sample = mock::sample;
using test::many;
using test::pageSize;
using test::pagesOf;
using test::Walk;

TEST_F(Walk, DeliversPagesInOrderIfResponsesArriveOutOfOrder) {
    for (int page = 2; page < 20; page += 2) {
        server.enqueueForPage(page, [&] {
            mock::ScriptedResponse late = mock::gatewayError(503);
            late.delay = 30ms;
            return late;
        }());
    }
    int number = 0;
    for (const Result<BuildPage>& page : client().pages({}, pagesOf(pageSize))) {
        ASSERT_TRUE(page) << page.error();
        EXPECT_EQ(page->number, ++number);
    }
    EXPECT_EQ(number, 20);
}

TEST_F(Walk, EndsWithAnErrorWithThePageNumber) {
    server.enqueueForPage(3, mock::apiError(403, 4003, "Forbidden"));
    int pages = 0;
    int failures = 0;
    for (const Result<BuildPage>& page : client().pages({}, pagesOf(pageSize))) {
        page ? ++pages : ++failures;
        if (!page) {
            EXPECT_EQ(page.error().message().find("page 3: GET "), 0U) << page.error();
        }
    }
    EXPECT_EQ(pages, 2);
    EXPECT_EQ(failures, 1);
}

TEST_F(Walk, HasOnlyTheErrorIfItIsRefused) {
    int count = 0;
    for (const auto& page : client().pages({}, pagesOf(0))) {
        EXPECT_THAT(page, test::FailsWith(ErrorKind::invalidArgument));
        ++count;
    }
    EXPECT_EQ(count, 1);
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(Walk, RefusesInvalidOptions) {
    WalkOptions noApps;
    noApps.appsAtOnce = 0;
    for (const auto& options : {pagesOf(1, 0), pagesOf(1, -1), pagesOf(1, 1001), noApps}) {
        for (const auto& build : client().builds({}, options)) {
            EXPECT_THAT(build, test::FailsWith(ErrorKind::invalidArgument));
        }
    }
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(Walk, HasAnEmptyRangeAfterAMove) {
    PageRange range = client().pages();
    const PageRange newOwner = std::move(range);
    EXPECT_EQ(range.begin(), range.end());  // NOLINT(bugprone-use-after-move): tests a moved-from object
    EXPECT_EQ(range.summary().pages, 0);
    EXPECT_NE(newOwner.begin(), newOwner.end());
}

TEST_F(Walk, KeepsAReferenceValidUntilTheNextStep) {
    const BuildRange range = client().builds({}, pagesOf(pageSize));
    auto at = range.begin();
    const Result<Build>& first = *at;
    EXPECT_EQ(&first, &*at);
    const std::string id = first->id;
    const auto before = at++;
    EXPECT_EQ((*before)->id, id);
    EXPECT_NE((*at)->id, id);
}

TEST_F(Walk, ContinuesAtASecondBegin) {
    const PageRange range = client().pages({}, pagesOf(pageSize));
    ASSERT_NE(range.begin(), range.end());
    auto at = range.begin();
    EXPECT_EQ((*at)->number, 1);
    ++at;
    const PageRange copy = range;
    EXPECT_EQ((*copy.begin())->number, 2);
    EXPECT_EQ(std::distance(copy.begin(), copy.end()), 19);
    EXPECT_EQ(range.begin(), range.end());
}

TEST_F(Walk, WorksWithStandardAlgorithms) {
    const BuildRange range = client().builds({}, pagesOf(pageSize));
    const auto failed = std::count_if(range.begin(), range.end(), [](const Result<Build>& build) {
        return build.value().status == BuildStatus::error;
    });
    EXPECT_EQ(failed, static_cast<std::ptrdiff_t>(many / 20));
    const BuildRange again = client().builds({}, pagesOf(pageSize));
    std::vector<std::string> ids;
    std::transform(again.begin(), again.end(), std::back_inserter(ids), [](const auto& build) { return build->id; });
    EXPECT_EQ(ids, data.ids());
}

TEST_F(Walk, CancelsRequestsInFlightWhenTheReaderStops) {
    server.enqueueForPage(2, test::responseThatNeverArrives());
    const auto start = std::chrono::steady_clock::now();
    for (const auto& page : client().pages({}, pagesOf(pageSize))) {
        EXPECT_TRUE(page);
        break;
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, 20s);
}

TEST_F(Walk, PrefetchesNoFurtherForASlowReader) {
    const PageRange range = client().pages({}, pagesOf(pageSize, 3));
    auto page = range.begin();
    (void)++page;
    std::this_thread::sleep_for(300ms);
    EXPECT_EQ(server.requestCount(), 5U) << "two pages and three prefetched pages";
    (void)++page;
    EXPECT_TRUE(server.waitForRequests(6));
}

TEST_F(Walk, EndsWhenTheTokenIsCancelled) {
    CancellationSource source;
    WalkOptions options = pagesOf(pageSize);
    options.cancel = source.token();
    bool hasFailed = false;
    int pages = 0;
    for (const auto& page : client().pages({}, options)) {
        if (++pages == 2) source.cancel();
        if (!page) {
            EXPECT_THAT(page, test::FailsWith(ErrorKind::cancelled));
            hasFailed = true;
        }
    }
    EXPECT_TRUE(hasFailed);
    EXPECT_LT(pages, 20);
}

TEST_F(Walk, KeepsItsClientAlive) {
    const BuildRange range = client().builds({}, pagesOf(pageSize));  // the client is a temporary
    EXPECT_EQ(std::distance(range.begin(), range.end()), static_cast<std::ptrdiff_t>(many));
}

// Page 3 is rate limited for a second while later pages fail. No page is retried within this second.
TEST_F(Walk, PausesAllRequestsAfterA429) {
    std::promise<void> limited;
    server.enqueueForPage(3, mock::tooManyRequests("1"));
    server.setHook([this, isLimited = limited.get_future().share(),
                    failed = std::set<int>()](const mock::RecordedRequest& request) mutable {
        const int page = std::stoi(request.parameter("page").value());
        if (page < 4 || page > 6 || !failed.insert(page).second) return std::optional(server.serviceResponse(request));
        isLimited.wait();
        return std::optional(mock::gatewayError(503));
    });
    ClientOptions options;
    options.baseUrl = server.baseUrl();
    options.retry.initialDelay = 1ms;
    options.log = [&](LogLevel, std::string_view line) {
        if (line.find(" 429 ") != std::string_view::npos) limited.set_value();
    };
    int pages = 0;
    for (const auto& page : BuildsClient(AppToken{sample::appToken}, options).pages({}, pagesOf(pageSize))) {
        pages += page ? 1 : 0;
    }
    EXPECT_EQ(pages, 20);
    std::map<std::string, std::vector<std::chrono::steady_clock::time_point>> times;
    for (const auto& request : server.requests())
        times[request.parameter("page").value()].push_back(request.receivedAt);
    for (const char* page : {"3", "4", "5", "6"}) {
        ASSERT_EQ(times[page].size(), 2U) << page;
        EXPECT_GE(times[page][1] - times["3"][0], 1s) << page;
    }
}

TEST_F(Walk, KeepsTheRateLimitWithASlowReader) {
    ClientOptions options;
    options.baseUrl = server.baseUrl();
    options.maxRequestsPerSecond = 4;
    const BuildsClient client(AppToken{sample::appToken}, options);
    const BuildRange builds = client.builds({}, pagesOf(pageSize, 7));
    auto build = builds.begin();
    (void)++build;
    std::this_thread::sleep_for(1200ms);
    ASSERT_TRUE(server.waitForRequests(8)) << "pages are fetched while the reader is busy";
    const auto requests = server.requests();
    EXPECT_GE(requests[7].receivedAt - requests[4].receivedAt, 600ms) << "three more, four a second";
}

}  // namespace
}  // namespace applivery
