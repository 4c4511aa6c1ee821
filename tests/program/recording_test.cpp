/// @file
/// `--record FILE`: what it takes from the service's answers, and that nothing private is in it.
#include "mock_server/answers.hpp"
#include "mock_server/temporary_directory.hpp"
#include "program/program_test.hpp"
#include "program/running_mock_server.hpp"
#include "recording/recorder.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace applivery {
namespace {

namespace fs = std::filesystem;
namespace sample = mock::sample;

using test::Outcome;
using test::shell;

mock::BuildSpec privateBuild(const std::string& os) {
    mock::BuildSpec spec;
    spec.id = os == "ios" ? "6731e9e7a1b2c3d4e5f60718" : "6731e9e7a1b2c3d4e5f60719";
    spec.os = os;
    spec.hasPackage = true;
    spec.status = "error";
    spec.versionName = "feature/login-for-ada";
    spec.versionCode = "2482";
    spec.tags = {"nightly", "for the board"};
    spec.error = "The profile of Ada Keller has expired";
    spec.errorCode = "E1001";
    spec.tag = "release-of-ada";
    spec.buildNumber = "90412";
    spec.commitMessage = "Fix what Grace found\n";
    return spec;
}

class Recording : public test::ListCommand {
protected:
    Recording() { data.assign({mock::makeBuild(privateBuild("ios")), mock::makeBuild(privateBuild("android"))}); }

    [[nodiscard]] Outcome record(const std::string& arguments = "") const {
        return shell(command("--record " + file + ' ' + arguments));
    }

    [[nodiscard]] std::string content() const {
        std::ifstream stream(file);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    [[nodiscard]] std::vector<std::string> lines() const {
        std::istringstream stream(content());
        std::vector<std::string> lines;
        for (std::string line; std::getline(stream, line);) lines.push_back(line);
        return lines;
    }

    const mock::TemporaryDirectory directory;
    const std::string file = (directory.path() / "recording.ndjson").string();
};

// What a recording may keep of a build.
const std::set<std::string>& harmlessPaths() {
    static const std::set<std::string> paths{
        "status",
        "os",
        "size",
        "processTime",
        "queuedTime",
        "versionCode",
        "errorCode",
        "originalExtension",
        "hasEmmJson",
        "updatedAt",
        "createdAt",
        "deployer.info.triggerTimestamp",
        "info.android.targetSdkVersion",
        "info.android.minSDKVersion",
        "info.android.platformBuildVersionName",
        "info.android.platformBuildVersionCode",
        "info.android.versionCode",
        "info.ios.plist.MinimumOSVersion",
        "info.ios.plist.CFBundleVersion",
        "info.ios.plist.UIDeviceFamily",
        "info.ios.mobileprovision.ExpirationDate",
        "info.ios.mobileprovision.ProvisionsAllDevices",
        "info.ios.mobileprovision.signingType",
        "info.pkg.CFBundleVersion",
    };
    return paths;
}

// A field's texts, without the line break that may be at their end.
std::vector<std::string> textsOf(const Build& build, const std::string& path) {
    std::vector<std::string> texts;
    std::string text = *buildFieldText(build, path);
    while (!text.empty()) {
        const std::size_t end = text.find(", ");
        texts.push_back(text.substr(0, std::min(end, text.find('\n'))));
        text.erase(0, end == std::string::npos ? end : end + 2);
    }
    return texts;
}

TEST_F(Recording, HoldsNoPrivateTextOfABuild) {
    ASSERT_EQ(record("--version-name feature/login-for-ada").code, 0);
    const std::string text = content();
    EXPECT_EQ(lines().size(), 2U) << text;
    for (const char* os : {"ios", "android"}) {
        const Build build = *buildFromJson(mock::makeBuild(privateBuild(os)).json);
        for (const std::string& path : buildFieldPaths()) {
            const bool isKept = harmlessPaths().count(path) != 0;
            for (const std::string& part : textsOf(build, path)) {
                EXPECT_EQ(text.find(part) != std::string::npos, isKept) << path << ": " << part << " and\n" << text;
            }
        }
    }
}

TEST_F(Recording, HoldsRequestAndAnswer) {
    ASSERT_EQ(record("--status error --limit 1").code, 0);
    ASSERT_EQ(lines().size(), 2U);
    EXPECT_EQ(lines().at(0).rfind(R"({"schema":"applivery.recording/1",)", 0), 0U) << lines().at(0);
    const std::string exchange = lines().at(1);
    EXPECT_EQ(exchange.rfind(R"({"method":"GET","target":"/v1/integrations/builds?status=error&page=1&limit=1",)"
                             R"("status":200,"headers":{)",
                             0),
              0U)
        << exchange;
    EXPECT_NE(exchange.find(R"("Content-Type":"application/json")"), std::string::npos) << exchange;
    EXPECT_NE(exchange.find(R"("body":"{\"status\":true,\"data\":{\"items\":[{\"id\":\"0000)"), std::string::npos)
        << exchange;
}

TEST_F(Recording, HoldsEveryAttempt) {
    server.enqueue(mock::gatewayError(503));
    ASSERT_EQ(record().code, 0);
    ASSERT_EQ(lines().size(), 3U);
    EXPECT_NE(lines().at(1).find(R"("status":503)"), std::string::npos) << content();
    EXPECT_NE(lines().at(2).find(R"("status":200)"), std::string::npos) << content();
}

TEST_F(Recording, HoldsAFailureOfTheNetworkByItsKind) {
    mock::ScriptedAnswer cut = mock::ok(std::string(100, ' '));
    cut.cutAfter = 10;
    server.enqueue(cut);
    ASSERT_EQ(record().code, 0);
    EXPECT_NE(lines().at(1).find(R"("kind":"connection","message":")"), std::string::npos) << content();
}

TEST_F(Recording, HoldsNoTokenAlsoWhereItIsEchoed) {
    const std::string token = sample::appToken;
    mock::ScriptedAnswer echo = mock::ok(R"({"status":")" + token + R"(","data":{"items":[{")" + token +
                                         R"(":1,"os":")" + token + R"(","errorCode":")" + token + "\"}]}}");
    echo.headers = {{"Set-Cookie", "session=1234"}, {"Retry-After", token}, {"Content-Type", token}};
    server.enqueue(echo, 9);
    EXPECT_NE(record("--param echo=" + token).code, 0);
    EXPECT_GE(lines().size(), 2U);
    for (const std::string& secret : {token, std::string("uthorization"), std::string("session")}) {
        EXPECT_EQ(content().find(secret), std::string::npos) << content();
    }
}

TEST_F(Recording, IsForItsOwnerAlone) {
    std::ofstream(file) << "readable by all\n";
    fs::permissions(file, fs::perms::all);
    ASSERT_EQ(record().code, 0);
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(content().find("readable"), std::string::npos);
}

TEST_F(Recording, IsWrittenWhereTheCommandFails) {
    const Outcome outcome = shell("APPLIVERY_APP_TOKEN=wrong " + test::program + " list --base-url " +
                                  server.baseUrl() + " --record " + file);
    EXPECT_EQ(outcome.code, 3) << outcome.text;
    EXPECT_NE(lines().at(1).find(R"("status":401)"), std::string::npos) << content();
    EXPECT_NE(lines().at(1).find(R"(\"code\":4004,\"message\":\"Invalid Token\")"), std::string::npos) << content();
}

TEST_F(Recording, IsWrittenWhereASignalEndsTheCommand) {
    const test::SignalledCommand interrupted(command("--all --limit 1 --record " + file));
    signalAt(2, interrupted, SIGINT);
    EXPECT_EQ(shell(interrupted.text()).code, 9) << "a page came";
    ASSERT_EQ(lines().size(), 3U) << content();
    EXPECT_NE(lines().at(2).find(R"("kind":"cancelled")"), std::string::npos) << "what was not answered";
}

TEST_F(Recording, HoldsARequestThatWasNeverAnswered) {
    const test::SignalledCommand interrupted(command("--record " + file));
    signalAt(1, interrupted, SIGINT);
    EXPECT_EQ(shell(interrupted.text()).code, 130);
    ASSERT_EQ(lines().size(), 2U) << content();
    EXPECT_NE(lines().at(1).find(R"("kind":"cancelled")"), std::string::npos) << content();
}

TEST_F(Recording, LeavesAFileWhereNothingWasSent) {
    std::ofstream(file) << "an older one\n";
    EXPECT_EQ(shell(test::program + " list --record " + file).code, 3);
    EXPECT_EQ(content(), "an older one\n");
}

TEST_F(Recording, AFileThatCannotBeMadeIsToldBeforeAnythingIsSent) {
    const Outcome outcome = shell(command("--record /nowhere/recording"));
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("/nowhere/recording cannot be written: "), std::string::npos) << outcome.text;
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(Recording, AFileThatCannotBeWrittenToItsEndIsToldAfterTheData) {
    const Outcome outcome = shell(command("-o csv --fields id --record /dev/full"));
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("6731e9e7a1b2c3d4e5f60718"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("/dev/full cannot be written: No space left"), std::string::npos) << outcome.text;
}

TEST_F(Recording, StandardOutputIsNoFileForIt) {
    EXPECT_EQ(shell(command("--record -")).code, 2);
}

TEST_F(Recording, TakesThePlaceOfNoOtherOutput) {
    const Outcome outcome = shell(command("-o csv -O " + file + " --record " + file));
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.text.find("another option names the same file"), std::string::npos) << outcome.text;
}

TEST_F(Recording, TakesThePlaceOfNothingThatIsRead) {
    std::ofstream(file) << "precious\n";
    const std::string link = (directory.path() / "link").string();
    fs::create_symlink(file, link);
    for (const std::string arguments :
         {"list --all --apps-file", "overview --token-file", "overview --apps-file", "latest --token-file",
          "report -o json --apps-file", "wait --build-id 6731e9e7a1b2c3d4e5f60718 --token-file", "doctor --token-file",
          "list --token-file"}) {
        for (const std::string& read : {file, link}) {
            const Outcome outcome = shell(test::program + ' ' + arguments + ' ' + read + " --base-url " +
                                          server.baseUrl() + " --record " + file);
            EXPECT_EQ(outcome.code, 2) << arguments;
            EXPECT_NE(outcome.text.find("another option names the same file"), std::string::npos) << outcome.text;
            ASSERT_EQ(content(), "precious\n") << arguments;
        }
    }
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(Recording, TakesThePlaceOfNoFileOfTheJob) {
    std::ofstream(file) << "precious\n";
    for (const std::string variable : {"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"}) {
        for (const std::string arguments : {"wait --build-id 6731e9e7a1b2c3d4e5f60718 --ci github", "doctor", "list"}) {
            const Outcome outcome =
                shell(variable + '=' + file + " APPLIVERY_APP_TOKEN=" + sample::appToken + ' ' + test::program + ' ' +
                      arguments + " --base-url " + server.baseUrl() + " --record " + file);
            EXPECT_EQ(outcome.code, 2) << outcome.text;
            EXPECT_NE(outcome.text.find(variable + " names the same file"), std::string::npos) << outcome.text;
            ASSERT_EQ(content(), "precious\n") << arguments;
        }
    }
}

TEST_F(Recording, IsMadeOfATokenFromStandardInput) {
    const Outcome outcome = shell("echo " + std::string(sample::appToken) + " | " + test::program +
                                  " list --token-file - --base-url " + server.baseUrl() + " --record " + file);
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_EQ(lines().size(), 2U);
}

TEST_F(Recording, IsMadeByEachCommand) {
    for (const std::string arguments :
         {"latest", "overview", "report -o json", "wait --build-id 6731e9e7a1b2c3d4e5f60718 --timeout 0"}) {
        fs::remove(file);
        (void)shell("APPLIVERY_APP_TOKEN=" + std::string(sample::appToken) + ' ' + test::program + ' ' + arguments +
                    " --base-url " + server.baseUrl() + " --record " + file);
        EXPECT_GE(lines().size(), 2U) << arguments;
    }
}

TEST_F(Recording, LetsNoMoreAnswersWaitThanItMay) {
    ASSERT_EQ(mkfifo(file.c_str(), 0600), 0);
    const int reader = open(file.c_str(), O_RDONLY | O_NONBLOCK);
    ASSERT_GE(reader, 0);
    constexpr std::size_t much = 1 << 18;  // for a pipe that nobody reads
    program::Recorder recorder(file, much);
    ASSERT_EQ(recorder.open(), std::nullopt);
    std::atomic<int> added{0};
    std::thread adding([&] {
        for (; added < 3; ++added) {
            recorder.add({"GET", "/v1", "", HttpResponse{200, {}, std::string(much, ' ')}});
        }
    });
    std::array<char, 4096> part{};
    std::ptrdiff_t breaks = 0;
    const auto readUntil = [&](const auto& isEnough) {
        for (std::string_view text; !isEnough(text);) {
            const ssize_t length = read(reader, part.data(), part.size());
            text = {part.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
            breaks += std::count(text.begin(), text.end(), '\n');
        }
    };
    readUntil([](std::string_view text) { return text.find("method") != std::string_view::npos; });
    EXPECT_LE(added, 1) << "the first one is not written yet";
    readUntil([&](std::string_view) { return breaks == 4; });
    adding.join();
    EXPECT_EQ(recorder.finish(), std::nullopt);
    close(reader);
}

// Fields that a replay must show as they were, by the program that lists.
constexpr const char* facts = "-o csv --fields status,os,size,processTime,versionCode,createdAt,updatedAt,errorCode";

class Replay : public Recording {
protected:
    /// What the program makes of the recording.
    [[nodiscard]] Outcome replay(const std::string& arguments) const {
        const test::Running replaying({"--replay", file});
        return shell("APPLIVERY_APP_TOKEN=any-token " + test::program + " list --base-url " + replaying.baseUrl + ' ' +
                     arguments);
    }
};

TEST_F(Replay, ShowsTheSameShapes) {
    std::vector<mock::MockBuild> builds = mock::demoBuilds();
    builds.pop_back();  // which has words where others have figures
    data.assign(builds);
    const Outcome recorded = record(std::string("--all --limit 5 ") + facts);
    ASSERT_EQ(recorded.code, 0) << recorded.text;
    EXPECT_EQ(lines().size(), 4U) << "three pages";
    const Outcome replayed = replay(std::string("--all --limit 5 ") + facts);
    EXPECT_EQ(replayed.text, recorded.text);
    EXPECT_EQ(std::count(replayed.text.begin(), replayed.text.end(), '\n'), 12) << replayed.text;
}

// What a client says of the next answer, without the excerpt of it and the time that it took.
std::string faultOf(ClientOptions options) {
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
        const std::string fault = faultOf(options);
        (void)record();
        EXPECT_EQ(faultOf(test::Running({"--replay", file}).options()), fault) << body;
    }
}

TEST_F(Replay, GoesThroughWhatCameInTheOrderOfTheRecording) {
    server.enqueue(mock::gatewayError(503));
    mock::ScriptedAnswer cut = mock::ok(std::string(100, ' '));
    cut.cutAfter = 10;
    server.enqueue(cut);
    ASSERT_EQ(record().code, 0);
    const test::Running replaying({"--replay", file});
    ClientOptions options = replaying.options();
    options.retry.maxAttempts = 1;
    const BuildsClient client(AppToken{"any-token"}, options);
    EXPECT_EQ(client.listBuilds().error().httpStatus(), 503);
    EXPECT_EQ(client.listBuilds().error().kind(), ErrorKind::connection);
    for (int i = 0; i < 2; ++i) EXPECT_EQ(client.listBuilds().value().items.size(), 2U) << "the last one stays";
}

TEST_F(Replay, TakesAnyAppWhereOneWasRecorded) {
    const std::string service = "APPLIVERY_SERVICE_ACCOUNT_TOKEN=" + std::string(sample::serviceAccountToken) + ' ' +
                                test::program + " list --organization cartography --app meridian ";
    ASSERT_EQ(shell(service + "--base-url " + server.baseUrl() + " --record " + file).code, 0);
    const test::Running replaying({"--replay", file});
    const Workspace workspace(ServiceAccountToken{"any-token"}, "another", replaying.options());
    EXPECT_EQ(workspace.app("app").listBuilds().value().items.size(), 2U);
    EXPECT_FALSE(replaying.client().listBuilds()) << "the other API was not recorded";
}

TEST_F(Replay, SaysWhatIsRecordedWhereARequestIsNot) {
    ASSERT_EQ(record("--limit 1").code, 0);
    const Outcome outcome = replay("--limit 2");
    EXPECT_EQ(outcome.code, 4) << outcome.text;
    EXPECT_NE(outcome.text.find("Nothing is recorded for GET /v1/integrations/builds?page=1&limit=2, but for GET "
                                "/v1/integrations/builds?page=1&limit=1"),
              std::string::npos)
        << outcome.text;
}

TEST_F(Replay, SaysWhichLineIsNoneOfARecording) {
    std::ofstream(file) << R"({"schema":"applivery.recording/1"})"
                        << "\n{\"method\":\"GET\"}\n";
    const Outcome outcome = test::runInShell(test::mockServer + " --replay " + file);
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("recording.ndjson: line 2 is none of a recording: "), std::string::npos)
        << outcome.text;
    std::ofstream(file) << "";
    EXPECT_NE(test::runInShell(test::mockServer + " --replay " + file).text.find("nothing is recorded in it"),
              std::string::npos);
}

TEST_F(Replay, RefusesAStatusThatIsNoneOfHttp) {
    for (const std::string status : {"7", "600", "-1"}) {
        std::ofstream(file) << R"({"method":"GET","target":"/","headers":{},"body":"","status":)" << status << "}\n";
        const Outcome outcome = test::runInShell(test::mockServer + " --replay " + file);
        EXPECT_EQ(outcome.code, 1) << status;
        EXPECT_NE(outcome.text.find("line 1 is none of a recording: status is none of HTTP"), std::string::npos)
            << outcome.text;
    }
}

TEST_F(Replay, PassesOverBlankLines) {
    ASSERT_EQ(record().code, 0);
    std::ofstream(file, std::ios::app) << "\n \r\n";
    EXPECT_EQ(replay("").code, 0);
}

TEST_F(Replay, LeavesUnansweredWhatWasGivenUp) {
    std::ofstream(file) << R"({"method":"GET","target":"/v1/integrations/builds?page=2&limit=1",)"
                        << R"("kind":"cancelled","message":"given up"})" << '\n';
    const test::Running replaying({"--replay", file});
    ClientOptions options = replaying.options();
    options.retry.maxAttempts = 1;
    options.requestTimeout = std::chrono::milliseconds{50};
    EXPECT_EQ(BuildsClient(AppToken{"any-token"}, options).listBuilds({}, {2, 1}).error().kind(), ErrorKind::timeout);
}

TEST_F(Replay, IsNothingBesidesARecording) {
    ASSERT_EQ(record().code, 0);
    for (const char* const other :
         {"--fault 503", "--generate 3", "--rules bare", "--processing-time 1s", "--token t"}) {
        EXPECT_EQ(test::runInShell(test::mockServer + " --replay " + file + ' ' + other).code, 2) << other;
    }
}

// The commands of the guide's section, by the programs of this build, on a port that is free.
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

TEST_F(Replay, DoesWhatTheGuideShows) {
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
