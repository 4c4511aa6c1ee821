/// @file
/// `applivery-builds list`: exit codes and output.
#include "mock_server/temporary_directory.hpp"
#include "program/program_test.hpp"
#include "support/delayed_response.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace applivery {
namespace {

namespace sample = mock::sample;

using test::ListCommand;
using test::Outcome;
using test::program;
using test::shell;

TEST_F(ListCommand, PrintsATable) {
    const Outcome outcome = shell(command(""));
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.text.find("STATUS "), 0U) << outcome.text;
    EXPECT_NE(outcome.text.find("in_progress"), std::string::npos);
}

TEST_F(ListCommand, SendsItsFilters) {
    EXPECT_EQ(shell(command("--status in-progress --os android --version-name v1 --page 2 --limit 5 --param a=b")).code,
              0);
    const auto request = server.requests().at(0);
    EXPECT_EQ(request.parameter("status"), "in_progress");
    EXPECT_EQ(request.parameter("os"), "android");
    EXPECT_EQ(request.parameter("versionName"), "v1");
    EXPECT_EQ(request.parameter("page"), "2");
    EXPECT_EQ(request.parameter("limit"), "5");
    EXPECT_EQ(request.parameter("a"), "b");
}

TEST_F(ListCommand, PrintsOneJsonDocument) {
    const Outcome outcome = shell(command("-o json --limit 1"));
    EXPECT_EQ(outcome.text.find(R"({"schema":"applivery.builds/1","items":[)"), 0U) << outcome.text;
    EXPECT_NE(outcome.text.find(R"(],"complete":true,"page":1,"limit":1,)"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find(R"("hasNextPage":true})"), std::string::npos) << outcome.text;
}

TEST_F(ListCommand, ReadsADecimalPageNumber) {
    EXPECT_EQ(shell(command("--page 010")).code, 0);
    EXPECT_EQ(server.requests().at(0).parameter("page"), "10");
}

TEST_F(ListCommand, PrintsItsRequestsOnRequest) {
    EXPECT_NE(shell(command("--verbose 2>&1 >/dev/null")).text.find("GET /v1/integrations/builds?page=1 200"),
              std::string::npos);
}

TEST_F(ListCommand, PrintsOneBuildPerLine) {
    const Outcome outcome = shell(command("-o ndjson --limit 3 | wc -l"));
    EXPECT_EQ(outcome.text.find_first_of('3') != std::string::npos, true) << outcome.text;
}

TEST_F(ListCommand, PrintsCsv) {
    const Outcome outcome = shell(command("-o csv --limit 1"));
    EXPECT_EQ(outcome.text.find("id,status,versionName,"), 0U) << outcome.text;
    EXPECT_NE(outcome.text.find("\r\n"), std::string::npos);
}

TEST_F(ListCommand, ExitsWith0ForAnEmptyList) {
    const Outcome outcome = shell(command("--page 9"));
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.text,
              "applivery-builds: no build matches among 0 builds on 1 page. Read all pages with --all.\n");
}

TEST_F(ListCommand, ExitsWith3WithoutPrintingAWrongToken) {
    const Outcome outcome = shell(command("", "wrong-token-5566"));
    EXPECT_EQ(outcome.code, 3);
    EXPECT_EQ(outcome.text.find("5566"), std::string::npos) << outcome.text;
}

TEST_F(ListCommand, ExitsWith4ForAnUnknownApp) {
    const Outcome outcome = shell(std::string("echo ") + sample::serviceAccountToken + " | " + program +
                                  " list --token-file - --organization " + sample::organizationId +
                                  " --app nowhere --base-url " + server.baseUrl());
    EXPECT_EQ(outcome.code, 4) << outcome.text;
}

TEST_F(ListCommand, ExitsWith7ForAPlanLimit) {
    server.enqueue(mock::apiError(402, 5004, "Plan"));
    EXPECT_EQ(shell(command("")).code, 7);
}

TEST_F(ListCommand, ExitsWith6AndAnErrorInJsonForAnInvalidResponse) {
    server.enqueue(mock::ok(R"({"status":true,"data":{}})"));
    const Outcome outcome = shell(command("-o json"));
    EXPECT_EQ(outcome.code, 6);
    EXPECT_EQ(outcome.text.find(R"({"error":{"kind":"invalidResponse")"), 0U) << outcome.text;
}

TEST_F(ListCommand, EscapesServerText) {
    server.enqueue(mock::okItems({R"({"id":"b1","versionName":"\u001b[31m\n::error::x ##vso[a]"})"}));
    const Outcome outcome = shell(command(""));
    EXPECT_EQ(outcome.text.find('\x1b'), std::string::npos);
    EXPECT_EQ(outcome.text.find("\n::error"), std::string::npos);
    EXPECT_EQ(outcome.text.find("##vso["), std::string::npos);
}

TEST_F(ListCommand, EscapesFormulasAndCommandsInCsv) {
    server.enqueue(mock::okItems({R"({"id":"=1+1","versionName":"\u001b[31m","error":"@x\n::error::y ##vso[a]"})"}));
    const Outcome outcome = shell(command("-o csv"));
    const std::string row = outcome.text.substr(outcome.text.find("\r\n") + 2);
    EXPECT_EQ(row, "\'=1+1,,\\x1b[31m,,,,,,,,,\'@x\\n::error::y # #vso[a],\r\n");
}

TEST_F(ListCommand, EscapesEachFormOfAFormulaInCsv) {
    std::vector<std::string> builds;
    std::string expected = "id\r\n";
    for (const char* sign : {"=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20", "\uFE66", "\uFE62"}) {
        for (const char* blank : {"", " ", "  ", "\u00A0", "\u3000", "\u200B", "\uFEFF"}) {
            builds.push_back(std::string(R"({"id":")") + blank + sign + "1\"}");
            expected += std::string("\'") + blank + sign + "1\r\n";
        }
    }
    server.enqueue(mock::okItems(builds));
    EXPECT_EQ(shell(command("-o csv --fields id")).text, expected);
}

TEST_F(ListCommand, QuotesCellsWithASeparatorInCsv) {
    server.enqueue(mock::okItems({R"({"id":"a;b","versionName":"c,d","os":"ios"})"}));
    EXPECT_EQ(shell(command("-o csv --fields id,versionName,os")).text, "id,versionName,os\r\n\"a;b\",\"c,d\",ios\r\n");
}

TEST_F(ListCommand, PrintsTheSelectedFields) {
    server.enqueue(mock::okItems({R"({"id":"b1","versionName":"1|<b>`x`"})"}), 3);
    EXPECT_EQ(shell(command("-o csv --fields versionName,id")).text, "versionName,id\r\n1|<b>`x`,b1\r\n");
    EXPECT_EQ(shell(command("-o markdown --fields id,versionName,size")).text,
              "| id | versionName | size |\n| --- | --- | --- |\n| b1 | 1\\|&lt;b&gt;\\`x\\` |  |\n");
    EXPECT_EQ(shell(command("--fields id")).text, "id\nb1\n");
    EXPECT_EQ(shell(command("--fields nothing")).code, 2);
    EXPECT_NE(shell(command("--fields icon")).text.find("info.icon or info.android.icon"), std::string::npos);
}

TEST_F(ListCommand, AddressesFieldsByTheirPathInTheSchema) {
    server.enqueue(mock::okItems({R"({"id":"b1","tags":["a","b"],"info":{"ios":{"plist":{"CFBundleVersion":"42"}}}})"}),
                   2);
    EXPECT_EQ(shell(command("-o csv --fields info.ios.plist.bundleVersion,tags")).text,
              "info.ios.plist.bundleVersion,tags\r\n42,\"a, b\"\r\n");
    EXPECT_EQ(shell(command("-o csv --fields CFBundleSupportedPlatforms,branch")).text,
              "CFBundleSupportedPlatforms,branch\r\n,\r\n");
}

TEST_F(ListCommand, PrintsUnknownFields) {
    server.enqueue(mock::okItems({R"({"id":"b1","files":[{"key":"##vso[a]"}],"os":"ios"})"}), 3);
    EXPECT_NE(shell(command("-o json")).text.find(R"({"id":"b1","os":"ios","files":[{"key":"\u0023\u0023vso[a]"}]})"),
              std::string::npos);
    EXPECT_EQ(shell(command("-o ndjson")).text.find(R"({"id":"b1","os":"ios","files":[{"key":)"), 0U);
    EXPECT_EQ(shell(command("-o csv --fields id,unknownFields")).text,
              "id,unknownFields\r\nb1,\"{\"\"files\"\":[{\"\"key\"\":\"\"# #vso[a]\"\"}]}\"\r\n");
}

TEST_F(ListCommand, PrintsThePlatformOfABuildWithoutASystem) {
    server.enqueue(
        mock::okItems({R"({"id":"b1","buildPlatform":"ps5"})", R"({"id":"b2","os":"ios","buildPlatform":"x"})"}));
    const Outcome outcome = shell(command(""));
    EXPECT_NE(outcome.text.find(" ps5 "), std::string::npos) << outcome.text;
    EXPECT_EQ(outcome.text.find(" x "), std::string::npos) << outcome.text;
}

TEST_F(ListCommand, AddsColorsToWordsOnlyOnATerminal) {
    const auto onTerminal = [&](const std::string& before, const std::string& after) {
        return shell("export TERM=xterm " + before + "; script -qec \"" + command(after) + "\" /dev/null").text;
    };
    EXPECT_NE(onTerminal("", "").find("\x1b[32mprocessed\x1b[0m"), std::string::npos);
    EXPECT_EQ(onTerminal("", "--no-color").find('\x1b'), std::string::npos);
    EXPECT_EQ(onTerminal("NO_COLOR=1", "").find('\x1b'), std::string::npos);
    EXPECT_EQ(onTerminal("TERM=dumb", "").find('\x1b'), std::string::npos);
    EXPECT_EQ(shell(command("")).text.find('\x1b'), std::string::npos);
}

TEST_F(ListCommand, BreaksCommandsOfCiRunnersInJson) {
    server.enqueue(mock::okItems({R"({"id":"##vso[task.setvariable]##[error]"})"}));
    const Outcome outcome = shell(command("-o json"));
    EXPECT_NE(outcome.text.find(R"(\u0023\u0023vso[task.setvariable]\u0023\u0023[error])"), std::string::npos)
        << outcome.text;
}

TEST_F(ListCommand, KeepsAnOldFileAfterAFailure) {
    const mock::TemporaryDirectory folder;
    const std::string file = (folder.path() / "old.csv").string();
    shell("echo old > " + file);
    EXPECT_EQ(shell(command("-o csv -O " + file, "wrong-token-5566")).code, 3);
    EXPECT_EQ(shell("cat " + file + "; ls " + folder.path().string() + " | wc -l").text, "old\n1\n");
}

TEST_F(ListCommand, ReplacesAFileWithItsPermissionsThroughALink) {
    const mock::TemporaryDirectory folder;
    const std::string file = (folder.path() / "real").string();
    const std::string link = (folder.path() / "link").string();
    shell("echo old > " + file + "; chmod 640 " + file + "; ln -s " + file + ' ' + link);
    EXPECT_EQ(shell(command("-o csv --limit 1 -O " + link)).code, 0);
    EXPECT_EQ(shell("stat -c %a " + file + "; head -c 10 " + link + "; stat -c %F " + link).text,
              "640\nid,status,symbolic link\n");
}

TEST_F(ListCommand, FollowsADanglingLink) {
    const mock::TemporaryDirectory folder;
    const std::string link = (folder.path() / "link").string();
    shell("ln -s " + (folder.path() / "real").string() + ' ' + link);
    EXPECT_EQ(shell(command("-o csv -O " + link)).code, 0);
    EXPECT_EQ(shell("stat -c %F " + link).text, "symbolic link\n");
}

TEST_F(ListCommand, WritesOnlyTheHeaderWithoutBuilds) {
    const mock::TemporaryDirectory folder;
    const std::string file = (folder.path() / "table").string();
    shell("echo old > " + file);
    EXPECT_EQ(shell(command("--page 9 -O " + file)).code, 0);
    EXPECT_EQ(shell("wc -l < " + file + "; head -c 6 " + file).text, "1\nSTATUS");
}

TEST_F(ListCommand, WritesToStandardOutputForADash) {
    EXPECT_EQ(shell(command("-o csv -O -")).text.find("id,"), 0U);
}

TEST_F(ListCommand, WritesNoDataToClosedStreams) {
    const mock::TemporaryDirectory folder;
    const std::string file = (folder.path() / "list.csv").string();
    EXPECT_EQ(shell(command("-o csv >&-")).code, 1);
    EXPECT_EQ(shell(command("--verbose -o csv -O " + file + " 2>&-")).code, 0);
    EXPECT_EQ(shell("head -c 3 " + file).text, "id,");
}

TEST_F(ListCommand, ExitsWithTheCodeOfASignal) {
    server.enqueue(test::responseThatNeverArrives(), 100);
    for (const auto& [signal, code] : {std::pair{"INT", 130}, std::pair{"TERM", 143}, std::pair{"HUP", 129}}) {
        std::string interrupted = command("");
        interrupted.insert(interrupted.find(program), std::string("timeout --preserve-status -s ") + signal + " 0.5 ");
        EXPECT_EQ(shell(interrupted).code, code) << signal;
    }
}

TEST_F(ListCommand, IgnoresASignalIfItsParentDoes) {
    server.setDelay(std::chrono::milliseconds{1500});
    std::string listing = command("-o csv");
    listing.replace(listing.find(' '), 1, "; ");
    const Outcome outcome =
        shell("trap \"\" HUP; export " + listing + " & pid=$!; sleep 0.5; kill -HUP $pid; wait $pid");
    EXPECT_EQ(outcome.code, 0) << outcome.text;
}

TEST_F(ListCommand, ReportsAFullDisk) {
    const Outcome outcome = shell(command("-O /dev/full"));
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("cannot be written"), std::string::npos) << outcome.text;
}

TEST_F(ListCommand, RefusesAnUnwritableFileBeforeAnyRequest) {
    EXPECT_EQ(shell(command("-O /no/such/folder/file")).code, 1);
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(ListCommand, EndsSilentlyWhenThePipeCloses) {
    EXPECT_EQ(shell(command("| true")).text, "");
}

TEST_F(ListCommand, IgnoresAFullStandardError) {
    EXPECT_EQ(shell(command("2>/dev/full", "wrong-token-5566")).code, 3);
}

TEST_F(ListCommand, ComparesTheBranchWithoutSurroundingWhiteSpace) {
    server.enqueue(mock::okItems({R"({"id":"b1","deployer":{"info":{"branch":" main\n"}}})",
                                  R"({"id":"b2","deployer":{"info":{"branch":"ma in"}}})"}));
    EXPECT_EQ(shell(command("-o csv --fields id --branch \"\tmain \" 2>/dev/null")).text, "id\r\nb1\r\n");
}

}  // namespace
}  // namespace applivery
