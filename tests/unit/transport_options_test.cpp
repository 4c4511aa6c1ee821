/// @file
/// Invalid options of a transport, which are refused before any request.
#include "core/transport_options.hpp"

#include "support/matchers.hpp"

#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <future>
#include <ostream>
#include <string>

namespace applivery {
namespace {

using namespace std::chrono_literals;

struct Refused {
    const char* name;
    std::function<void(ClientOptions&)> change;
    const char* option;
};

void PrintTo(const Refused& row, std::ostream* out) {
    *out << row.name;
}

class RefusedOption : public testing::TestWithParam<Refused> {
protected:
    RefusedOption() { GetParam().change(options); }

    void expectRefusal(const Error& error) const {
        EXPECT_EQ(error.kind(), ErrorKind::invalidArgument);
        EXPECT_NE(error.message().find(GetParam().option), std::string::npos) << error;
        EXPECT_EQ(error.message().find("hunter2"), std::string::npos) << error;
    }

    ClientOptions options;
};

TEST_P(RefusedOption, IsAnInvalidArgumentOfACall) {
    const auto page = BuildsClient(AppToken{"app-token"}, options).listBuilds();
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().attempts(), 0);
    expectRefusal(page.error());
}

TEST_P(RefusedOption, IsAnInvalidArgumentOfACallOfAWorkspace) {
    const Workspace workspace(ServiceAccountToken{"service-token"}, "acme", options);
    const auto page = workspace.app("shop").listBuilds();
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().attempts(), 0);
    expectRefusal(page.error());
}

TEST_P(RefusedOption, IsAnInvalidArgumentOfARequest) {
    std::promise<Error> refusal;
    HttpRequest request;
    request.method = "GET";
    request.url = "https://127.0.0.1:1";
    makeCurlTransport(options)->send(std::move(request), {}, [&](Result<HttpResponse> response) {
        refusal.set_value(response ? Error(ErrorKind::server, "a response") : std::move(response.error()));
    });
    expectRefusal(refusal.get_future().get());
}

TEST_P(RefusedOption, IsIgnoredIfTheClientHasATransport) {
    const auto transport =
        std::make_shared<FakeTransport>(FakeTransport::answer(200, R"({"status":true,"data":{"items":[]}})"));
    EXPECT_TRUE(BuildsClient(AppToken{"app-token"}, options, transport).listBuilds());
}

INSTANTIATE_TEST_SUITE_P(
    Transport, RefusedOption,
    testing::Values(
        Refused{"NoTimeToConnect", [](auto& options) { options.connectTimeout = 0ms; }, "connectTimeout"},
        Refused{"NegativeTimeToConnect", [](auto& options) { options.connectTimeout = -1ms; }, "connectTimeout"},
        Refused{"NoTimeForARequest", [](auto& options) { options.requestTimeout = 0ms; }, "requestTimeout"},
        Refused{"NegativeTimeForARequest", [](auto& options) { options.requestTimeout = -1s; }, "requestTimeout"},
        Refused{"NoConnection", [](auto& options) { options.maxConnections = 0; }, "maxConnections"},
        Refused{"UnknownScheme", [](auto& options) { options.proxy = "htp://u:hunter2@proxy:3128"; }, "proxy"},
        Refused{"NoScheme", [](auto& options) { options.proxy = "://proxy:3128"; }, "proxy"},
        Refused{"EmptyPort", [](auto& options) { options.proxy = "http://u:hunter2@proxy:"; }, "proxy"},
        Refused{"EmptyPortWithoutScheme", [](auto& options) { options.proxy = "proxy:"; }, "proxy"},
        Refused{"NoHost", [](auto& options) { options.proxy = "http://"; }, "proxy"},
        Refused{"WordForAPort", [](auto& options) { options.proxy = "http://proxy:port"; }, "proxy"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(TransportOptions, AcceptEveryProxySchemeOfLibcurl) {
    for (const char* proxy : {"", "proxy", "proxy:3128", "user:password@proxy:3128", "http://proxy:3128/",
                              "HTTPS://proxy", "socks4://proxy", "socks4a://proxy", "socks5://u:p@proxy:1080",
                              "socks5h://[::1]:1080", "[::1]:3128", "[::1]"}) {
        ClientOptions options;
        options.proxy = proxy;
        EXPECT_FALSE(detail::validateTransportOptions(options)) << proxy;
    }
}

}  // namespace
}  // namespace applivery
