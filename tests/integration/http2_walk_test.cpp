/// @file
/// The number of connections of an iteration over TLS through nginx.
#include "mock_server/build_generator.hpp"
#include "mock_server/nginx_proxy.hpp"
#include "mock_server/sample_workspace.hpp"
#include "support/walks.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::pagesOf;

constexpr int buildCount = 600;
constexpr int prefetch = 8;

struct WalkResult {
    int builds = 0;
    std::size_t connections = 0;
    std::set<std::string> protocols{};
    std::size_t peakConcurrency = 0;
};

// Reads all builds through nginx. Responses are delayed, so that several pages are in flight at once.
// @param protocols `http2`, or empty for HTTP/1.1 only.
WalkResult walkThrough(const std::string& protocols) {
    mock::MockServer server;
    mock::sample::addTo(server, mock::generateBuilds(buildCount));
    server.setDelay(100ms);
    const mock::NginxProxy front(server.port(), protocols);
    ClientOptions options;
    options.baseUrl = front.baseUrl();
    options.caBundle = front.caFile();
    WalkResult walked;
    for (const auto& build :
         BuildsClient(AppToken{mock::sample::appToken}, options).builds({}, pagesOf(25, prefetch))) {
        if (!build) ADD_FAILURE() << build.error();
        walked.builds += build ? 1 : 0;
    }
    std::set<int> connections;
    for (const auto& request : front.requests()) {
        connections.insert(request.connection);
        walked.protocols.insert(request.protocol);
    }
    walked.connections = connections.size();
    walked.peakConcurrency = server.peakConcurrency();
    return walked;
}

TEST(WalkThroughNginx, SharesOneConnectionOverHttp2) {
    const WalkResult walked = walkThrough("http2");
    EXPECT_EQ(walked.builds, buildCount);
    EXPECT_EQ(walked.protocols, std::set<std::string>{"HTTP/2.0"});
    EXPECT_EQ(walked.connections, 1U);
    EXPECT_GT(walked.peakConcurrency, prefetch / 2U);
}

TEST(WalkThroughNginx, UsesNoMoreConnectionsThanThePrefetchOverHttp11) {
    const WalkResult walked = walkThrough("");
    EXPECT_EQ(walked.builds, buildCount);
    EXPECT_EQ(walked.protocols, std::set<std::string>{"HTTP/1.1"});
    EXPECT_LE(walked.connections, static_cast<std::size_t>(prefetch));
    EXPECT_GT(walked.peakConcurrency, prefetch / 2U);
}

}  // namespace
}  // namespace applivery
