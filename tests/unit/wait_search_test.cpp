/// @file
/// The number of pages that a wait reads, in virtual time.
#include "support/scripted_lists.hpp"
#include "support/wait_rig.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::buildJson;
using test::byId;
using test::pageOf;

// Serves a list with this number of pages and one build on each page.
class LongList {
public:
    explicit LongList(int pages) : pages_(pages) {}

    [[nodiscard]] WaitResult wait(const BuildSelector& selector) {
        ClientOptions clientOptions;
        clientOptions.clock = clock;
        const BuildsClient client = test::clientOf(
            [this](const HttpRequest& request) {
                const int number = pageOf(request);
                const std::string id =
                    number == pageOfBuild(clock->elapsed()) ? "b1" : "other" + std::to_string(number);
                return test::pageWith(buildJson(id, "pending"), number < pages_);
            },
            clientOptions);
        return client.waitUntilBuildProcessed(selector, options).value();
    }

    std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>();
    WaitOptions options;
    std::function<int(std::chrono::milliseconds)> pageOfBuild = [](auto) { return 0; };

private:
    const int pages_;
};

TEST(WaitSearch, ReadsFiftyPagesAndThenFiveAndReportsUnreadPages) {
    LongList list(60);
    const WaitResult result = list.wait(byId("b1"));
    EXPECT_EQ(result.outcome, WaitOutcome::timedOutNotFound);
    EXPECT_EQ(result.pagesOfFirstCheck, 50);
    EXPECT_EQ(result.pagesOfLastCheck, 5);
    EXPECT_TRUE(result.hasUnreadPages);
}

TEST(WaitSearch, HasNoUnreadPagesIfItReadTheWholeList) {
    LongList list(3);
    const WaitResult result = list.wait(byId("b1"));
    EXPECT_EQ(result.outcome, WaitOutcome::timedOutNotFound);
    EXPECT_EQ(result.pagesOfFirstCheck, 3);
    EXPECT_EQ(result.pagesOfLastCheck, 3);
    EXPECT_FALSE(result.hasUnreadPages);
}

TEST(WaitSearch, HasUnreadPagesIfTheBuildMovedTooFar) {
    LongList list(60);
    list.pageOfBuild = [](auto elapsed) { return elapsed < 1min ? 2 : 6; };
    const WaitResult result = list.wait(byId("b1"));
    EXPECT_EQ(result.outcome, WaitOutcome::timedOutNotFound);
    EXPECT_TRUE(result.build);
    EXPECT_EQ(result.pagesOfFirstCheck, 2);
    EXPECT_EQ(result.pagesOfLastCheck, 5);
    EXPECT_TRUE(result.hasUnreadPages);
}

TEST(WaitSearch, HasNoUnreadPagesIfTheBuildWasFound) {
    LongList list(60);
    list.pageOfBuild = [](auto) { return 2; };
    list.options.timeout = 0ms;
    const WaitResult result = list.wait(byId("b1"));
    EXPECT_EQ(result.outcome, WaitOutcome::timedOutPending);
    EXPECT_EQ(result.pagesOfFirstCheck, 2);
    EXPECT_FALSE(result.hasUnreadPages);
}

// Runs one check of a list.
// @param data returns the members of `data` in the JSON of a page, such as `items`.
WaitResult checkOnce(const std::function<std::string(int page)>& data) {
    ClientOptions clientOptions;
    clientOptions.clock = std::make_shared<VirtualClock>();
    const BuildsClient client = test::clientOf(
        [&](const HttpRequest& request) {
            const int number = pageOf(request);
            return FakeTransport::answer(200, R"({"status":true,"data":{)" + data(number) + "}}");
        },
        clientOptions);
    WaitOptions options;
    options.timeout = 0ms;
    return client.waitUntilBuildProcessed(byId("b1"), options).value();
}

TEST(WaitSearch, ContinuesAfterAnEmptyPageWithANextPage) {
    const WaitResult result = checkOnce([](int page) {
        if (page == 2) return std::string(R"("hasNextPage":true,"items":[])");
        return (page == 1 ? R"("hasNextPage":true,"items":[)" + buildJson("other", "processed")
                          : R"("hasNextPage":false,"items":[)" + buildJson("b1", "processed")) +
               ']';
    });
    EXPECT_EQ(result.outcome, WaitOutcome::processed);
    EXPECT_EQ(result.pagesOfFirstCheck, 3);
}

TEST(WaitSearch, ContinuesWhenThePagesContradictTheTotals) {
    const WaitResult result = checkOnce([](int page) {
        const std::string id = page == 3 ? "b1" : "other" + std::to_string(page);
        return R"("totalPages":1,"totalDocs":1,"items":[)" + buildJson(id, "processed") + ',' +
               buildJson("more" + std::to_string(page), "processed") + ']';
    });
    EXPECT_EQ(result.outcome, WaitOutcome::processed);
}

TEST(WaitSearch, HasUnreadPagesWhenThePagesBringNoNewBuild) {
    const WaitResult result =
        checkOnce([](int) { return R"("hasNextPage":true,"items":[)" + buildJson("other", "processed") + ']'; });
    EXPECT_EQ(result.outcome, WaitOutcome::timedOutNotFound);
    EXPECT_EQ(result.pagesOfFirstCheck, 1 + 11);
    EXPECT_TRUE(result.hasUnreadPages);
}

}  // namespace
}  // namespace applivery
