/// @file
/// Calls through a real proxy.
#include "mock_server/http_proxy.hpp"
#include "mock_server/sample_workspace.hpp"
#include "support/matchers.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace applivery {
namespace {

using mock::HttpProxy;
using testing::HasSubstr;
using testing::Not;

class Tinyproxy : public testing::Test {
protected:
    Tinyproxy() : server(overTls()) { mock::sample::addTo(server); }

    static mock::MockServerOptions overTls() {
        mock::MockServerOptions options;
        options.tls = true;
        return options;
    }

    [[nodiscard]] Result<BuildPage> listThrough(const std::string& proxy) const {
        ClientOptions options;
        options.baseUrl = server.baseUrl();
        options.caBundle = server.caFile();
        options.proxy = proxy;
        return BuildsClient(AppToken{mock::sample::appToken}, options).listBuilds();
    }

    mock::MockServer server;
};

TEST_F(Tinyproxy, CarriesACallThroughATunnel) {
    const HttpProxy proxy;
    const auto page = listThrough(proxy.url());
    ASSERT_TRUE(page) << page.error();
    EXPECT_THAT(proxy.log(), HasSubstr("CONNECT 127.0.0.1:" + std::to_string(server.port())));
}

TEST_F(Tinyproxy, DoesNotReceiveTheToken) {
    const HttpProxy proxy;
    EXPECT_TRUE(listThrough(proxy.url()));
    EXPECT_THAT(proxy.log(), Not(HasSubstr(mock::sample::appToken)));
}

TEST_F(Tinyproxy, ReceivesTheCredentialsOfTheUrl) {
    const HttpProxy proxy("ci", "s3cret");
    const auto page = listThrough(proxy.url("ci:s3cret"));
    EXPECT_TRUE(page) << page.error();
}

TEST_F(Tinyproxy, RejectsWrongCredentialsWithoutARetry) {
    const HttpProxy proxy("ci", "s3cret");
    const auto page = listThrough(proxy.url("ci:wr0ng"));
    EXPECT_THAT(page, test::FailsWith(ErrorKind::connection));
    EXPECT_EQ(page.error().attempts(), 1);
    EXPECT_THAT(page.error().message(), HasSubstr("proxy"));
    EXPECT_THAT(page.error().message(), Not(HasSubstr("wr0ng")));
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(Tinyproxy, RejectsMissingCredentialsWithAnExplanation) {
    const HttpProxy proxy("ci", "s3cret");
    const auto page = listThrough(proxy.url());
    EXPECT_THAT(page, test::FailsWith(ErrorKind::connection));
    EXPECT_EQ(page.error().httpStatus(), 407);
    EXPECT_THAT(page.error().message(), HasSubstr("user and password"));
}

}  // namespace
}  // namespace applivery
