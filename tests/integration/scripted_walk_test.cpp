/// @file
/// Walks through lists that no service of the mock would send, in virtual time.
#include "support/matchers.hpp"
#include "support/rig.hpp"
#include "support/walks.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::FailsWith;
using test::pagesOf;

int pageOf(const HttpRequest& request) {
    return std::stoi(request.url.substr(request.url.find("page=") + 5));
}

// `items` and what else is in `data`.
HttpResponse page(const std::string& items, const std::string& more) {
    return FakeTransport::answer(200, R"({"status":true,"data":{"items":[)" + items + "]," + more + "}}");
}

std::string build(int id) {
    return R"({"id":")" + std::to_string(id) + "\"}";
}

std::string idsOf(const BuildRange& builds) {
    std::string ids;
    for (const auto& build : builds) ids += build ? build->id + ' ' : std::string(toString(build.error().kind()));
    return ids;
}

TEST(ScriptedWalk, AnEmptyPageThatIsNotTheLastIsSkipped) {
    const BuildsClient client = test::clientOf([](const HttpRequest& request) {
        const int number = pageOf(request);
        return page(number == 2 ? "" : build(number), number < 4 ? R"("hasNextPage":true)" : R"("hasNextPage":false)");
    });
    EXPECT_EQ(idsOf(client.builds()), "1 3 4 ");
}

TEST(ScriptedWalk, TenEmptyPagesInARowAreSkipped) {
    const BuildsClient client = test::clientOf([](const HttpRequest& request) {
        const int number = pageOf(request);
        return page(number == 1 || number >= 12 ? build(number) : "",
                    number < 13 ? R"("hasNextPage":true)" : R"("hasNextPage":false)");
    });
    EXPECT_EQ(idsOf(client.builds()), "1 12 13 ");
}

TEST(ScriptedWalk, EmptyPagesWithoutAnEndAreAnError) {
    const BuildsClient client = test::clientOf(
        [](const HttpRequest& request) { return page(pageOf(request) == 1 ? build(1) : "", R"("hasNextPage":true)"); });
    EXPECT_EQ(idsOf(client.builds()), "1 invalidResponse");
}

TEST(ScriptedWalk, AsManyUploadsAsAPageHoldsAreNoErrorWhereTheTotalsTell) {
    int uploads = 0;  // two builds a page; two are uploaded when the first page has been read
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

TEST(ScriptedWalk, TheReadersTimeIsNotTheCalls) {
    const auto clock = std::make_shared<VirtualClock>();
    std::map<int, int> asked;
    ClientOptions options;
    options.clock = clock;
    const BuildsClient client = test::clientOf(
        [&](const HttpRequest& request) {
            const int number = pageOf(request);
            const bool fails = number == 2 && ++asked[number] == 1;
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

}  // namespace
}  // namespace applivery
