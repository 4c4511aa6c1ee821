/// @file
/// Iteration over lists that the mock server cannot produce, in virtual time.
#include "support/rig.hpp"
#include "support/scripted_lists.hpp"
#include "support/walks.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::pageOf;
using test::pagesOf;

// Returns a page with these items and these other members of `data`.
HttpResponse page(const std::string& items, const std::string& more) {
    return FakeTransport::answer(200, R"({"status":true,"data":{"items":[)" + items + "]," + more + "}}");
}

std::string build(int id) {
    return R"({"id":")" + std::to_string(id) + "\"}";
}

// Returns the id of each build, and the kind of each error.
std::string idsOf(const BuildRange& builds) {
    std::string ids;
    for (const auto& build : builds) ids += build ? build->id + ' ' : std::string(toString(build.error().kind()));
    return ids;
}

TEST(ScriptedWalk, SkipsAnEmptyPageBeforeTheLast) {
    const BuildsClient client = test::clientOf([](const HttpRequest& request) {
        const int number = pageOf(request);
        return page(number == 2 ? "" : build(number), number < 4 ? R"("hasNextPage":true)" : R"("hasNextPage":false)");
    });
    EXPECT_EQ(idsOf(client.builds()), "1 3 4 ");
}

TEST(ScriptedWalk, SkipsTenEmptyPagesInARow) {
    const BuildsClient client = test::clientOf([](const HttpRequest& request) {
        const int number = pageOf(request);
        return page(number == 1 || number >= 12 ? build(number) : "",
                    number < 13 ? R"("hasNextPage":true)" : R"("hasNextPage":false)");
    });
    EXPECT_EQ(idsOf(client.builds()), "1 12 13 ");
}

TEST(ScriptedWalk, FailsWhenEmptyPagesNeverEnd) {
    const BuildsClient client = test::clientOf(
        [](const HttpRequest& request) { return page(pageOf(request) == 1 ? build(1) : "", R"("hasNextPage":true)"); });
    EXPECT_EQ(idsOf(client.builds()), "1 invalidResponse");
}

TEST(ScriptedWalk, ToleratesUploadsOfAWholePageIfTheTotalsGrow) {
    int uploads = 0;  // a page has two builds; two more are uploaded after the first page
    const BuildsClient client = test::clientOf([&](const HttpRequest& request) {
        const int first = 2 * (pageOf(request) - 1) - uploads;
        const int total = 6 + uploads;
        return page(build(first) + ',' + build(first + 1),
                    "\"totalDocs\":" + std::to_string(total) + ",\"totalPages\":" + std::to_string(total / 2));
    });
    std::string ids;
    for (const auto& build : client.builds({}, pagesOf(2, 1))) {
        ids += build ? build->id + ' ' : "failure";
        uploads = 2;
    }
    EXPECT_EQ(ids, "0 1 2 3 4 5 ");
}

TEST(ScriptedWalk, RetriesAPageIfTheReaderIsSlow) {
    const auto clock = std::make_shared<VirtualClock>();
    int requestsForPage2 = 0;
    ClientOptions options;
    options.clock = clock;
    const BuildsClient client = test::clientOf(
        [&](const HttpRequest& request) {
            const int number = pageOf(request);
            const bool fails = number == 2 && ++requestsForPage2 == 1;
            return fails ? FakeTransport::answer(503, "") : page(build(number), R"("totalPages":3)");
        },
        options);
    std::string ids;
    for (const auto& build : client.builds()) {
        ids += build ? build->id + ' ' : build.error().message();
        clock->advance(10min);
    }
    EXPECT_EQ(ids, "1 2 3 ");
}

// ---- builds without an id ----

std::string buildWithoutId(const std::string& versionName) {
    return R"({"versionName":")" + versionName + "\"}";
}

// Returns the version name of each build, and the kind of each error.
std::string versionsOf(const BuildRange& builds) {
    std::string versions;
    for (const auto& build : builds) {
        versions += build ? build->versionName.value_or("-") + ' ' : std::string(toString(build.error().kind()));
    }
    return versions;
}

TEST(ScriptedWalk, DeliversBuildsWithoutAnId) {
    const BuildsClient client = test::clientOf([](const HttpRequest& request) {
        const std::string number = std::to_string(pageOf(request));
        return page(buildWithoutId(number + 'a') + ',' + buildWithoutId(number + 'b'), R"("totalPages":3)");
    });
    EXPECT_EQ(versionsOf(client.builds()), "1a 1b 2a 2b 3a 3b ");
}

TEST(ScriptedWalk, DeliversBuildsWithoutAnIdWhenAllAreEqual) {
    const BuildsClient client = test::clientOf([](const HttpRequest&) {
        return page(buildWithoutId("main") + ',' + buildWithoutId("main"), R"("totalPages":3)");
    });
    EXPECT_EQ(versionsOf(client.builds()), "main main main main main main ");
}

TEST(ScriptedWalk, DeliversBuildsWithoutAnIdFromAPageOfRepeats) {
    const BuildsClient client = test::clientOf([](const HttpRequest& request) {
        const std::string number = std::to_string(pageOf(request));
        return page(R"({"id":"a","versionName":"a"},)" + buildWithoutId(number), R"("totalPages":3)");
    });
    EXPECT_EQ(versionsOf(client.builds()), "a 1 2 3 ");
}

// ---- lists without an end ----

constexpr int tooManyRequests = 100;

// Serves `items(page)` and `more(page)` for each page. Fails with status 401 after `tooManyRequests` requests.
template <typename Items, typename More>
BuildsClient endlessList(Items items, More more) {
    return test::clientOf([=, count = std::make_shared<int>(0)](const HttpRequest& request) {
        if (++*count > tooManyRequests) return FakeTransport::answer(401, "");
        return page(items(pageOf(request)), more(pageOf(request)));
    });
}

std::string varyingTotals(int page) {
    return "\"totalDocs\":" + std::to_string(1000 + page) + ",\"totalPages\":" + std::to_string(500 + page);
}

std::string hasNextPage(int) {
    return R"("hasNextPage":true)";
}

TEST(ScriptedWalk, FailsWhenTheServiceIgnoresThePageAndVariesItsTotals) {
    const BuildsClient client = endlessList([](int) { return build(1) + ',' + build(2); }, varyingTotals);
    EXPECT_EQ(idsOf(client.builds()), "1 2 invalidResponse");
}

TEST(ScriptedWalk, SendsFewRequestsWhenTheServiceIgnoresThePage) {
    for (const int prefetch : {1, 4}) {
        int requests = 0;
        const BuildsClient client = test::clientOf([&](const HttpRequest&) {
            ++requests;
            return page(build(1), R"("hasNextPage":true)");
        });
        WalkOptions options;
        options.prefetch = prefetch;
        EXPECT_EQ(idsOf(client.builds({}, options)), "1 invalidResponse");
        // The first page, 11 pages without a new build, and the pages that were prefetched meanwhile.
        EXPECT_LE(requests, 1 + 11 + prefetch - 1) << prefetch;
    }
}

TEST(ScriptedWalk, DeliversAllBuildsAfterUploadsOfSeveralPages) {
    const BuildsClient client = test::clientOf([](const HttpRequest& request) {
        const int number = pageOf(request);  // 12 uploads before the request for page 4
        const int first = number < 4 ? 5 * (number - 1) : 5 * (number - 1) - 12;
        std::string items = build(first);
        for (int id = first + 1; id < first + 5; ++id) items += ',' + build(id);
        return page(items, number < 7 ? R"("totalDocs":40)" : R"("hasNextPage":false)");
    });
    EXPECT_EQ(idsOf(client.builds()), "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 ");
}

TEST(ScriptedWalk, FailsWhenRepeatsAndEmptyPagesAlternate) {
    const BuildsClient client = endlessList([](int page) { return page % 2 == 0 ? "" : build(1); },
                                            [](int page) { return varyingTotals(page) + R"(,"hasNextPage":true)"; });
    EXPECT_EQ(idsOf(client.builds()), "1 invalidResponse");
}

TEST(ScriptedWalk, FailsWhenTheServiceIgnoresThePageAndSendsNoIds) {
    const BuildsClient client = endlessList([](int) { return buildWithoutId("a"); }, hasNextPage);
    const std::string versions = versionsOf(client.builds());
    EXPECT_EQ(versions, "a a a a a a a a a a a invalidResponse") << "the first page and ten pages without new builds";
}

TEST(ScriptedWalk, FailsWhenPagesWithoutIdsAlternate) {
    const BuildsClient client =
        endlessList([](int page) { return buildWithoutId(page % 2 == 0 ? "a" : "b"); }, varyingTotals);
    const std::string versions = versionsOf(client.builds());
    EXPECT_EQ(versions, "b a b a b a b a b a b a invalidResponse");
}

TEST(ScriptedWalk, ExplainsAnIterationWithoutProgress) {
    const BuildsClient client = endlessList([](int) { return build(1); }, varyingTotals);
    std::string message;
    for (const auto& build : client.builds()) message = build ? "" : build.error().message();
    EXPECT_EQ(message, "page 12: 11 consecutive pages brought no new build. Check whether the service ignores `page`.");
}

TEST(ScriptedWalk, ToleratesTenPagesOfRepeatsWhenTheTotalsChange) {
    const BuildsClient client =
        endlessList([](int page) { return build(page < 12 ? 1 : page); },
                    [](int page) { return page < 13 ? varyingTotals(page) : hasNextPage(page); });
    std::string ids;
    for (const auto& build : client.builds()) {
        ids += build ? build->id + ' ' : "failure";
        if (ids.size() > 6) break;
    }
    EXPECT_EQ(ids, "1 12 13 ");
}

}  // namespace
}  // namespace applivery
