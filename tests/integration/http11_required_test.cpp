/// @file
/// A server that offers HTTP/2 and then requires HTTP/1.1. libcurl then repeats the request.
#include "mock_server/connection_handlers.hpp"
#include "mock_server/http11_required_server.hpp"
#include "support/matchers.hpp"
#include "support/raw_client.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <future>
#include <string>
#include <vector>

namespace applivery {
namespace {

using mock::Http11RequiredServer;

BuildsClient clientOverTls(const Http11RequiredServer& server) {
    ClientOptions options;
    options.baseUrl = server.baseUrl();
    options.caBundle = server.caFile();
    options.retry.maxAttempts = 1;  // the change of the protocol is not a retry
    return BuildsClient(AppToken{"app-token"}, options);
}

const std::string emptyPageResponse = mock::raw::response(200, test::emptyPage);

TEST(Http11Required, RepeatsTheRequestOverHttp11) {
    const Http11RequiredServer server(emptyPageResponse);
    const auto page = clientOverTls(server).listBuilds();
    EXPECT_TRUE(page) << page.error();
    EXPECT_EQ(server.http11Requests(), 1U);
}

TEST(Http11Required, RepeatsEveryRequestOfTheConnection) {
    const Http11RequiredServer server(emptyPageResponse);
    const BuildsClient client = clientOverTls(server);
    std::vector<std::future<Result<BuildPage>>> pages(6);
    for (auto& page : pages) page = client.listBuildsAsync();
    for (auto& page : pages) {
        const auto result = page.get();
        EXPECT_TRUE(result) << result.error();
    }
    EXPECT_EQ(server.http11Requests(), pages.size());
}

TEST(Http11Required, RepeatsTheRequestOnlyOnce) {
    const Http11RequiredServer server("");  // closes the connection after the repeated request
    EXPECT_THAT(clientOverTls(server).listBuilds(), test::FailsWith(ErrorKind::connection));
    EXPECT_EQ(server.http11Requests(), 1U);
}

}  // namespace
}  // namespace applivery
