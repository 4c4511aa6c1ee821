/// @file
/// The example on Asio, against the mock of the service.
#ifdef APPLIVERY_ASIO_LIST
#    include "mock_server/demo_builds.hpp"
#    include "mock_server/sample_workspace.hpp"
#    include "support/process.hpp"

#    include <gtest/gtest.h>

#    include <algorithm>
#    include <chrono>
#    include <string>

namespace applivery {
namespace {

namespace sample = mock::sample;

test::Outcome runExample(const mock::MockServer& server, const std::string& prefix = {}) {
    return test::runInShell("export APPLIVERY_BASE_URL=" + server.baseUrl() +
                            " APPLIVERY_APP_TOKEN=" + sample::appToken + "; " + prefix + ' ' + APPLIVERY_ASIO_LIST);
}

TEST(AsioExample, ListsAllBuilds) {
    mock::MockServer server;
    const auto& data = sample::addTo(server, mock::demoBuilds());
    const test::Outcome outcome = runExample(server);
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_EQ(static_cast<std::size_t>(std::count(outcome.text.begin(), outcome.text.end(), '\n')), data.size())
        << outcome.text;
}

TEST(AsioExample, EndsWhenItIsClosed) {
    mock::MockServerOptions slow;
    slow.delay = std::chrono::seconds{30};
    mock::MockServer server(slow);
    sample::addTo(server, mock::demoBuilds());
    const test::Outcome outcome = runExample(server, "timeout --preserve-status -k 20 -s INT 1");
    EXPECT_EQ(outcome.code, 1) << outcome.text;
    EXPECT_NE(outcome.text.find("cancelled"), std::string::npos) << outcome.text;
}

}  // namespace
}  // namespace applivery
#endif
