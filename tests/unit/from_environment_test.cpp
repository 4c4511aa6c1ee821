/// @file
/// Credentials and options from environment variables.
#include "support/matchers.hpp"

#include <applivery/builds_client.hpp>
#include <applivery/client_options.hpp>
#include <applivery/credentials.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace applivery {
namespace {

#ifdef _WIN32
int setenv(const char* name, const char* value, int) {
    return _putenv_s(name, value);
}

int unsetenv(const char* name) {
    return _putenv_s(name, "");
}
#endif

class FromEnvironment : public testing::Test {
protected:
    void SetUp() override { clear(); }
    void TearDown() override { clear(); }

    static void set(const char* name, const char* value) { ASSERT_EQ(setenv(name, value, 1), 0); }

private:
    static void clear() {
        for (const char* name : {"APPLIVERY_APP_TOKEN", "APPLIVERY_SERVICE_ACCOUNT_TOKEN", "APPLIVERY_ORGANIZATION_ID",
                                 "APPLIVERY_APPLICATION_ID", "APPLIVERY_BASE_URL", "APPLIVERY_TENANT", "SSL_CERT_FILE",
                                 "CURL_CA_BUNDLE"}) {
            unsetenv(name);
        }
    }
};

TEST_F(FromEnvironment, FailsWithTheNamesOfTheVariables) {
    const auto credentials = credentialsFromEnvironment();
    ASSERT_FALSE(credentials);
    EXPECT_THAT(credentials, test::FailsWith(ErrorKind::invalidArgument));
    EXPECT_NE(credentials.error().message().find("APPLIVERY_APP_TOKEN"), std::string::npos);
}

TEST_F(FromEnvironment, ReadsAnAppToken) {
    set("APPLIVERY_APP_TOKEN", " app-secret\n");
    EXPECT_EQ(std::get<AppToken>(credentialsFromEnvironment().value()).token, "app-secret");
}

TEST_F(FromEnvironment, ReadsAServiceAccount) {
    set("APPLIVERY_SERVICE_ACCOUNT_TOKEN", "service-secret");
    set("APPLIVERY_ORGANIZATION_ID", "acme");
    set("APPLIVERY_APPLICATION_ID", "shop");
    const auto account = std::get<ServiceAccount>(credentialsFromEnvironment().value());
    EXPECT_EQ(account.token, "service-secret");
    EXPECT_EQ(account.organizationId, "acme");
    EXPECT_EQ(account.applicationId, "shop");
}

TEST_F(FromEnvironment, RequiresTheIdsOfAServiceAccount) {
    set("APPLIVERY_SERVICE_ACCOUNT_TOKEN", "service-secret");
    const auto credentials = credentialsFromEnvironment();
    ASSERT_FALSE(credentials);
    EXPECT_NE(credentials.error().message().find("APPLIVERY_ORGANIZATION_ID"), std::string::npos);
    EXPECT_EQ(credentials.error().message().find("APPLIVERY_APP_TOKEN"), std::string::npos) << "not set";
}

TEST_F(FromEnvironment, RefusesTwoTokensWithoutIds) {
    set("APPLIVERY_APP_TOKEN", "app-secret");
    set("APPLIVERY_SERVICE_ACCOUNT_TOKEN", "service-secret");
    const auto credentials = credentialsFromEnvironment();
    ASSERT_FALSE(credentials);
    EXPECT_EQ(credentials.error().message().find("secret"), std::string::npos);
}

TEST_F(FromEnvironment, SelectsOneOfTwoTokensByTheIds) {
    set("APPLIVERY_APP_TOKEN", "app-secret");
    set("APPLIVERY_SERVICE_ACCOUNT_TOKEN", "service-secret");
    set("APPLIVERY_ORGANIZATION_ID", "acme");
    set("APPLIVERY_APPLICATION_ID", "shop");
    EXPECT_TRUE(std::holds_alternative<ServiceAccount>(credentialsFromEnvironment().value()));
}

TEST_F(FromEnvironment, ReturnsDefaultOptionsIfNothingIsSet) {
    EXPECT_EQ(ClientOptions::fromEnvironment().baseUrl, "https://api.applivery.io");
}

TEST_F(FromEnvironment, UsesTheHostOfATenant) {
    set("APPLIVERY_TENANT", "acme");
    EXPECT_EQ(ClientOptions::fromEnvironment().baseUrl, "https://api.acme.applivery.io");
}

TEST_F(FromEnvironment, PrefersTheBaseUrlToTheTenant) {
    set("APPLIVERY_TENANT", "acme");
    set("APPLIVERY_BASE_URL", "https://gateway.example/applivery");
    EXPECT_EQ(ClientOptions::fromEnvironment().baseUrl, "https://gateway.example/applivery");
}

TEST_F(FromEnvironment, ReadsTheTrustedAuthorities) {
    set("SSL_CERT_FILE", "/second.pem");
    EXPECT_EQ(ClientOptions::fromEnvironment().caBundle, "/second.pem");
    set("CURL_CA_BUNDLE", "/first.pem");
    EXPECT_EQ(ClientOptions::fromEnvironment().caBundle, "/first.pem");
}

TEST_F(FromEnvironment, AcceptsTheDomainOfATenant) {
    set("APPLIVERY_TENANT", "apps.example.com");
    EXPECT_EQ(ClientOptions::fromEnvironment().baseUrl, "https://api.apps.example.com");
}

TEST_F(FromEnvironment, RefusesAnInvalidTenantInTheFirstCall) {
    for (const char* tenant :
         {"evil.invalid/", "evil.invalid#", "a@evil.invalid", "evil.invalid?", "evil.invalid:1", "-a", "a-", "a..b",
          ".", "a b", "a\\b", "%2e", "a-label-of-more-than-sixty-three-characters-which-dns-does-not-have-x"}) {
        set("APPLIVERY_TENANT", tenant);
        const BuildsClient client(AppToken{"app-secret"}, ClientOptions::fromEnvironment());
        const auto page = client.listBuilds();
        ASSERT_FALSE(page) << tenant;
        EXPECT_THAT(page, test::FailsWith(ErrorKind::invalidArgument)) << tenant;
        EXPECT_NE(page.error().message().find("APPLIVERY_TENANT"), std::string::npos) << page.error();
    }
}

}  // namespace
}  // namespace applivery
