/// @file
/// Iterations as standard views.
#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <ranges>
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

}  // namespace
}  // namespace applivery
