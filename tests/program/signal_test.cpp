/// @file
/// Signals in each phase of a command: exit code, document, and env file.
#include "mock_server/build_generator.hpp"
#include "mock_server/temporary_directory.hpp"
#include "program/program_test.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <utility>

namespace applivery {
namespace {

using test::Outcome;
using test::shell;

constexpr std::pair<int, int> codes[] = {{SIGINT, 130}, {SIGTERM, 143}, {SIGHUP, 129}};

class Signalled : public test::ListCommand {
protected:
    Signalled() { data.assign(mock::generateBuilds(250)); }

    // Interrupts a command while it reads its standard input, which never ends.
    [[nodiscard]] Outcome interruptReading(const std::string& arguments, const std::string& redirection = "") const {
        const test::SignalledCommand interrupted(run(arguments));
        const std::string pipe = interrupted.file("input");
        return shell("mkfifo " + pipe + "; exec 9<>" + pipe + "; " + interrupted.interruptedText("<&9 " + redirection));
    }

    [[nodiscard]] std::string file(const char* name) const { return (folder.path() / name).string(); }

    mock::TemporaryDirectory folder;
};

TEST_F(Signalled, ExitsWithTheCodeOfTheSignalAfterAPartOfAList) {
    for (const auto& [signal, code] : codes) {
        const test::SignalledCommand interrupted(command("--all -o json"));
        signalAt(server.requestCount() + 2, interrupted, signal);
        const Outcome outcome = shell(interrupted.text());
        EXPECT_EQ(outcome.code, code) << outcome.text;
        EXPECT_NE(outcome.text.find("incomplete: it has 100 builds of 1 page."), std::string::npos) << outcome.text;
        EXPECT_NE(outcome.text.find("],\"complete\":false}\n"), std::string::npos) << outcome.text;
    }
}

TEST_F(Signalled, ExitsWithTheCodeOfTheSignalInEachCommand) {
    for (const auto& [signal, code] : codes) {
        for (const char* arguments : {"list", "latest --branch none", "wait --build-id none", "overview", "doctor",
                                      "report -o json", "report -o csv", "list --all -o csv"}) {
            const test::SignalledCommand interrupted(run(arguments));
            signalAt(server.requestCount() + 1, interrupted, signal);
            const Outcome outcome = shell(interrupted.text());
            EXPECT_EQ(outcome.code, code) << arguments << ": " << outcome.text;
        }
    }
}

TEST_F(Signalled, PrintsAnErrorInJsonInEachCommand) {
    for (const char* arguments : {"list", "list --all", "latest", "overview", "doctor", "report"}) {
        const test::SignalledCommand interrupted(run(std::string(arguments) + " -o json"));
        signalAt(server.requestCount() + 1, interrupted, SIGINT);
        const Outcome outcome = shell(interrupted.text());
        EXPECT_EQ(outcome.text.find(R"({"error":{"kind":"cancelled")"), 0U) << arguments << ": " << outcome.text;
    }
}

TEST_F(Signalled, WritesTheDocumentAndTheEnvFileOfAWaitWhenTheProcessIsSlow) {
    data.assign({});
    data.addJson(R"({"id":"b1","status":"pending"})");
    const std::string wait = run("wait --build-id b1 -o json --env-file " + file("env"));
    const test::SignalledCommand interrupted(wait + " --verbose > " + file("document") + " 2>" + file("messages"));
    // The stopped process handles the signal late, as on a busy machine.
    const std::string stop = "until grep -qs found " + file("messages") +
                             "; do sleep 0.01; done; p=" + interrupted.process() +
                             "; kill -INT $p; sleep 0.01; kill -STOP $p; sleep 0.5; kill -CONT $p; wait $!";
    EXPECT_EQ(shell(interrupted.text() + " & " + stop).code, 130);
    const std::string document = shell("cat " + file("document")).text;
    EXPECT_NE(document.find(R"("outcome":"cancelled")"), std::string::npos) << document;
    EXPECT_NE(document.find(R"("build":{"id":"b1")"), std::string::npos) << document;
    EXPECT_EQ(shell("grep STATUS " + file("env")).text, "APPLIVERY_BUILD_STATUS=pending\n");
}

TEST_F(Signalled, PrintsTheDocumentOfAWaitWhileTheTokenIsRead) {
    const std::string arguments = "wait --build-id b1 --token-file - --env-file " + file("env");
    const Outcome outcome = interruptReading(arguments + " -o json", "2>/dev/null");
    EXPECT_EQ(outcome.code, 130);
    EXPECT_EQ(outcome.text.find(R"({"schema":"applivery.wait/1","outcome":"cancelled")"), 0U) << outcome.text;
    EXPECT_EQ(shell("grep BUILD_ID " + file("env")).text, "APPLIVERY_BUILD_ID=b1\n");
    EXPECT_NE(interruptReading(arguments).text.find("build b1: cancelled after 0s"), std::string::npos);
}

TEST_F(Signalled, PrintsAnErrorInJsonWhileTheTokenIsRead) {
    for (const char* arguments : {"list", "list --all", "latest", "overview", "doctor", "report"}) {
        const Outcome outcome = interruptReading(std::string(arguments) + " --token-file - -o json");
        EXPECT_EQ(outcome.code, 130) << arguments;
        EXPECT_EQ(outcome.text.find(R"({"error":{"kind":"cancelled")"), 0U) << arguments << ": " << outcome.text;
    }
}

TEST_F(Signalled, PrintsAnErrorInJsonWhileTheAppsAreRead) {
    for (const char* arguments : {"list --all", "overview", "report"}) {
        const Outcome outcome = interruptReading(std::string(arguments) + " --apps-file - -o json");
        EXPECT_EQ(outcome.code, 130) << arguments;
        EXPECT_EQ(outcome.text.find(R"({"error":{"kind":"cancelled")"), 0U) << arguments << ": " << outcome.text;
    }
}

TEST_F(Signalled, EndsWhileANamedPipeHasNoWriter) {
    shell("mkfifo " + file("token"));
    const test::SignalledCommand interrupted(run("wait --build-id b1 -o json --token-file " + file("token")));
    const Outcome outcome = shell(interrupted.interruptedText("2>/dev/null"));
    EXPECT_EQ(outcome.code, 130);
    EXPECT_NE(outcome.text.find(R"("outcome":"cancelled")"), std::string::npos) << outcome.text;
}

TEST_F(Signalled, EndsDoctorWhileItConnects) {
    const test::SignalledCommand interrupted(run("doctor"));
    signalAt(1, interrupted, SIGINT);
    const Outcome outcome = shell(interrupted.text());
    EXPECT_EQ(outcome.code, 130);
    EXPECT_NE(outcome.text.find("the check failed: interrupted by a signal."), std::string::npos) << outcome.text;
}

}  // namespace
}  // namespace applivery
