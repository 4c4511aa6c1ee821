/// @file
/// The examples that stand around a transport: one records, one counts.
#include "mock_server/answers.hpp"
#include "mock_server/build_generator.hpp"
#include "mock_server/sample_workspace.hpp"
#include "mock_server/temporary_directory.hpp"
#include "program/program_test.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace applivery::test {
namespace {

class Decorators : public testing::Test {
protected:
    Decorators() { mock::sample::addTo(server, mock::generateBuilds(250)); }

    [[nodiscard]] Outcome run(const std::string& example) const {
        return shell("APPLIVERY_APP_TOKEN=" + std::string(mock::sample::appToken) +
                     " APPLIVERY_BASE_URL=" + server.baseUrl() + ' ' + APPLIVERY_EXAMPLES_DIR "/applivery-" + example);
    }

    mock::MockServer server;
};

std::string contentOf(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(Decorators, WhatWasRecordedIsListedAgainWithoutTheService) {
    const mock::TemporaryDirectory directory;
    const std::string file = (directory.path() / "recording.ndjson").string();
    server.enqueueForPage(2, mock::gatewayError(503));
    const Outcome recorded = run("recording record " + file);
    ASSERT_EQ(recorded.code, 0) << recorded.text;
    const std::size_t requests = server.requestCount();
    EXPECT_EQ(requests, 4U) << "three pages, one of them twice";
    const Outcome replayed = run("recording replay " + file);
    EXPECT_EQ(replayed.code, 0) << replayed.text;
    EXPECT_EQ(replayed.text, recorded.text);
    EXPECT_EQ(server.requestCount(), requests);
}

TEST_F(Decorators, ARecordingHoldsNoToken) {
    const mock::TemporaryDirectory directory;
    const std::string file = (directory.path() / "recording.ndjson").string();
    const std::string token = mock::sample::appToken;
    mock::ScriptedAnswer echo = mock::apiError(400, 1, "Bearer " + token);
    echo.headers = {{"Set-Cookie", "session=1234"}, {"Retry-After", token}};
    server.enqueue(echo);
    const Outcome recorded = run("recording record " + file);
    EXPECT_EQ(recorded.code, 1);
    const std::string content = contentOf(file);
    EXPECT_NE(content.find("[redacted]"), std::string::npos) << content;
    for (const std::string& secret : {token, std::string("uthorization"), std::string("session")}) {
        EXPECT_EQ(content.find(secret), std::string::npos) << content;
    }
    EXPECT_EQ(run("recording replay " + file).text, recorded.text);
}

TEST_F(Decorators, AFailureOfTheNetworkIsReplayedAsThatFailure) {
    const mock::TemporaryDirectory directory;
    const std::string file = (directory.path() / "recording.ndjson").string();
    mock::ScriptedAnswer cut = mock::ok(std::string(100, ' '));
    cut.cutAfter = 10;
    server.enqueue(cut, 100);
    const Outcome recorded = run("recording record " + file);
    EXPECT_EQ(recorded.code, 1);
    EXPECT_NE(recorded.text.find("connection: "), std::string::npos) << recorded.text;
    EXPECT_NE(run("recording replay " + file).text.find("connection: "), std::string::npos);
}

TEST_F(Decorators, ARecordingIsReplayedWithoutAToken) {
    const mock::TemporaryDirectory directory;
    const std::string file = (directory.path() / "recording.ndjson").string();
    const Outcome recorded = run("recording record " + file);
    ASSERT_EQ(recorded.code, 0) << recorded.text;
    const Outcome replayed = shell(APPLIVERY_EXAMPLES_DIR "/applivery-recording replay " + file);
    EXPECT_EQ(replayed.code, 0) << replayed.text;
    EXPECT_EQ(replayed.text, recorded.text);
}

TEST_F(Decorators, ARecordingThatCannotBeWrittenIsAnError) {
    const Outcome recorded = run("recording record /dev/full");
    EXPECT_EQ(recorded.code, 1);
    EXPECT_NE(recorded.text.find("cannot write all of /dev/full"), std::string::npos) << recorded.text;
}

TEST_F(Decorators, WhatWasNotRecordedIsAnError) {
    const mock::TemporaryDirectory directory;
    const std::string file = (directory.path() / "recording.ndjson").string();
    std::ofstream(file) << "";
    const Outcome replayed = run("recording replay " + file);
    EXPECT_EQ(replayed.code, 1);
    EXPECT_NE(replayed.text.find("nothing is recorded for "), std::string::npos) << replayed.text;
}

TEST_F(Decorators, EveryAttemptIsCounted) {
    server.enqueueForPage(2, mock::gatewayError(503));
    const Outcome outcome = run("metrics");
    EXPECT_EQ(outcome.code, 0);
    for (const char* line :
         {"applivery_requests_total{status=\"2xx\"} 3\n", "applivery_requests_total{status=\"5xx\"} 1\n",
          "applivery_request_seconds_bucket{le=\"+Inf\"} 4\n", "applivery_request_seconds_count 4\n# EOF\n"}) {
        EXPECT_NE(outcome.text.find(line), std::string::npos) << line << outcome.text;
    }
}

}  // namespace
}  // namespace applivery::test
