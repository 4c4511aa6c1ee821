/// @file
/// Messages of the commands if a build is not found, if the service fails, and if it asks for a pause.
#include "program/program_test.hpp"

#include <chrono>
#include <optional>
#include <regex>
#include <string>
#include <utility>

namespace applivery {
namespace {

using test::Outcome;
using test::shell;

class FinalMessages : public test::ListCommand {
protected:
    void failAfterTheFirstRequest(const mock::ScriptedResponse& response) {
        server.enqueueIf([first = true](const mock::RecordedRequest&) mutable { return !std::exchange(first, false); },
                         response, 100);
    }
};

constexpr const char* noMatchPrefix = "no build matches among ";

TEST_F(FinalMessages, CountThePagesOfLatest) {
    const Outcome outcome = shell(run("latest --branch nowhere"));
    EXPECT_EQ(outcome.code, 4);
    EXPECT_EQ(outcome.text,
              "applivery-builds: " + (noMatchPrefix + std::to_string(data.size())) + " builds on 1 page.\n");
}

TEST_F(FinalMessages, CountThePagesOfList) {
    EXPECT_EQ(shell(run("list --all --limit 5 --branch nowhere")).text,
              "applivery-builds: " + (noMatchPrefix + std::to_string(data.size())) + " builds on " +
                  std::to_string((data.size() + 4) / 5) + " pages.\n");
}

TEST_F(FinalMessages, NameTheOptionToReadAllPages) {
    EXPECT_EQ(shell(run("list --limit 5 --branch nowhere")).text,
              "applivery-builds: no build matches among 5 builds on 1 page. Read all pages with --all.\n");
}

TEST_F(FinalMessages, NameTheOptionToReadAllPagesIfTheServiceSendsNoTotal) {
    server.enqueue(mock::ok(R"({"status":true,"data":{"items":[{"id":"b1"}]}})"));
    EXPECT_EQ(shell(run("list --branch nowhere")).text,
              "applivery-builds: no build matches among 1 build on 1 page. Read all pages with --all.\n");
}

TEST_F(FinalMessages, CountThePagesOfAReport) {
    const Outcome outcome = shell(run("report -o csv --branch nowhere 2>&1 >/dev/null"));
    EXPECT_EQ(outcome.text,
              "applivery-builds: " + (noMatchPrefix + std::to_string(data.size())) + " builds on 1 page.\n");
}

TEST_F(FinalMessages, CountThePagesOfAWait) {
    const Outcome outcome = shell(run("wait --build-id nowhere --timeout 0"));
    EXPECT_EQ(outcome.code, 4);
    EXPECT_NE(outcome.text.find("build nowhere: not in the list after 0s, on 1 page. "), std::string::npos)
        << outcome.text;
}

TEST_F(FinalMessages, SayWhenTheBuildWasLastSeenIfTheServiceRefuses) {
    data.assign({});
    data.addJson(R"({"id":"b1","status":"in_progress"})");
    failAfterTheFirstRequest(mock::apiError(401, 4004, "Invalid Token"));
    const Outcome outcome = shell(run("wait --build-id b1"));
    EXPECT_EQ(outcome.code, 3);
    EXPECT_TRUE(std::regex_search(outcome.text, std::regex("The build was last seen in_progress [0-9]+s ago\\.\n")))
        << outcome.text;
}

TEST_F(FinalMessages, OmitAMissingStatusOrId) {
    data.assign({});
    data.addJson(R"({"versionName":"2.4.0"})");
    const Outcome outcome = shell(run("wait --version-name 2.4.0 --any-age --timeout 0"));
    EXPECT_EQ(outcome.code, 6);
    EXPECT_NE(outcome.text.find("found 2.4.0: without a status after 0s\n"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("2.4.0: without a status: neither pending nor done. Check the build in the service. "
                                "Resume: applivery-builds wait --version-name 2.4.0 --any-age\n"),
              std::string::npos)
        << outcome.text;
    EXPECT_EQ(outcome.text.find("--build-id"), std::string::npos) << outcome.text;
}

TEST_F(FinalMessages, NameALongPause) {
    for (const char* arguments : {"list", "latest", "overview", "report -o csv", "wait --build-id b1 --timeout 0"}) {
        server.enqueue(mock::tooManyRequests("3600"), 1);
        const Outcome outcome = shell(run(arguments));
        EXPECT_EQ(outcome.code, 6) << arguments;
        EXPECT_NE(outcome.text.find("the service returned 429 and asks for a pause of 1h before the next request\n"),
                  std::string::npos)
            << outcome.text;
    }
}

}  // namespace
}  // namespace applivery
