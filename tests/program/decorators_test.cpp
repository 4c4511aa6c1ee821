/// @file
/// The examples that decorate or replace a transport: metrics and replay.
#include "mock_server/build_generator.hpp"
#include "mock_server/responses.hpp"
#include "mock_server/sample_workspace.hpp"
#include "mock_server/temporary_directory.hpp"
#include "program/program_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <string>

namespace applivery::test {
namespace {

const std::string examples = APPLIVERY_EXAMPLES_DIR;

class Decorators : public testing::Test {
protected:
    Decorators() { mock::sample::addTo(server, mock::generateBuilds(250)); }

    [[nodiscard]] Outcome run(const std::string& command) const {
        return shell("APPLIVERY_APP_TOKEN=" + std::string(mock::sample::appToken) +
                     " APPLIVERY_BASE_URL=" + server.baseUrl() + ' ' + command);
    }

    [[nodiscard]] Outcome record() const { return run(program + " list --all --record " + file); }

    static Outcome replay(const std::string& path) { return shell(examples + "/applivery-replay " + path); }

    const mock::TemporaryDirectory directory;
    const std::string file = (directory.path() / "recording.ndjson").string();
    mock::MockServer server;
};

TEST_F(Decorators, ListARecordingWithoutTheService) {
    server.enqueueForPage(2, mock::gatewayError(503));
    ASSERT_EQ(record().code, 0);
    const std::size_t requests = server.requestCount();
    EXPECT_EQ(requests, 4U) << "three pages, one of them twice";
    const Outcome replayed = replay(file);
    EXPECT_EQ(replayed.code, 0) << replayed.text;
    EXPECT_EQ(std::count(replayed.text.begin(), replayed.text.end(), '\n'), 250) << replayed.text;
    EXPECT_EQ(server.requestCount(), requests);
}

TEST_F(Decorators, ReplayANetworkFailure) {
    mock::ScriptedResponse cut = mock::ok(std::string(100, ' '));
    cut.cutAfter = 10;
    server.enqueue(cut, 100);
    EXPECT_EQ(record().code, 6);
    const Outcome replayed = replay(file);
    EXPECT_EQ(replayed.code, 1);
    EXPECT_NE(replayed.text.find("connection: "), std::string::npos) << replayed.text;
}

TEST_F(Decorators, FailForAnUnrecordedRequest) {
    std::ofstream(file) << "";
    const Outcome replayed = replay(file);
    EXPECT_EQ(replayed.code, 1);
    EXPECT_NE(replayed.text.find("nothing is recorded for /v1/integrations/builds?page=1&limit=100"), std::string::npos)
        << replayed.text;
    EXPECT_NE(replay("/nowhere").text.find("cannot read /nowhere"), std::string::npos);
}

TEST_F(Decorators, CountEveryAttempt) {
    server.enqueueForPage(2, mock::gatewayError(503));
    const Outcome outcome = run(examples + "/applivery-metrics");
    EXPECT_EQ(outcome.code, 0);
    for (const char* line :
         {"applivery_requests_total{status=\"2xx\"} 3\n", "applivery_requests_total{status=\"5xx\"} 1\n",
          "applivery_request_seconds_bucket{le=\"+Inf\"} 4\n", "applivery_request_seconds_count 4\n# EOF\n"}) {
        EXPECT_NE(outcome.text.find(line), std::string::npos) << line << outcome.text;
    }
}

TEST_F(Decorators, PrintMetricsForAParserOfOpenMetrics) {
    const Outcome parsed = run(examples + "/applivery-metrics > " + file +
                               "; /usr/bin/python3 -c \"from prometheus_client.openmetrics.parser import "
                               "text_fd_to_metric_families as f\n"
                               "for family in f(open(\\\"" +
                               file +
                               "\\\")): print(family.name, family.type, "
                               "len(family.documentation) > 20)\"");
    EXPECT_EQ(parsed.text,
              "applivery_requests counter True\napplivery_body_bytes counter True\n"
              "applivery_request_seconds histogram True\n");
}

}  // namespace
}  // namespace applivery::test
