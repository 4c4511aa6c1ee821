/// @file
/// Requests for credentials, filters and pages, and refused arguments.
#include "request/list_builds_request.hpp"

#include "core/text.hpp"
#include "support/matchers.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <functional>
#include <ostream>
#include <string>

namespace applivery::detail {
namespace {

std::string urlOf(const Credentials& credentials, const BuildFilter& filter = {}, const Page& page = {},
                  const ClientOptions& options = {}) {
    const auto request = makeEndpoint(credentials, options).and_then([&](const Endpoint& endpoint) {
        return makeListBuildsRequest(endpoint, filter, page);
    });
    return request ? request->url : "refused: " + request.error().message();
}

BuildFilter versionFilter(std::string name) {
    BuildFilter filter;
    filter.versionName = std::move(name);
    return filter;
}

ClientOptions at(std::string baseUrl) {
    ClientOptions options;
    options.baseUrl = std::move(baseUrl);
    return options;
}

const AppToken app{"app-token"};

TEST(ListBuildsRequest, UsesTheIntegrationsApiForAnAppToken) {
    EXPECT_EQ(urlOf(app), "https://api.applivery.io/v1/integrations/builds?page=1");
}

TEST(ListBuildsRequest, UsesTheWorkspaceApiForAServiceAccount) {
    EXPECT_EQ(urlOf(ServiceAccount{"service-token", "acme", "shop"}),
              "https://api.applivery.io/v1/organizations/acme/apps/shop/builds?page=1");
}

TEST(ListBuildsRequest, SendsEveryFilter) {
    BuildFilter filter = versionFilter("RC-1");
    filter.status = BuildStatus::inProgress;
    filter.os = Os::ios;
    filter.extraParameters = {{"sort", "createdAt:asc"}, {"tag", "a"}, {"tag", "b"}};
    Page page;
    page.number = 3;
    page.limit = 20;
    EXPECT_EQ(
        urlOf(app, filter, page),
        "https://api.applivery.io/v1/integrations/builds?versionName=RC-1&status=in_progress&os=ios&page=3&limit=20"
        "&sort=createdAt%3Aasc&tag=a&tag=b");
}

TEST(ListBuildsRequest, AcceptsALimitOfOne) {
    Page page;
    page.limit = 1;
    EXPECT_EQ(urlOf(app, {}, page), "https://api.applivery.io/v1/integrations/builds?page=1&limit=1");
}

TEST(ListBuildsRequest, EncodesTheValuesOfAFilter) {
    EXPECT_EQ(urlOf(app, versionFilter("1 & 2/\xC3\xA9?#")),
              "https://api.applivery.io/v1/integrations/builds?versionName=1%20%26%202%2F%C3%A9%3F%23&page=1");
}

TEST(ListBuildsRequest, EncodesAnIdInItsPathSegment) {
    EXPECT_EQ(urlOf(ServiceAccount{"service-token", "a/../b c", "x?y"}),
              "https://api.applivery.io/v1/organizations/a%2F..%2Fb%20c/apps/x%3Fy/builds?page=1");
}

TEST(ListBuildsRequest, SendsTheTrimmedTokenOnlyInTheHeader) {
    const auto endpoint = makeEndpoint(AppToken{"  app-token\n"}, {});
    ASSERT_TRUE(endpoint);
    EXPECT_EQ(endpoint->headers.front(), (std::pair<std::string, std::string>{"Authorization", "Bearer app-token"}));
    EXPECT_EQ(endpoint->url.find("app-token"), std::string::npos);
}

TEST(ListBuildsRequest, KeepsThePathOfTheBaseUrl) {
    EXPECT_EQ(urlOf(app, {}, {}, at("https://gateway.example:8443/applivery/")),
              "https://gateway.example:8443/applivery/v1/integrations/builds?page=1");
}

// The case of the digits depends on the version of libcurl.
TEST(ListBuildsRequest, EncodesThePathOfTheBaseUrlIfNecessary) {
    const std::string url = urlOf(AppToken{"t"}, {}, {}, at("https://gate.test/caf\u00e9/a%20b"));
    const std::string start = "https://gate.test/caf%c3%a9/a%20b/v1/";
    EXPECT_TRUE(equalsIgnoringCase(url.substr(0, start.size()), start)) << url;
}

TEST(ListBuildsRequest, RefusesAHostWithAControlCharacter) {
    for (const char* url : {"http://a%7fb.test", "https://a%0ab.test", "https://a%1b%5b31mb.test"}) {
        const auto endpoint = makeEndpoint(app, at(url));
        ASSERT_THAT(endpoint, test::FailsWith(ErrorKind::invalidArgument)) << url;
        EXPECT_FALSE(hasControlCharacter(endpoint.error().message())) << url;
    }
}

TEST(ListBuildsRequest, AppendsASuffixToTheUserAgent) {
    ClientOptions options;
    options.userAgentSuffix = "ci/7";
    const auto endpoint = makeEndpoint(app, options);
    ASSERT_TRUE(endpoint);
    const std::string& agent = endpoint->headers.back().second;
    EXPECT_EQ(agent.substr(agent.size() - 5), " ci/7");
}

TEST(ListBuildsRequest, AllowsPlainHttpToLoopback) {
    for (const char* url : {"http://127.0.0.1:80", "http://localhost:80", "http://[::1]:80"}) {
        EXPECT_EQ(urlOf(app, {}, {}, at(url)), std::string(url) + "/v1/integrations/builds?page=1");
    }
}

TEST(ListBuildsRequest, AllowsPlainHttpByAnOption) {
    ClientOptions options = at("http://gateway.example");
    options.allowInsecureHttp = true;
    EXPECT_EQ(urlOf(app, {}, {}, options), "http://gateway.example/v1/integrations/builds?page=1");
}

struct Refusal {
    const char* name;
    Credentials credentials;
    ClientOptions options;
    const char* message;
};

void PrintTo(const Refusal& row, std::ostream* out) {
    *out << row.name;
}

class RefusedEndpoint : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedEndpoint, IsAnInvalidArgumentWithAnExplanation) {
    const auto endpoint = makeEndpoint(GetParam().credentials, GetParam().options);
    ASSERT_FALSE(endpoint);
    EXPECT_THAT(endpoint, test::FailsWith(ErrorKind::invalidArgument));
    EXPECT_NE(endpoint.error().message().find(GetParam().message), std::string::npos) << endpoint.error().message();
}

INSTANTIATE_TEST_SUITE_P(
    ListBuildsRequest, RefusedEndpoint,
    testing::Values(Refusal{"EmptyToken", AppToken{" \n"}, {}, "Token is empty"},
                    Refusal{"NewlineInToken", AppToken{"ab\ncd"}, {}, "control character"},
                    Refusal{"DeleteInToken", AppToken{"ab\x7f"}, {}, "control character"},
                    Refusal{"NonAsciiInToken", AppToken{"ab\u00e9"}, {}, "control character"},
                    Refusal{"EmptyServiceToken", ServiceAccount{"", "o", "a"}, {}, "token is empty"},
                    Refusal{"EmptyOrganization", ServiceAccount{"t", " ", "a"}, {}, "organizationId is empty"},
                    Refusal{"EmptyApplication", ServiceAccount{"t", "o", ""}, {}, "applicationId is empty"},
                    Refusal{"DotsAsId", ServiceAccount{"t", "..", "a"}, {}, "organizationId is not an id"},
                    Refusal{"PlainHttp", app, at("http://api.applivery.io"), "unencrypted"},
                    Refusal{"LoopbackLookalike", app, at("http://127.0.0.1.example"), "unencrypted"},
                    Refusal{"OtherScheme", app, at("ftp://api.applivery.io"), "https://"},
                    Refusal{"NoUrl", app, at("https://"), "not a URL"},
                    Refusal{"EmptyPort", app, at("https://host:"), "empty port"},
                    Refusal{"EmptyPortBeforeAPath", app, at("https://host:/path"), "empty port"},
                    Refusal{"EmptyPortOfAnAddress", app, at("https://[::1]:"), "empty port"},
                    Refusal{"UserInUrl", app, at("https://me:pw@host"), "user name"},
                    Refusal{"QueryInUrl", app, at("https://host/?a=b"), "query"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ListBuildsRequest, RefusesPagesAndLimitsBelowOne) {
    Page page;
    page.number = 0;
    EXPECT_EQ(urlOf(app, {}, page), "refused: Page::number is 0. The first page is 1.");
    page.number = 1;
    page.limit = 0;
    EXPECT_EQ(urlOf(app, {}, page), "refused: Page::limit is 0. The minimum is 1.");
}

TEST(ListBuildsRequest, RefusesAnEmptyVersionName) {
    EXPECT_EQ(urlOf(app, versionFilter("")).substr(0, 8), "refused:");
}

TEST(ListBuildsRequest, RefusesUnknownEnumerators) {
    BuildFilter filter;
    filter.status = BuildStatus::unknown;
    EXPECT_EQ(urlOf(app, filter).substr(0, 8), "refused:");
    filter = {};
    filter.os = Os::unknown;
    EXPECT_EQ(urlOf(app, filter).substr(0, 8), "refused:");
}

TEST(ListBuildsRequest, RefusesAnExtraParameterWithTheNameOfAnother) {
    BuildFilter filter;
    filter.extraParameters = {{"page", "2"}};
    EXPECT_EQ(urlOf(app, filter).substr(0, 8), "refused:");
}

TEST(ListBuildsRequest, AcceptsAnExtraParameterInPlaceOfAFilter) {
    BuildFilter filter;
    filter.extraParameters = {{"status", "pending"}, {"status", "error"}};
    EXPECT_EQ(urlOf(app, filter), "https://api.applivery.io/v1/integrations/builds?page=1&status=pending&status=error");
}

TEST(ListBuildsRequest, TreatsOnlyThisMachineAsLoopback) {
    for (const char* url :
         {"http://127.0.0.1:80", "http://127.255.3.4", "http://localhost", "http://LocalHost:1", "http://[::1]:8"}) {
        EXPECT_TRUE(makeEndpoint(app, at(url))) << url;
    }
    for (const char* url : {"http://127.999.1.1", "http://127.0.0.1.evil.invalid", "http://127.0.0.0.1",
                            "http://127..0.1", "http://localhost.", "http://[::2]", "http://128.0.0.1"}) {
        const auto endpoint = makeEndpoint(app, at(url));
        ASSERT_FALSE(endpoint) << url;
        EXPECT_THAT(endpoint, test::FailsWith(ErrorKind::invalidArgument)) << url;
    }
}

// libcurl removes the dot in some versions and looks up a name in others.
TEST(ListBuildsRequest, RefusesALoopbackAddressWithADotUnlessLibcurlRemovesTheDot) {
    const std::string url = urlOf(app, {}, {}, at("http://127.0.0.1."));
    EXPECT_TRUE(url.find("refused:") == 0 || url.find("http://127.0.0.1/") == 0) << url;
}

TEST(ListBuildsRequest, RefusesALongUrl) {
    EXPECT_EQ(urlOf(app, versionFilter(std::string(16'000, 'v'))).size(), 16'000U + 67U);
    EXPECT_EQ(urlOf(app, versionFilter(std::string(16'384, 'v'))).find("refused: the URL"), 0U);
}

TEST(ListBuildsRequest, RefusesARetryPolicyOutOfRange) {
    const auto refusal = [](const std::function<void(RetryPolicy&)>& change) {
        ClientOptions options;
        change(options.retry);
        return urlOf(app, {}, {}, options);
    };
    using std::chrono::milliseconds;
    EXPECT_EQ(refusal([](auto& retry) { retry.maxAttempts = 0; }), "refused: RetryPolicy::maxAttempts is below 1.");
    EXPECT_EQ(refusal([](auto& retry) { retry.initialDelay = milliseconds{-1}; }),
              "refused: RetryPolicy::initialDelay is negative.");
    EXPECT_EQ(refusal([](auto& retry) { retry.maxDelay = milliseconds{-1}; }),
              "refused: RetryPolicy::maxDelay is negative.");
    for (const double multiplier : {0.5, -1.0, std::nan("")}) {
        EXPECT_EQ(refusal([&](auto& retry) { retry.multiplier = multiplier; }),
                  "refused: RetryPolicy::multiplier is below 1, or not a number.");
    }
}

TEST(ListBuildsRequest, ShowsAnInvalidBaseUrlUnlessItHasAPassword) {
    EXPECT_NE(urlOf(app, {}, {}, at("no url")).find("\"no url\""), std::string::npos);
    EXPECT_EQ(urlOf(app, {}, {}, at("user:hunter2@host")).find("hunter2"), std::string::npos);
}

}  // namespace
}  // namespace applivery::detail
