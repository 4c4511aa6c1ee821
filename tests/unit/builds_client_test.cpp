/// @file
/// BuildsClient without a network: retries, backoff, refusals and secrets.
#include "support/matchers.hpp"
#include "support/rig.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::FailsWith;
using test::onePage;
using test::Rig;
using test::token;
using test::unavailable;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

TEST(BuildsClient, ReturnsAPage) {
    const Rig rig({onePage()});
    const auto page = rig.client().listBuilds();
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->items.at(0).id, "b1");
}

TEST(BuildsClient, ReturnsTheRequestedPageNumberIfTheServiceSendsNone) {
    const Rig rig({onePage()});
    Page page;
    page.number = 3;
    EXPECT_EQ(rig.client().listBuilds({}, page)->number, 3);
}

TEST(BuildsClient, RetriesWithGrowingDelays) {
    const Rig rig({unavailable(), unavailable(), onePage()});
    EXPECT_TRUE(rig.client().listBuilds());
    EXPECT_EQ(rig.clock->delays(), (std::vector<std::chrono::milliseconds>{500ms, 1000ms}));
}

TEST(BuildsClient, ReportsTheNumberOfAttempts) {
    const Rig rig({unavailable()});
    const auto page = rig.client().listBuilds();
    ASSERT_FALSE(page);
    EXPECT_THAT(page, FailsWith(ErrorKind::server));
    EXPECT_EQ(page.error().attempts(), 4);
    EXPECT_EQ(rig.transport->requests().size(), 4U);
}

TEST(BuildsClient, WaitsForRetryAfter) {
    const Rig rig({unavailable({{"Retry-After", "30"}}), onePage()});
    EXPECT_TRUE(rig.client().listBuilds());
    EXPECT_EQ(rig.clock->delays(), (std::vector<std::chrono::milliseconds>{30s}));
}

TEST(BuildsClient, DoesNotRetryAfterALongRetryAfter) {
    const Rig rig({FakeTransport::answer(429, "", {{"Retry-After", "3600"}})});
    const auto page = rig.client().listBuilds();
    ASSERT_FALSE(page);
    EXPECT_THAT(page, FailsWith(ErrorKind::rateLimited));
    EXPECT_EQ(page.error().retryAfter(), 3600s);
    EXPECT_EQ(page.error().attempts(), 1);
}

TEST(BuildsClient, RetriesATruncatedBody) {
    const Rig rig({FakeTransport::answer(200, R"({"status":true,"data":{"it)"), onePage()});
    EXPECT_TRUE(rig.client().listBuilds());
}

TEST(BuildsClient, DoesNotRetryARefusal) {
    const Rig rig({FakeTransport::answer(401, R"({"status":false,"error":{"code":4002,"message":"No auth token"}})")});
    const auto page = rig.client().listBuilds();
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().apiCode(), api_code::noAuthToken);
    EXPECT_EQ(page.error().attempts(), 1);
}

TEST(BuildsClient, RefusesInvalidInputWithoutARequest) {
    const Rig rig({onePage()});
    Page page;
    page.number = 0;
    const auto result = rig.client().listBuilds({}, page);
    ASSERT_FALSE(result);
    EXPECT_THAT(result, FailsWith(ErrorKind::invalidArgument));
    EXPECT_EQ(result.error().attempts(), 0);
    EXPECT_TRUE(rig.transport->requests().empty());
}

TEST(BuildsClient, ReportsInvalidCredentialsFromTheCall) {
    const BuildsClient client(AppToken{""});
    EXPECT_THAT(client.listBuilds(), FailsWith(ErrorKind::invalidArgument));
    EXPECT_THAT(client.listBuildsAsync().get(), FailsWith(ErrorKind::invalidArgument));
}

TEST(BuildsClient, NamesTheRequestInAnError) {
    const Rig rig({FakeTransport::answer(404, "")});
    EXPECT_EQ(rig.client().listBuilds().error().message().find("GET /v1/integrations/builds: "), 0U);
}

TEST(BuildsClient, NamesTheServerIfThereWasNoResponse) {
    const auto messageOf = [](const char* baseUrl) {
        Rig rig({FakeTransport::fail(ErrorKind::connection)});
        rig.options.baseUrl = baseUrl;
        return rig.client().listBuilds().error().message();
    };
    EXPECT_EQ(messageOf("https://api.example").find("GET /v1/integrations/builds from api.example:443: "), 0U);
    EXPECT_EQ(messageOf("http://[::1]/gate").find("GET /gate/v1/integrations/builds from [::1]:80: "), 0U);
    EXPECT_EQ(messageOf("http://localhost:8080").find("GET /v1/integrations/builds from localhost:8080: "), 0U);
}

TEST(BuildsClient, RedactsAnEchoedTokenInTheError) {
    const Rig rig({FakeTransport::answer(400, R"({"status":false,"error":{"code":1,"message":"Bearer tok/en-0123456789",
        "data":{"header":"tok\/en-0123456789"}}})")});
    const Error error = rig.client().listBuilds().error();
    EXPECT_EQ(error.message().find("0123456789"), std::string::npos) << error.message();
    EXPECT_EQ(error.apiData().find("0123456789"), std::string::npos) << error.apiData();
    EXPECT_NE(error.apiData().find("[redacted]"), std::string::npos);
}

TEST(BuildsClient, KeepsRawJsonOnRequestWithoutTheToken) {
    Rig rig({FakeTransport::answer(
        200, R"({"status":true,"data":{"items":[{"id":"b1","changelog":"tok\/en-0123456789"}]}})")});
    EXPECT_TRUE(rig.client().listBuilds()->rawJson.empty());
    rig.options.keepRawJson = true;
    EXPECT_EQ(rig.client().listBuilds()->rawJson,
              R"({"status":true,"data":{"items":[{"id":"b1","changelog":"[redacted]"}]}})");
}

TEST(BuildsClient, LogsALineForEachAttemptWithoutTheToken) {
    Rig rig({unavailable(), onePage()});
    const auto lines = rig.keepLog();
    Page page;
    page.limit = 50;
    EXPECT_TRUE(rig.client().listBuilds({}, page));
    ASSERT_EQ(lines->size(), 2U);
    EXPECT_THAT((*lines)[0],
                MatchesRegex("GET /v1/integrations/builds.page=1&limit=50 503 call .* attempt 1, 17 bytes, 0 ms, "
                             "again in 500 ms: .*"));
    EXPECT_THAT((*lines)[1],
                MatchesRegex("GET /v1/integrations/builds.page=1&limit=50 200 call .* attempt 2, 46 bytes, 0 ms"));
    for (const auto& line : *lines) EXPECT_EQ(line.find(token), std::string::npos);
}

TEST(BuildsClient, LogsTheAttemptsOfACallWithOneNumber) {
    Rig rig({unavailable(), onePage()});
    const auto lines = rig.keepLog();
    const BuildsClient client = rig.client();
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(client.listBuilds());
    ASSERT_EQ(lines->size(), 3U);
    const auto numberIn = [&](std::size_t line) {
        const std::string& text = (*lines)[line];
        return std::stoi(text.substr(text.find(" call ") + 6));
    };
    EXPECT_EQ(numberIn(0), numberIn(1));
    EXPECT_NE(numberIn(1), numberIn(2));
}

TEST(BuildsClient, DoesNotLogExtraParameters) {
    Rig rig({onePage()});
    const auto lines = rig.keepLog();
    BuildFilter filter;
    filter.extraParameters = {{"key", "hush"}};
    EXPECT_TRUE(rig.client().listBuilds(filter));
    EXPECT_THAT(*lines, ElementsAre(Not(HasSubstr("hush"))));
}

TEST(BuildsClient, LogsARefusedFilter) {
    Rig rig({onePage()});
    const auto lines = rig.keepLog();
    Page page;
    page.number = 0;
    EXPECT_FALSE(rig.client().listBuilds({}, page));
    EXPECT_THAT(*lines, ElementsAre(HasSubstr("Page::number is 0")));
}

TEST(BuildsClient, LogsARefusedCredentialWithEachCall) {
    Rig rig({onePage()});
    const auto lines = rig.keepLog();
    const BuildsClient client(AppToken{" "}, rig.options, rig.transport);
    for (int i = 0; i < 2; ++i) EXPECT_FALSE(client.listBuilds());
    EXPECT_THAT(*lines, ElementsAre(HasSubstr("the App API Token is empty"), HasSubstr("is empty")));
}

TEST(BuildsClient, AcceptsAPageWithinASmallBodyLimit) {
    Rig rig({onePage()});
    rig.options.maxResponseBytes = 100;
    EXPECT_TRUE(rig.client().listBuilds());
}

TEST(BuildsClient, AsyncReturnsThePage) {
    const Rig rig({unavailable(), onePage()});
    const BuildsClient client = rig.client();
    EXPECT_EQ(client.listBuildsAsync().get()->items.size(), 1U);
}

TEST(BuildsClient, SendsNothingIfTheTokenIsCancelled) {
    const Rig rig({onePage()});
    CancellationSource source;
    source.cancel();
    const auto page = rig.client().listBuilds({}, {}, source.token());
    ASSERT_FALSE(page);
    EXPECT_THAT(page, FailsWith(ErrorKind::cancelled));
    EXPECT_TRUE(rig.transport->requests().empty());
}

TEST(BuildsClient, CancelsACallInFlight) {
    const BuildsClient client(AppToken{token}, {}, std::make_shared<FakeTransport>(FakeTransport::silence()));
    CancellationSource source;
    auto page = client.listBuildsAsync({}, {}, source.token());
    source.cancel();
    EXPECT_THAT(page.get(), FailsWith(ErrorKind::cancelled));
}

TEST(Workspace, SharesATransportBetweenItsClients) {
    const auto transport = std::make_shared<FakeTransport>(onePage(), onePage());
    const Workspace workspace(ServiceAccountToken{token}, "acme", {}, transport);
    EXPECT_TRUE(workspace.app("shop").listBuilds());
    EXPECT_TRUE(workspace.app("bank").listBuilds());
    ASSERT_EQ(transport->requests().size(), 2U);
    EXPECT_NE(transport->requests()[1].url.find("/v1/organizations/acme/apps/bank/builds"), std::string::npos);
}

TEST(Workspace, RefusesAnEmptyApp) {
    const Workspace workspace(ServiceAccountToken{token}, "acme");
    EXPECT_THAT(workspace.app("").listBuilds(), FailsWith(ErrorKind::invalidArgument));
}

}  // namespace
}  // namespace applivery
