/// @file
/// The contents of a recording.
#include "program/recording_test.hpp"

namespace applivery {
namespace {

namespace fs = std::filesystem;
namespace sample = mock::sample;
using test::Outcome;
using test::privateBuild;
using test::Recording;
using test::shell;

// Values of a build that a recording keeps.
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
        "disabled",
        "buildPlatform",
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

// Returns the texts of a field without a line break at the end.
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

TEST_F(Recording, ContainsNoPrivateTextOfABuild) {
    const auto specOf = [](const char* os) { return privateBuild(os, "processed"); };  // a failed build has no info
    data.assign({mock::makeBuild(specOf("ios")), mock::makeBuild(specOf("android"))});
    ASSERT_EQ(record("--version-name feature/login-for-ada").code, 0);
    const std::string text = content();
    EXPECT_EQ(lines().size(), 2U) << text;
    for (const char* os : {"ios", "android"}) {
        const Build build = *buildFromJson(mock::makeBuild(specOf(os)).json);
        for (const std::string& path : buildFieldPaths()) {
            const bool isKept = harmlessPaths().count(path) != 0;
            for (const std::string& part : textsOf(build, path)) {
                EXPECT_EQ(text.find(part) != std::string::npos, isKept) << path << ": " << part << " and\n" << text;
            }
        }
    }
}

TEST_F(Recording, ContainsRequestAndResponse) {
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

TEST_F(Recording, ContainsEveryAttempt) {
    server.enqueue(mock::gatewayError(503));
    ASSERT_EQ(record().code, 0);
    ASSERT_EQ(lines().size(), 3U);
    EXPECT_NE(lines().at(1).find(R"("status":503)"), std::string::npos) << content();
    EXPECT_NE(lines().at(2).find(R"("status":200)"), std::string::npos) << content();
}

TEST_F(Recording, ContainsAFailureOfTheNetworkByItsKind) {
    mock::ScriptedResponse cut = mock::ok(std::string(100, ' '));
    cut.cutAfter = 10;
    server.enqueue(cut);
    ASSERT_EQ(record().code, 0);
    EXPECT_NE(lines().at(1).find(R"("kind":"connection","message":")"), std::string::npos) << content();
}

TEST_F(Recording, ContainsTheReceivedPartOfABody) {
    server.enqueue(test::cutOffBody());
    ASSERT_EQ(record().code, 0);
    EXPECT_NE(lines().at(1).find(R"("kind":"connection","message":")"), std::string::npos) << content();
    EXPECT_NE(lines().at(1).find(R"("status":200,"headers":{)"), std::string::npos) << content();
    EXPECT_NE(lines().at(1).find(
                  R"("received":"{\"status\":true,\"data\":{\"items\":[{\"os\":\"ios\",\"changelog\":\"xxx Xxy"})"),
              std::string::npos)
        << content();
}

TEST_F(Recording, ContainsNoEchoedToken) {
    const std::string token = sample::appToken;
    mock::ScriptedResponse echo = mock::ok(R"({"status":")" + token + R"(","data":{"items":[{")" + token +
                                           R"(":1,"os":")" + token + R"(","errorCode":")" + token + "\"}]}}");
    echo.headers = {{"Set-Cookie", "session=1234"}, {"Retry-After", token}, {"Content-Type", token}};
    server.enqueue(echo, 9);
    EXPECT_NE(record("--param echo=" + token).code, 0);
    EXPECT_GE(lines().size(), 2U);
    for (const std::string& secret : {token, std::string("uthorization"), std::string("session")}) {
        EXPECT_EQ(content().find(secret), std::string::npos) << content();
    }
}

TEST_F(Recording, IsReadableOnlyByItsOwner) {
    std::ofstream(file) << "readable by all\n";
    fs::permissions(file, fs::perms::all);
    ASSERT_EQ(record().code, 0);
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(content().find("readable"), std::string::npos);
}

TEST_F(Recording, IsWrittenIfTheCommandFails) {
    const Outcome outcome = shell("APPLIVERY_APP_TOKEN=wrong " + test::program + " list --base-url " +
                                  server.baseUrl() + " --record " + file);
    EXPECT_EQ(outcome.code, 3) << outcome.text;
    EXPECT_NE(lines().at(1).find(R"("status":401)"), std::string::npos) << content();
    EXPECT_NE(lines().at(1).find(R"(\"code\":4004,\"message\":\"Invalid Token\")"), std::string::npos) << content();
}

TEST_F(Recording, IsWrittenIfASignalEndsTheCommand) {
    const test::SignalledCommand interrupted(command("--all --limit 1 --record " + file));
    signalAt(2, interrupted, SIGINT);
    EXPECT_EQ(shell(interrupted.text()).code, 130);
    ASSERT_EQ(lines().size(), 3U) << content();
    EXPECT_NE(lines().at(2).find(R"("kind":"cancelled")"), std::string::npos) << "what was not answered";
}

TEST_F(Recording, ContainsARequestWithoutAResponse) {
    const test::SignalledCommand interrupted(command("--record " + file));
    signalAt(1, interrupted, SIGINT);
    EXPECT_EQ(shell(interrupted.text()).code, 130);
    ASSERT_EQ(lines().size(), 2U) << content();
    EXPECT_NE(lines().at(1).find(R"("kind":"cancelled")"), std::string::npos) << content();
}

TEST_F(Recording, KeepsAnExistingFileIfNoRequestWasSent) {
    std::ofstream(file) << "an older one\n";
    EXPECT_EQ(shell(test::program + " list --record " + file).code, 3);
    EXPECT_EQ(content(), "an older one\n");
}

TEST_F(Recording, FailsBeforeAnyRequestIfTheFileCannotBeCreated) {
    const Outcome outcome = shell(command("--record /nowhere/recording"));
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("/nowhere/recording cannot be written: "), std::string::npos) << outcome.text;
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(Recording, FailsAfterTheDataIfTheFileCannotBeCompleted) {
    const Outcome outcome = shell(command("-o csv --fields id --record /dev/full"));
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("6731e9e7a1b2c3d4e5f60718"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("/dev/full cannot be written: No space left"), std::string::npos) << outcome.text;
}

TEST_F(Recording, RefusesStandardOutput) {
    EXPECT_EQ(shell(command("--record -")).code, 2);
}

TEST_F(Recording, RefusesTheFileOfAnotherOutput) {
    const Outcome outcome = shell(command("-o csv -O " + file + " --record " + file));
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.text.find("another option names the same file"), std::string::npos) << outcome.text;
}

TEST_F(Recording, RefusesAnInputFile) {
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

TEST_F(Recording, RefusesAFileOfTheCiJob) {
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

TEST_F(Recording, WorksWithATokenFromStandardInput) {
    const Outcome outcome = shell("echo " + std::string(sample::appToken) + " | " + test::program +
                                  " list --token-file - --base-url " + server.baseUrl() + " --record " + file);
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_EQ(lines().size(), 2U);
}

TEST_F(Recording, WorksWithEachCommand) {
    for (const std::string arguments :
         {"latest", "overview", "report -o json", "wait --build-id 6731e9e7a1b2c3d4e5f60718 --timeout 0"}) {
        fs::remove(file);
        (void)shell("APPLIVERY_APP_TOKEN=" + std::string(sample::appToken) + ' ' + test::program + ' ' + arguments +
                    " --base-url " + server.baseUrl() + " --record " + file);
        EXPECT_GE(lines().size(), 2U) << arguments;
    }
}

TEST_F(Recording, LimitsTheNumberOfQueuedResponses) {
    ASSERT_EQ(mkfifo(file.c_str(), 0600), 0);
    const int reader = open(file.c_str(), O_RDONLY | O_NONBLOCK);
    ASSERT_GE(reader, 0);
    constexpr std::size_t manyBytes = 1 << 18;  // more than the buffer of a pipe
    program::Recorder recorder(file, manyBytes);
    ASSERT_EQ(recorder.open(), std::nullopt);
    std::atomic<int> added{0};
    std::thread adding([&] {
        for (; added < 3; ++added) {
            recorder.add({"GET", "/v1", "", HttpResponse{200, {}, std::string(manyBytes, ' ')}});
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

}  // namespace
}  // namespace applivery
