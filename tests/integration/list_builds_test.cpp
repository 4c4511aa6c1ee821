/// @file
/// listBuilds() with both APIs of the mock server, over HTTP and TLS.
#include "mock_server/build_generator.hpp"
#include "mock_server/demo_builds.hpp"
#include "mock_server/sample_workspace.hpp"
#include "mock_server/test_certificates.hpp"
#include "support/matchers.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace applivery {
namespace {

namespace sample = mock::sample;
using mock::MockServer;
using mock::MockServerOptions;

ClientOptions withoutRetry(const MockServer& server) {
    ClientOptions options;
    options.baseUrl = server.baseUrl();
    options.retry.maxAttempts = 1;
    return options;
}

BuildsClient appClient(const MockServer& server, const char* token = sample::appToken) {
    return BuildsClient(AppToken{token}, withoutRetry(server));
}

BuildsClient accountClient(const MockServer& server, const char* organization, const char* application) {
    return BuildsClient(ServiceAccount{sample::serviceAccountToken, organization, application}, withoutRetry(server));
}

Page pageNumbered(int number, int limit) {
    Page page;
    page.number = number;
    page.limit = limit;
    return page;
}

class ListBuilds : public testing::Test {
protected:
    ListBuilds() { sample::addTo(server, mock::generateBuilds(25)); }

    MockServer server;
};

TEST_F(ListBuilds, UsesTheIntegrationsApiWithAnAppToken) {
    const auto page = appClient(server).listBuilds({}, pageNumbered(2, 10));
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->items.size(), 10U);
    EXPECT_EQ(server.requests().at(0).path, sample::integrationsPath);
    EXPECT_EQ(server.requests().at(0).header("Authorization"), std::string("Bearer ") + sample::appToken);
}

TEST_F(ListBuilds, UsesTheWorkspaceApiWithAServiceAccount) {
    const auto page = accountClient(server, sample::organizationId, sample::applicationId).listBuilds();
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->items.size(), 25U);
    EXPECT_EQ(server.requests().at(0).path, sample::workspacePath);
}

TEST_F(ListBuilds, AcceptsSlugs) {
    EXPECT_TRUE(accountClient(server, sample::organizationSlug, sample::applicationSlug).listBuilds());
}

TEST_F(ListBuilds, ReturnsThePositionOfThePage) {
    const auto page = appClient(server).listBuilds({}, pageNumbered(3, 10));
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->number, 3);
    EXPECT_EQ(page->limit, 10);
    EXPECT_EQ(page->totalPages, 3);
    EXPECT_EQ(page->totalItems, 25);
    EXPECT_EQ(page->hasNextPage, false);
}

TEST_F(ListBuilds, ReturnsNoTotalsIfTheServiceSendsNone) {
    mock::ServiceRules rules;
    rules.totals = rules.links = rules.echoLimit = rules.echoPage = false;
    server.setRules(rules);
    const auto page = appClient(server).listBuilds({}, pageNumbered(2, 10));
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->number, 2);
    EXPECT_FALSE(page->limit || page->totalPages || page->totalItems || page->hasNextPage);
}

TEST_F(ListBuilds, ReturnsEachBuildOnOnePage) {
    std::set<std::string> ids;
    for (int number = 1; number <= 3; ++number) {
        const auto page = appClient(server).listBuilds({}, pageNumbered(number, 10));
        ASSERT_TRUE(page) << page.error();
        for (const Build& build : page->items) ids.insert(build.id);
    }
    EXPECT_EQ(ids.size(), 25U);
}

TEST_F(ListBuilds, FiltersByStatus) {
    BuildFilter filter;
    filter.status = BuildStatus::processed;
    const auto page = appClient(server).listBuilds(filter);
    ASSERT_TRUE(page) << page.error();
    EXPECT_FALSE(page->items.empty());
    EXPECT_LT(page->items.size(), 25U);
    for (const Build& build : page->items) EXPECT_EQ(build.status, BuildStatus::processed);
}

TEST_F(ListBuilds, FiltersByOs) {
    BuildFilter filter;
    filter.os = Os::android;
    const auto page = appClient(server).listBuilds(filter);
    ASSERT_TRUE(page) << page.error();
    EXPECT_FALSE(page->items.empty());
    for (const Build& build : page->items) {
        EXPECT_EQ(build.os, Os::android);
        const bool hasInfo = build.status == BuildStatus::processed;
        EXPECT_EQ(build.info.android && build.info.android->packageName, hasInfo) << build.id;
    }
}

TEST_F(ListBuilds, FiltersByVersionName) {
    const auto all = appClient(server).listBuilds();
    BuildFilter filter;
    filter.versionName = all->items.at(7).versionName;
    const auto page = appClient(server).listBuilds(filter);
    ASSERT_TRUE(page) << page.error();
    EXPECT_FALSE(page->items.empty());
    for (const Build& build : page->items) EXPECT_EQ(build.versionName, filter.versionName);
}

TEST_F(ListBuilds, SendsExtraParameters) {
    BuildFilter filter;
    filter.extraParameters = {{"sort", "createdAt:asc"}};
    const auto newestFirst = appClient(server).listBuilds();
    const auto oldestFirst = appClient(server).listBuilds(filter);
    EXPECT_EQ(oldestFirst->items.front().id, newestFirst->items.back().id);
}

TEST_F(ListBuilds, ReturnsAnEmptyPageAfterTheEnd) {
    const auto page = appClient(server).listBuilds({}, pageNumbered(9, 10));
    ASSERT_TRUE(page) << page.error();
    EXPECT_TRUE(page->items.empty());
}

TEST_F(ListBuilds, FailsWithAnAuthenticationErrorForAWrongToken) {
    const auto page = appClient(server, "wrong-token-77").listBuilds();
    ASSERT_FALSE(page);
    EXPECT_THAT(page, test::FailsWith(ErrorKind::authentication));
    EXPECT_EQ(page.error().apiCode(), api_code::invalidToken);
    EXPECT_EQ(page.error().httpStatus(), 401);
    EXPECT_EQ(page.error().attempts(), 1);
}

TEST_F(ListBuilds, FailsWithNotFoundForAnUnknownApp) {
    const auto page = accountClient(server, sample::organizationId, "no-such-app").listBuilds();
    ASSERT_FALSE(page);
    EXPECT_THAT(page, test::FailsWith(ErrorKind::notFound));
    EXPECT_EQ(page.error().apiCode(), api_code::entityNotFound);
}

TEST_F(ListBuilds, RetriesAfterTheHtmlOfAGateway) {
    server.enqueue(mock::gatewayError(502));
    ClientOptions options = withoutRetry(server);
    options.retry.maxAttempts = 2;
    options.retry.initialDelay = std::chrono::milliseconds{1};
    EXPECT_TRUE(BuildsClient(AppToken{sample::appToken}, options).listBuilds());
    EXPECT_EQ(server.requestCount(), 2U);
}

TEST_F(ListBuilds, FailsWithTheTargetOfARedirect) {
    server.enqueue(mock::redirect("https://elsewhere.example/builds?secret=1"));
    const auto page = appClient(server).listBuilds();
    ASSERT_FALSE(page);
    EXPECT_THAT(page, test::FailsWith(ErrorKind::invalidResponse));
    EXPECT_NE(page.error().message().find("https://elsewhere.example/builds"), std::string::npos);
    EXPECT_EQ(page.error().message().find("secret"), std::string::npos);
}

TEST_F(ListBuilds, KeepsThePathPrefixOfAGateway) {
    mock::ServiceRules rules;
    rules.pathPrefix = "/gateway";
    server.setRules(rules);
    EXPECT_TRUE(appClient(server).listBuilds());
}

TEST_F(ListBuilds, RequestsCompression) {
    (void)appClient(server).listBuilds();
    const auto accepted = server.requests().at(0).header("Accept-Encoding").value_or("");
    EXPECT_NE(accepted.find("gzip"), std::string::npos) << accepted;
}

TEST_F(ListBuilds, ReturnsThePageByAFuture) {
    const BuildsClient client = appClient(server);
    EXPECT_EQ(client.listBuildsAsync().get()->items.size(), 25U);
}

TEST_F(ListBuilds, DecodesThePublishedBuild) {
    sample::addTo(server, mock::demoBuilds());
    const auto page = appClient(server).listBuilds();
    ASSERT_TRUE(page) << page.error();
    const Build& build = page->items.back();
    EXPECT_EQ(build.id, "string");
    EXPECT_EQ(build.info.ios->plist->bundleIdentifier, "string");
    EXPECT_EQ(build.info.ios->mobileProvision->signingType, SigningType::adHoc);
    EXPECT_EQ(build.deployer->info->commitMessage, "string");
    EXPECT_TRUE(build.createdAt.has_value());
}

MockServerOptions tlsOptions(const std::string& certificate = {}, const std::string& key = {}) {
    MockServerOptions options;
    options.tls = true;
    if (!certificate.empty()) options.tlsFiles = mock::TlsFiles{certificate, key};
    return options;
}

Result<BuildPage> listOverTls(const MockServerOptions& serverOptions, const std::string& caBundle) {
    MockServer server(serverOptions);
    sample::addTo(server, mock::generateBuilds(3));
    ClientOptions options = withoutRetry(server);
    options.caBundle = caBundle;
    return BuildsClient(AppToken{sample::appToken}, options).listBuilds();
}

TEST(ListBuildsOverTls, TrustsAGivenAuthority) {
    const mock::TestCertificates certificates;
    const auto page =
        listOverTls(tlsOptions(certificates.serverCertFile(), certificates.serverKeyFile()), certificates.caFile());
    EXPECT_TRUE(page) << page.error();
}

TEST(ListBuildsOverTls, FailsWithTheOptionOfAMissingBundle) {
    const auto page = listOverTls(tlsOptions(), "/no/such/file.pem");
    ASSERT_FALSE(page);
    EXPECT_NE(page.error().message().find("caBundle"), std::string::npos);
}

}  // namespace
}  // namespace applivery
