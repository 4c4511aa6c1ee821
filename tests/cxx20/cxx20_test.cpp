/// @file
/// Features for C++20: std::stop_token as a CancellationToken, and ranges as views.
#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <ranges>
#include <stop_token>
#include <string>

namespace applivery {
namespace {

static_assert(std::ranges::input_range<PageRange>);
static_assert(std::ranges::input_range<BuildRange>);
static_assert(std::ranges::input_range<AppBuildRange>);

TEST(Ranges, WorkWithStandardViews) {
    const BuildsClient client{AppToken{""}};
    int failures = 0;
    for (const auto& page : client.pages() | std::views::filter([](const auto& page) { return !page; })) {
        failures += page.error().kind() == ErrorKind::invalidArgument ? 1 : 0;
    }
    EXPECT_EQ(failures, 1);
}

// Serves an endless list with two builds on each page.
HttpResponse endlessList(const HttpRequest& request) {
    const std::string page = request.url.substr(request.url.find("page=") + 5);
    return FakeTransport::answer(
        200, R"({"status":true,"data":{"items":[{"id":")" + page + R"(a"},{"id":")" + page + R"(b"}]}})");
}

TEST(Ranges, EndAnEndlessIterationByTake) {
    const BuildsClient client{AppToken{"app-token"}, {}, std::make_shared<FakeTransport>(endlessList)};
    std::string ids;
    for (const std::string& id :
         client.builds() | std::views::filter([](const auto& build) { return build.has_value(); }) |
             std::views::transform([](const auto& build) { return build->id; }) | std::views::take(5)) {
        ids += id + ' ';
    }
    EXPECT_EQ(ids, "1a 1b 2a 2b 3a ");
}

TEST(StopToken, CancelsACallWithTheToken) {
    std::stop_source source;
    const CancellationToken token = source.get_token();
    int calls = 0;
    const CancellationCallback callback(token, [&] { ++calls; });
    EXPECT_FALSE(token.isCancelled());
    source.request_stop();
    EXPECT_TRUE(token.isCancelled());
    EXPECT_EQ(calls, 1);
}

TEST(StopToken, IsCancelledIfItWasStoppedBefore) {
    std::stop_source source;
    source.request_stop();
    EXPECT_TRUE(CancellationToken(source.get_token()).isCancelled());
}

TEST(StopToken, IsNeverCancelledWithoutAStopState) {
    EXPECT_FALSE(CancellationToken(std::stop_token{}).canBeCancelled());
}

TEST(StopToken, KeepsACallbackAfterTheTokenIsDestroyed) {
    std::stop_source source;
    int calls = 0;
    const CancellationCallback callback(CancellationToken(source.get_token()), [&] { ++calls; });
    source.request_stop();
    EXPECT_EQ(calls, 1);
}

TEST(StopToken, CanOutliveTheSource) {
    std::optional<std::stop_source> source(std::in_place);
    const CancellationToken token = source->get_token();
    source.reset();
    EXPECT_FALSE(token.isCancelled());
}

TEST(StopToken, CancelsACall) {
    std::stop_source source;
    source.request_stop();
    const BuildsClient client{AppToken{"app-token"}, {.baseUrl = "http://127.0.0.1:1"}};
    EXPECT_EQ(client.listBuilds({}, {}, source.get_token()).error().kind(), ErrorKind::cancelled);
}

TEST(BuildSelector, TakesDesignatedInitializers) {
    const BuildSelector selector{.versionName = "2.5.0", .os = Os::ios, .anyAge = true};
    EXPECT_EQ(selector.versionName, "2.5.0");
    BuildPoller poller(BuildsClient(AppToken{"app-token"}), {.id = "b1"});
    EXPECT_FALSE(poller.done());
}

}  // namespace
}  // namespace applivery
