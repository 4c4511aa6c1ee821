/// @file
/// `applivery-builds overview --watch` as a process: terminals, signals and closed pipes.
#include "mock_server/mock_server.hpp"
#include "mock_server/sample_workspace.hpp"
#include "program/program_test.hpp"
#include "program/pseudo_terminal.hpp"
#include "program/text/text_format.hpp"
#include "support/delayed_response.hpp"
#include "support/gtest_names.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <optional>
#include <regex>
#include <sstream>
#include <string>
#include <thread>

namespace applivery::program {
namespace {

using namespace std::chrono_literals;
using mock::BuildSpec;

class OverviewWatchProgram : public test::ListCommand {
protected:
    OverviewWatchProgram() {
        data.assign({});
        BuildSpec spec;
        spec.id = "b1";
        spec.status = "pending";
        spec.createdAt = std::chrono::system_clock::now() - 5min;
        data.add(spec);
    }

    // Makes the second refresh find the processed build. Sends the signal `number` at the third refresh.
    void signalAtThirdRefresh(const test::SignalledCommand& command, int number) {
        const std::size_t before = server.requestCount();
        data.setStatus("b1", "pending");
        server.setHook([this, &command, number, before](const mock::RecordedRequest&) {
            const std::size_t requests = server.requestCount() - before;
            if (requests == 2) data.setStatus("b1", "processed");
            if (requests < 3) return std::optional<mock::ScriptedResponse>{};
            command.signal(number);
            return std::optional(test::responseThatNeverArrives());
        });
    }

    [[nodiscard]] std::string watch(const std::string& more = "") const {
        return "APPLIVERY_APP_TOKEN=" + std::string(mock::sample::appToken) + ' ' + test::program +
               " overview --watch --base-url " + server.baseUrl() + ' ' + more;
    }

    // Runs the shell commands, and then the program for two refreshes, on a terminal of this kind.
    [[nodiscard]] test::Outcome runOnTerminal(const std::string& kind, const std::string& commands = "") {
        const test::SignalledCommand command(watch("--interval 1s --no-color 2>/dev/null"));
        signalAtThirdRefresh(command, SIGINT);
        return test::shell("export TERM=" + kind + "; script -qec \"" + commands + command.text() + "\" /dev/null");
    }

    // Returns a command for a PseudoTerminal. The program refreshes only once, because the interval is long.
    [[nodiscard]] std::string singleRefresh() const {
        return "exec " + test::cleanEnvironment + "--default-signal=INT TERM=xterm " +
               watch("--interval 1h 2>/dev/null");
    }

    static constexpr const char* endOfScreen = "\x1b[J";

    static std::size_t count(const std::string& text, const std::string& part) {
        std::size_t number = 0;
        for (auto begin = text.find(part); begin != std::string::npos; begin = text.find(part, begin + 1)) ++number;
        return number;
    }
};

TEST_F(OverviewWatchProgram, PrintsAPlainTableAtEachRefreshAndEndsWithTheSignalsCode) {
    const test::SignalledCommand command(watch("--interval 1s"));
    signalAtThirdRefresh(command, SIGINT);
    const test::Outcome outcome = test::shell(command.text());
    EXPECT_EQ(outcome.code, 130) << outcome.text;
    EXPECT_EQ(count(outcome.text, "NEWEST"), 2U) << outcome.text;
    const std::size_t processed = outcome.text.find(" processed ");
    ASSERT_NE(processed, std::string::npos) << outcome.text;
    EXPECT_LT(outcome.text.find(" pending "), processed) << outcome.text;
    EXPECT_EQ(outcome.text.find('\x1b'), std::string::npos) << outcome.text;
    signalAtThirdRefresh(command, SIGTERM);
    EXPECT_EQ(test::shell(command.text()).code, 143);
}

TEST_F(OverviewWatchProgram, RewritesTheScreenOnATerminal) {
    const std::string text = runOnTerminal("xterm").text;
    EXPECT_EQ(text.find("\x1b[2J\x1b[HOS "), 0U) << text;
    EXPECT_NE(text.find("refresh every 1s\x1b[K\r\n\x1b[J\x1b[HOS "), std::string::npos) << text;
    EXPECT_NE(text.find(" processed "), std::string::npos) << text;
}

TEST_F(OverviewWatchProgram, WritesNoEscapeSequencesToADumbTerminal) {
    const std::string text = runOnTerminal("dumb").text;
    EXPECT_NE(text.find(" processed "), std::string::npos) << text;
    EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
}

TEST_F(OverviewWatchProgram, RewritesTheScreenWhenItsSizeChanges) {
    test::PseudoTerminal terminal(singleRefresh(), 100, 24);
    const std::string before = terminal.readUntil(endOfScreen);
    EXPECT_NE(before.find("P50/P90: processing time; the service documents no unit\x1b[K"), std::string::npos)
        << before;
    terminal.resize(44, 24);
    const std::string after = terminal.readUntil(endOfScreen);
    EXPECT_EQ(after.find("\x1b[2J\x1b[HOS "), 0U) << after;
    EXPECT_NE(after.find("P50/P90: processing time; the service docu\u2026\x1b[K"), std::string::npos) << after;
    EXPECT_EQ(server.requestCount(), 1U) << "a new size needs no request";
    terminal.signal(SIGINT);
    EXPECT_EQ(terminal.wait(), 130);
}

TEST_F(OverviewWatchProgram, CutsLinesToTheWidthOfTheTerminal) {
    data.setStatus("b1", "error");
    for (const auto columns : std::array<unsigned short, 3>{20, 30, 60}) {
        test::PseudoTerminal terminal(singleRefresh(), columns, 24);
        std::string text = terminal.readUntil(endOfScreen);
        EXPECT_NE(text.find("\x1b[31m"), std::string::npos) << text;
        text = std::regex_replace(text, std::regex("\x1b\\[[0-9;]*[A-Za-z]|\r"), "");
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) EXPECT_LT(displayWidth(line), columns) << line;
        terminal.signal(SIGINT);
        EXPECT_EQ(terminal.wait(), 130);
    }
}

TEST_F(OverviewWatchProgram, CountsOmittedRowsOnALowScreen) {
    for (const char* os : {"android", "macos", "windows", "tvos"}) {
        BuildSpec spec;
        spec.id = spec.os = os;
        spec.createdAt = std::chrono::system_clock::now();
        data.add(spec);
    }
    const std::string text = runOnTerminal("xterm", "stty rows 10; ").text;
    EXPECT_NE(text.find("left out for lack of lines: 2 rows without trouble"), std::string::npos) << text;
}

TEST_F(OverviewWatchProgram, EndsSilentlyWhenTheReaderCloses) {
    const test::SignalledCommand command(watch("--interval 1s"));
    const std::string closed = command.file("closed");  // exists after the reader has closed the pipe
    server.setHook([&](const mock::RecordedRequest&) -> std::optional<mock::ScriptedResponse> {
        if (server.requestCount() == 1) return std::nullopt;
        for (int i = 0; i < 3'000 && !std::filesystem::exists(closed); ++i) std::this_thread::sleep_for(10ms);
        if (server.requestCount() == 2) return std::nullopt;
        command.signal(SIGINT);  // a third request: the program has not ended
        return test::responseThatNeverArrives();
    });
    EXPECT_EQ(test::shell("{ " + command.text() + "; echo code $? >&2; } | { head -n 1 | cut -c 1-2; exec <&-; touch " +
                          closed + "; }")
                  .text,
              "OS\ncode 0\n");
}

}  // namespace
}  // namespace applivery::program
