/// @file
/// Replay of a recording by applivery-mock-server.
#include "program/recording_test.hpp"

namespace applivery {
namespace {

namespace fs = std::filesystem;
namespace sample = mock::sample;
using test::Outcome;
using test::privateBuild;
using test::Recording;
using test::shell;

// Fields that a replay must not change.
constexpr const char* comparedFields =
    "-o csv --fields status,os,size,processTime,versionCode,createdAt,updatedAt,errorCode";

class Replay : public Recording {
protected:
    /// Returns the output of the program for the recording.
    [[nodiscard]] Outcome replay(const std::string& arguments) const {
        const test::Running replaying({"--replay", file});
        return shell("APPLIVERY_APP_TOKEN=any-token " + test::program + " list --base-url " + replaying.baseUrl + ' ' +
                     arguments);
    }
};

TEST_F(Replay, ShowsTheSameShapes) {
    std::vector<mock::MockBuild> builds = mock::demoBuilds();
    builds.pop_back();  // the field has words instead of numbers
    data.assign(builds);
    const Outcome recorded = record(std::string("--all --limit 5 ") + comparedFields);
    ASSERT_EQ(recorded.code, 0) << recorded.text;
    EXPECT_EQ(lines().size(), 4U) << "three pages";
    const Outcome replayed = replay(std::string("--all --limit 5 ") + comparedFields);
    EXPECT_EQ(replayed.text, recorded.text);
    EXPECT_EQ(std::count(replayed.text.begin(), replayed.text.end(), '\n'), 12) << replayed.text;
}

// Returns the error of the next response, without the excerpt and the duration.
std::string errorOfNextResponse(ClientOptions options) {
    options.retry.maxAttempts = 1;
    const auto page = BuildsClient(AppToken{sample::appToken}, options).listBuilds();
    if (page) return "none";
    const std::string& message = page.error().message();
    return message.substr(0, std::min(message.find('"'), message.find(" Given up")));
}

TEST_F(Replay, FailsAsTheServiceDid) {
    ClientOptions options;
    options.baseUrl = server.baseUrl();
    for (const char* const body :
         {R"({"status":true,"data":{"items":[{"id":"6731e9e7a1b2c3d4e5f60718","size":"ten MB"}]}})",
          R"({"status":true,"data":{"items":[{"id":"6731e9e7a1b2c3d4e5f60718","changelog":"for Ada)",
          R"({"status":true,"data":{"rows":[]}})", "{\"status\":true,\"data\":{\"items\":[{\"id\":\"\xFF\"}]}}",
          R"({"status":true,"data":{"items":[{"deployer":7}]}})", "<html>Ada's proxy</html>", ""}) {
        server.enqueue(mock::ok(body), 2);
        const std::string fault = errorOfNextResponse(options);
        (void)record();
        EXPECT_EQ(errorOfNextResponse(test::Running({"--replay", file}).options()), fault) << body;
    }
}

TEST_F(Replay, RepeatsTheResponsesInTheirOrder) {
    server.enqueue(mock::gatewayError(503));
    mock::ScriptedResponse cut = mock::ok(std::string(100, ' '));
    cut.cutAfter = 10;
    server.enqueue(cut);
    ASSERT_EQ(record().code, 0);
    const test::Running replaying({"--replay", file});
    ClientOptions options = replaying.options();
    options.retry.maxAttempts = 1;
    const BuildsClient client(AppToken{"any-token"}, options);
    EXPECT_EQ(client.listBuilds().error().httpStatus(), 503);
    EXPECT_EQ(client.listBuilds().error().kind(), ErrorKind::connection);
    for (int i = 0; i < 2; ++i) EXPECT_EQ(client.listBuilds().value().items.size(), 2U) << "the last response repeats";
}

// Returns a line of a recording from the status on, without the message of an error.
std::string fromStatus(const std::string& line) {
    return line.substr(std::min(line.find("\"status\""), line.size()));
}

TEST_F(Replay, CutsOffABodyAtTheSamePlace) {
    server.enqueue(test::cutOffBody());
    ASSERT_EQ(record().code, 0);
    const std::vector<std::string> recorded = lines();
    const test::Running replaying({"--replay", file});
    ASSERT_EQ(shell("APPLIVERY_APP_TOKEN=any-token " + test::program + " list --base-url " + replaying.baseUrl +
                    " --record " + file)
                  .code,
              0);
    EXPECT_NE(fromStatus(recorded.at(1)), "");
    EXPECT_EQ(fromStatus(lines().at(1)), fromStatus(recorded.at(1)));
}

TEST_F(Replay, AcceptsAnyAppIfOneWasRecorded) {
    const std::string service = "APPLIVERY_SERVICE_ACCOUNT_TOKEN=" + std::string(sample::serviceAccountToken) + ' ' +
                                test::program + " list --organization cartography --app meridian ";
    ASSERT_EQ(shell(service + "--base-url " + server.baseUrl() + " --record " + file).code, 0);
    const test::Running replaying({"--replay", file});
    const Workspace workspace(ServiceAccountToken{"any-token"}, "another", replaying.options());
    EXPECT_EQ(workspace.app("app").listBuilds().value().items.size(), 2U);
    EXPECT_FALSE(replaying.client().listBuilds()) << "the other API was not recorded";
}

TEST_F(Replay, NamesTheRecordedRequestsForAnotherRequest) {
    ASSERT_EQ(record("--limit 1").code, 0);
    const Outcome outcome = replay("--limit 2");
    EXPECT_EQ(outcome.code, 4) << outcome.text;
    EXPECT_NE(
        outcome.text.find("No response was recorded for GET /v1/integrations/builds?page=1&limit=2. Recorded: GET "
                          "/v1/integrations/builds?page=1&limit=1"),
        std::string::npos)
        << outcome.text;
}

TEST_F(Replay, NamesAnInvalidLine) {
    std::ofstream(file) << R"({"schema":"applivery.recording/1"})"
                        << "\n{\"method\":\"GET\"}\n";
    const Outcome outcome = test::runInShell(test::mockServer + " --replay " + file);
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("recording.ndjson: line 2 is not an exchange of a recording: "), std::string::npos)
        << outcome.text;
    std::ofstream(file) << "";
    EXPECT_NE(test::runInShell(test::mockServer + " --replay " + file).text.find("the recording has no exchanges"),
              std::string::npos);
}

TEST_F(Replay, RefusesAnInvalidStatus) {
    for (const std::string status : {"7", "600", "-1"}) {
        std::ofstream(file) << R"({"method":"GET","target":"/","headers":{},"body":"","status":)" << status << "}\n";
        const Outcome outcome = test::runInShell(test::mockServer + " --replay " + file);
        EXPECT_EQ(outcome.code, 1) << status;
        EXPECT_NE(outcome.text.find("line 1 is not an exchange of a recording: the status is not an HTTP status"),
                  std::string::npos)
            << outcome.text;
    }
}

TEST_F(Replay, IgnoresBlankLines) {
    ASSERT_EQ(record().code, 0);
    std::ofstream(file, std::ios::app) << "\n \r\n";
    EXPECT_EQ(replay("").code, 0);
}

TEST_F(Replay, SendsNoResponseForACancelledRequest) {
    std::ofstream(file) << R"({"method":"GET","target":"/v1/integrations/builds?page=2&limit=1",)"
                        << R"("kind":"cancelled","message":"given up"})" << '\n';
    const test::Running replaying({"--replay", file});
    ClientOptions options = replaying.options();
    options.retry.maxAttempts = 1;
    options.requestTimeout = std::chrono::milliseconds{50};
    EXPECT_EQ(BuildsClient(AppToken{"any-token"}, options).listBuilds({}, {2, 1}).error().kind(), ErrorKind::timeout);
}

TEST_F(Replay, AcceptsOnlyARecording) {
    ASSERT_EQ(record().code, 0);
    for (const char* const other :
         {"--fault 503", "--generate 3", "--rules bare", "--processing-time 1s", "--token t"}) {
        EXPECT_EQ(test::runInShell(test::mockServer + " --replay " + file + ' ' + other).code, 2) << other;
    }
}

// Returns the commands of the guide with the programs of this build and a free port.
std::vector<std::string> guideCommands(const std::string& section) {
    std::ifstream guide(APPLIVERY_GUIDE "/testing.md");
    std::vector<std::string> commands;
    bool isIn = false;
    for (std::string line; std::getline(guide, line);) {
        if (line.rfind("## ", 0) == 0) isIn = line == "## " + section;
        if (isIn && line.rfind("$ ", 0) == 0) commands.push_back(line.substr(2));
    }
    return commands;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t found = text.find(from);
    EXPECT_NE(found, std::string::npos) << "no " << from << " in " << text;
    return found == std::string::npos ? text : text.replace(found, from.size(), to);
}

TEST_F(Replay, WorksAsTheGuideShows) {
    const std::vector<std::string> commands = guideCommands("Hand over a body that fails");
    ASSERT_EQ(commands.size(), 3U);
    const std::string there = "cd " + directory.path().string() + "; ";
    const std::string service = "APPLIVERY_BASE_URL=" + server.baseUrl() + " APPLIVERY_APP_TOKEN=" + sample::appToken;
    const Outcome recorded = shell(there + service + ' ' + replaced(commands[0], "applivery-builds", test::program));
    EXPECT_EQ(recorded.code, 0) << recorded.text;
    const std::string serve =
        replaced(replaced(commands[1], "applivery-mock-server ", ""), "--port 8080 &", "--port 0");
    std::istringstream words(replaced(serve, "recording.ndjson", file));
    const test::Running replaying(std::vector<std::string>{std::istream_iterator<std::string>(words), {}});
    const Outcome replayed = shell(
        replaced(replaced(commands[2], "applivery-builds", test::program), "http://127.0.0.1:8080", replaying.baseUrl));
    EXPECT_EQ(replayed.code, 0) << replayed.text;
    EXPECT_EQ(std::count(replayed.text.begin(), replayed.text.end(), '\n'),
              std::count(recorded.text.begin(), recorded.text.end(), '\n'))
        << replayed.text;
}

}  // namespace
}  // namespace applivery
