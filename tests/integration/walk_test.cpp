/// @file
/// Walks through ten thousand builds: that all of them come, once and in order, whatever the service says of its pages.
#include "mock_server/build_generator.hpp"
#include "mock_server/sample_workspace.hpp"
#include "support/matchers.hpp"
#include "support/walks.hpp"

#include <applivery/applivery.hpp>

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
using test::pagesOf;

// Under a sanitizer, which makes it all slow, fewer are as telling.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t many = 2'000;
#else
constexpr std::size_t many = 10'000;
#endif
constexpr int pageSize = many / 20;

class Walk : public testing::Test {
protected:
    Walk() : server(uncompressed()), data(sample::addTo(server, mock::generateBuilds(many))) {}

    static mock::MockServerOptions uncompressed() {
        mock::MockServerOptions options;
        options.gzip = false;
        return options;
    }

    [[nodiscard]] BuildsClient client() const {
        ClientOptions options;
        options.baseUrl = server.baseUrl();
        options.retry.initialDelay = 1ms;
        return BuildsClient(AppToken{sample::appToken}, options);
    }

    void setRules(void (*change)(mock::ServiceRules&)) {
        mock::ServiceRules rules = server.rules();
        change(rules);
        server.setRules(rules);
    }

    // Rewrites what the service says of the list on each page.
    void lieAbout(const std::string& name, const std::string& value) {
        server.setHook([this, name, value](const mock::RecordedRequest& request) {
            mock::ScriptedAnswer answer = server.serviceAnswer(request);
            const std::string key = '"' + name + "\":";
            const std::size_t at = answer.body.rfind(key) + key.size();
            answer.body.replace(at, answer.body.find_first_of(",}", at) - at, value);
            return std::optional(answer);
        });
    }

    // Reads all, and expects every build of the service once, newest first.
    WalkSummary expectAll(const WalkOptions& options = pagesOf(pageSize)) {
        const BuildRange range = client().builds({}, options);
        std::vector<std::string> ids;
        for (const Result<Build>& build : range) {
            if (!build) {
                ADD_FAILURE() << build.error();
                break;
            }
            ids.push_back(build->id);
        }
        EXPECT_EQ(ids, data.ids());
        return range.summary();
    }

    [[nodiscard]] int lastPageAsked() const {
        int last = 0;
        for (const auto& request : server.requests())
            last = std::max(last, std::stoi(request.parameter("page").value()));
        return last;
    }

    mock::MockServer server;
    mock::BuildData& data;
};

// ---- completeness ----

TEST_F(Walk, WithTotalsNothingIsAskedForPastTheEnd) {
    const WalkSummary summary = expectAll();
    EXPECT_EQ(server.requestCount(), 20U);
    EXPECT_EQ(lastPageAsked(), 20);
    EXPECT_EQ(summary.pages, 20);
    EXPECT_EQ(summary.builds, static_cast<std::int64_t>(many));
    EXPECT_EQ(summary.repeats, 0);
    EXPECT_FALSE(summary.totalsChanged);
}

TEST_F(Walk, WithoutLinksTheTotalsTellTheEnd) {
    setRules([](auto& rules) { rules.links = false; });
    expectAll();
    EXPECT_EQ(lastPageAsked(), 20);
}

TEST_F(Walk, WithoutTotalsAtMostThePrefetchIsAskedForPastTheEnd) {
    setRules([](auto& rules) { rules.totals = rules.links = rules.echoLimit = rules.echoPage = false; });
    expectAll();
    EXPECT_LE(lastPageAsked(), 20 + 4);
}

TEST_F(Walk, WithLinksAloneTheyTellTheEnd) {
    setRules([](auto& rules) { rules.totals = false; });
    expectAll();
    EXPECT_LE(lastPageAsked(), 20 + 3);
}

TEST_F(Walk, ALimitThatIsClampedLosesNothing) {
    setRules([](auto& rules) { rules.maxLimit = pageSize / 2 + 7; });
    expectAll(pagesOf(2 * pageSize));
}

TEST_F(Walk, ALimitThatIsClampedSilentlyLosesNothing) {
    setRules([](auto& rules) {
        rules.maxLimit = pageSize / 2 + 7;
        rules.totals = rules.links = rules.echoLimit = rules.echoPage = false;
    });
    expectAll(pagesOf(2 * pageSize));
}

TEST_F(Walk, WithoutALimitTheServicesOwnServes) {
    expectAll(WalkOptions{});
}

TEST_F(Walk, OnePageAtATimeIsEnough) {
    expectAll(pagesOf(pageSize, 1));
    EXPECT_EQ(server.peakConcurrency(), 1U);
}

TEST_F(Walk, TotalsThatAreTooHighEndAtAnEmptyPage) {
    setRules([](auto& rules) { rules.links = false; });
    lieAbout("totalPages", "40");
    expectAll();
}

TEST_F(Walk, TotalPagesThatAreTooLowAreNotBelieved) {
    setRules([](auto& rules) { rules.links = false; });
    lieAbout("totalPages", "3");
    expectAll();
}

TEST_F(Walk, ATotalThatIsTooLowIsNotBelieved) {
    setRules([](auto& rules) { rules.links = false; });
    lieAbout("totalDocs", "3");
    lieAbout("totalPages", "0");
    expectAll();
}

TEST_F(Walk, TotalsThatAreTooLowLoseToTheLinks) {
    lieAbout("totalPages", "3");
    expectAll();
}

TEST_F(Walk, BuildsThatAreUploadedMeanwhileRepeatNone) {
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

TEST_F(Walk, BuildsThatAreDeletedMeanwhileShowInTheTotals) {
    const BuildRange range = client().builds({}, pagesOf(pageSize));
    std::set<std::string> ids;
    for (const Result<Build>& build : range) {
        ASSERT_TRUE(build) << build.error();
        EXPECT_TRUE(ids.insert(build->id).second) << "it came twice";
        if (ids.size() == pageSize + 100U) data.remove(*ids.begin());
    }
    EXPECT_GE(ids.size(), many - 1 - 1);
    EXPECT_TRUE(range.summary().totalsChanged);
}

TEST_F(Walk, AnEmptyAccountHasNoPage) {
    data.assign({});
    expectAll();
    EXPECT_EQ(server.requestCount(), 1U);
}

TEST_F(Walk, OnePageIsOneRequest) {
    data.assign(mock::generateBuilds(7));
    expectAll();
    EXPECT_EQ(server.requestCount(), 1U);
}

TEST_F(Walk, AServerThatIgnoresThePageIsAnError) {
    server.setHook([this](mock::RecordedRequest request) {
        for (auto& [name, value] : request.query) value = name == "page" ? "1" : value;
        return std::optional(server.serviceAnswer(request));
    });
    std::size_t count = 0;
    for (const Result<Build>& build : client().builds({}, pagesOf(pageSize))) {
        if (build) {
            ++count;
            continue;
        }
        EXPECT_EQ(build.error().kind(), ErrorKind::invalidResponse) << build.error();
        EXPECT_EQ(build.error().message().find("page 2: "), 0U) << build.error();
    }
    EXPECT_EQ(count, static_cast<std::size_t>(pageSize));
}

// ---- order, failures, ends ----

TEST_F(Walk, PagesComeInOrderWhateverTheOrderOfTheAnswers) {
    for (int page = 2; page < 20; page += 2) {
        server.enqueueForPage(page, [&] {
            mock::ScriptedAnswer late = mock::gatewayError(503);
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

TEST_F(Walk, AFailureIsTheLastAndSaysWhichPage) {
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

TEST_F(Walk, WhatIsRefusedIsItsOnlyElement) {
    int count = 0;
    for (const auto& page : client().pages({}, pagesOf(0))) {
        EXPECT_THAT(page, test::FailsWith(ErrorKind::invalidArgument));
        ++count;
    }
    EXPECT_EQ(count, 1);
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(Walk, OptionsThatMakeNoSenseAreRefused) {
    WalkOptions noApps;
    noApps.appsAtOnce = 0;
    for (const auto& options : {pagesOf(1, 0), pagesOf(1, -1), pagesOf(1, 1001), noApps}) {
        for (const auto& build : client().builds({}, options)) {
            EXPECT_THAT(build, test::FailsWith(ErrorKind::invalidArgument));
        }
    }
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(Walk, ARangeThatWasMovedFromIsEmpty) {
    PageRange range = client().pages();
    const PageRange heir = std::move(range);
    EXPECT_EQ(range.begin(), range.end());  // NOLINT(bugprone-use-after-move): that is the test
    EXPECT_EQ(range.summary().pages, 0);
    EXPECT_NE(heir.begin(), heir.end());
}

TEST_F(Walk, AReferenceLivesUntilTheNextStep) {
    const BuildRange range = client().builds({}, pagesOf(pageSize));
    auto at = range.begin();
    const Result<Build>& first = *at;
    EXPECT_EQ(&first, &*at);
    const std::string id = first->id;
    const auto before = at++;
    EXPECT_EQ((*before)->id, id);
    EXPECT_NE((*at)->id, id);
}

TEST_F(Walk, ASecondBeginIsWhereTheFirstHasCome) {
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

TEST_F(Walk, ServesTheAlgorithmsOfTheStandard) {
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

TEST_F(Walk, AReaderThatStopsCancelsWhatIsInFlight) {
    server.enqueueForPage(2, [] {
        mock::ScriptedAnswer never = mock::ok("{}");
        never.delay = 1h;
        return never;
    }());
    const auto start = std::chrono::steady_clock::now();
    for (const auto& page : client().pages({}, pagesOf(pageSize))) {
        EXPECT_TRUE(page);
        break;
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, 20s);
}

TEST_F(Walk, ASlowReaderIsNotOverrun) {
    const PageRange range = client().pages({}, pagesOf(pageSize, 3));
    auto page = range.begin();
    std::this_thread::sleep_for(300ms);
    EXPECT_EQ(server.requestCount(), 4U) << "the first, and three ahead";
    (void)++page;
    EXPECT_TRUE(server.waitForRequests(5));
}

TEST_F(Walk, ATokenEndsIt) {
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

TEST_F(Walk, ItKeepsItsClientAlive) {
    const BuildRange range = client().builds({}, pagesOf(pageSize));  // of a client that is gone by now
    EXPECT_EQ(std::distance(range.begin(), range.end()), static_cast<std::ptrdiff_t>(many));
}

// Page 3 is limited for a second while the pages behind it fail: they are tried again no earlier than it.
TEST_F(Walk, A429SlowsTheWholeWalk) {
    std::promise<void> limited;
    server.enqueueForPage(3, mock::tooManyRequests("1"));
    server.setHook([this, isLimited = limited.get_future().share(),
                    failed = std::set<int>()](const mock::RecordedRequest& request) mutable {
        const int page = std::stoi(request.parameter("page").value());
        if (page < 4 || page > 6 || !failed.insert(page).second) return std::optional(server.serviceAnswer(request));
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

TEST_F(Walk, ASlowReaderDoesNotSpoilThePace) {
    ClientOptions options;
    options.baseUrl = server.baseUrl();
    options.maxRequestsPerSecond = 4;
    const BuildsClient client(AppToken{sample::appToken}, options);
    const PageRange pages = client.pages({}, pagesOf(pageSize, 7));
    const auto first = pages.begin();
    std::this_thread::sleep_for(1200ms);
    ASSERT_TRUE(server.waitForRequests(8)) << "pages are fetched while the reader is busy";
    const auto requests = server.requests();
    EXPECT_GE(requests[7].receivedAt - requests[4].receivedAt, 600ms) << "three more, four a second";
}

// ---- since ----

TEST_F(Walk, CreatedSinceEndsItEarly) {
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
    EXPECT_LE(lastPageAsked(), 3 + 4);
}

TEST_F(Walk, OneOldBuildAmongNewOnesEndsNothing) {
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
