/// @file
/// `applivery-builds list --all`: all pages of one or several apps, and missing builds.
#include "mock_server/build_generator.hpp"
#include "mock_server/temporary_directory.hpp"
#include "program/program_test.hpp"
#include "support/delayed_response.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::Outcome;
using test::program;
using test::shell;

class ListAll : public test::ListCommand {
protected:
    ListAll() {
        data.assign(mock::generateBuilds(250));
        server.accounts().addApp("other").assign(mock::generateBuilds(30));
        server.accounts().addOrganization("both-id", "both", {mock::sample::applicationId, "other"});
        server.accounts().addServiceAccount("both-token-0123", "both-id");
    }

    [[nodiscard]] std::string ofApps(const std::string& arguments) const {
        return "APPLIVERY_SERVICE_ACCOUNT_TOKEN=both-token-0123 APPLIVERY_ORGANIZATION_ID=both " + program +
               " list --all --base-url " + server.baseUrl() + ' ' + arguments;
    }

    static std::ptrdiff_t lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }
};

TEST_F(ListAll, PrintsEveryBuildInEachForm) {
    EXPECT_EQ(lines(shell(command("--all -o ndjson")).text), 250);
    EXPECT_EQ(lines(shell(command("--all -o csv")).text), 251);
    EXPECT_EQ(lines(shell(command("--all")).text), 251);
    const std::string json = shell(command("--all -o json")).text;
    EXPECT_EQ(lines(json), 251);
    EXPECT_NE(json.find("],\"complete\":true}\n"), std::string::npos);
    EXPECT_EQ(server.requests().at(0).parameter("limit"), "100");
}

TEST_F(ListAll, PrintsOnlyBuildsSinceATime) {
    const Outcome outcome = shell(command("--since 2024-11-11 -o ndjson --limit 10"));
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_GT(lines(outcome.text), 0);
    EXPECT_LT(lines(outcome.text), 250);
    EXPECT_EQ(outcome.text.find("\"createdAt\":\"2024-11-10"), std::string::npos);
}

TEST_F(ListAll, PrintsReceivedBuildsIfInterrupted) {
    server.enqueueForPage(2, test::responseThatNeverArrives());
    const test::SignalledCommand interrupted(command("--all -o ndjson"));
    std::ofstream(interrupted.file("reader")) << "i=0; while read -r line; do printf '%s\\n' \"$line\"; i=$((i + 1)); "
                                              << "[ $i -ne 100 ] || kill -INT " << interrupted.process() << "; done\n";
    const Outcome outcome =
        shell("{ " + interrupted.text() + "; echo code $? >&2; } | sh " + interrupted.file("reader"));
    EXPECT_EQ(lines(outcome.text), 100 + 3) << outcome.text;
    EXPECT_NE(outcome.text.find("incomplete: it has 100 builds of 1 page."), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("code 130\n"), std::string::npos) << outcome.text;
}

TEST_F(ListAll, ExitsWith9IfALaterPageFails) {
    server.enqueueForPage(3, mock::apiError(403, 4003, "Forbidden"));
    const Outcome outcome = shell(command("--all -o json"));
    EXPECT_EQ(outcome.code, 9);
    EXPECT_NE(outcome.text.find("page 3: GET "), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("incomplete: it has 200 builds of 2 pages."), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("],\"complete\":false}"), std::string::npos) << outcome.text;
}

TEST_F(ListAll, ExitsLikeASingleCallIfTheFirstPageFails) {
    EXPECT_EQ(shell(command("--all", "wrong-token-5566")).code, 3);
    server.enqueue(mock::apiError(402, 5004, "Plan"));
    EXPECT_EQ(shell(command("--all")).code, 7);
}

TEST_F(ListAll, ReplacesNoFileByAnIncompleteList) {
    const mock::TemporaryDirectory folder;
    const std::string file = (folder.path() / "old.csv").string();
    shell("echo old > " + file);
    server.enqueueForPage(2, mock::apiError(403, 4003, "Forbidden"));
    const Outcome outcome = shell(command("--all -o csv -O " + file));
    EXPECT_EQ(outcome.code, 9);
    EXPECT_NE(outcome.text.find("was not replaced"), std::string::npos) << outcome.text;
    EXPECT_EQ(shell("cat " + file).text, "old\n");
}

TEST_F(ListAll, ListsSeveralApps) {
    const Outcome outcome = shell(ofApps("--app other --app " + std::string(mock::sample::applicationId) + " -o csv"));
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_EQ(lines(outcome.text), 281);
    EXPECT_EQ(outcome.text.find("app,id,"), 0U) << outcome.text;
    EXPECT_NE(outcome.text.find("\nother,"), std::string::npos);
    EXPECT_NE(shell(ofApps("--app other --app x -o ndjson")).text.find("{\"app\":\"other\",\"id\":"),
              std::string::npos);
}

TEST_F(ListAll, ReadsTheAppsFromAFile) {
    const mock::TemporaryDirectory folder;
    const std::string file = (folder.path() / "apps.txt").string();
    shell("printf \"# all of ours\\r\\n\\r\\n other \\r\\n" + std::string(mock::sample::applicationId) + "\" > " +
          file);
    const Outcome outcome = shell(ofApps("--apps-file " + file + " -o ndjson"));
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_EQ(lines(outcome.text), 280);
    EXPECT_EQ(lines(shell(ofApps("--app other --apps-file " + file + " -o ndjson")).text), 280) << "once, named twice";
}

TEST_F(ListAll, ReadsTheAppsFromStandardInputAfterAByteOrderMark) {
    const std::string apps = "printf \"\\357\\273\\277other\\n" + std::string(mock::sample::applicationId) + "\" | ";
    EXPECT_EQ(lines(shell(apps + ofApps("--apps-file - -o ndjson")).text), 280);
    const Outcome both = shell(apps + ofApps("--apps-file - --token-file -"));
    EXPECT_EQ(both.code, 2);
    EXPECT_NE(both.text.find("it and --token-file cannot both be"), std::string::npos) << both.text;
}

TEST_F(ListAll, RefusesAFileWithoutApps) {
    for (const char* file : {"/dev/null", "/no/such/file", "/"}) {
        const Outcome outcome = shell(ofApps("--apps-file " + std::string(file)));
        EXPECT_EQ(outcome.code, 2) << outcome.text;
        EXPECT_NE(outcome.text.find(std::string("--apps-file: ") + file), std::string::npos) << outcome.text;
    }
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(ListAll, AcceptsAnAppWithoutBuilds) {
    server.accounts().addApp("other").assign({});
    const Outcome outcome = shell(ofApps("--app other --app nowhere -o json"));
    EXPECT_EQ(outcome.code, 9) << outcome.text;
    EXPECT_NE(outcome.text.find("],\"complete\":false}"), std::string::npos) << outcome.text;
    EXPECT_EQ(shell(ofApps("--app nowhere --app nowhere-else -o json")).code, 4);
}

TEST_F(ListAll, NamesAFailedAppAndExitsWith9) {
    const Outcome outcome = shell(ofApps("--app other --app nowhere -o ndjson"));
    EXPECT_EQ(outcome.code, 9);
    EXPECT_NE(outcome.text.find("nowhere: page 1: "), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("incomplete: it has 30 builds"), std::string::npos) << outcome.text;
}

TEST_F(ListAll, CountsASingleBuildInTheSingular) {
    server.accounts().addApp("other").assign(mock::generateBuilds(1));
    const Outcome outcome = shell(ofApps("--app other --app nowhere -o ndjson"));
    EXPECT_NE(outcome.text.find("incomplete: it has 1 build of "), std::string::npos) << outcome.text;
}

TEST_F(ListAll, ExitsWithTheCodeOfTheFirstFailureIfAllAppsFail) {
    EXPECT_EQ(shell(ofApps("--app nowhere --app nowhere-else")).code, 4);
}

TEST_F(ListAll, ShowsAProgressLineOnlyOnATerminal) {
    server.setDelay(250ms);
    const std::string quiet = command("--all --limit 50 -o ndjson > /dev/null");
    EXPECT_EQ(shell(quiet).text, "");
    const std::string onTerminal = "export TERM=xterm; script -qec \"" + quiet + "\" /dev/null";
    const Outcome outcome = shell(onTerminal);
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_NE(outcome.text.find(" builds/s"), std::string::npos) << outcome.text;
    EXPECT_EQ(outcome.text.substr(outcome.text.size() - 4), "\r\x1b[K") << "it is taken away";
    EXPECT_EQ(shell("export TERM=dumb; script -qec \"" + quiet + "\" /dev/null").text, "");
}

TEST_F(ListAll, EndsSilentlyWhenTheReaderCloses) {
    const Outcome outcome = shell(command("--all -o ndjson | head -n 1 | wc -l"));
    EXPECT_EQ(outcome.text, "1\n");
}

}  // namespace
}  // namespace applivery
