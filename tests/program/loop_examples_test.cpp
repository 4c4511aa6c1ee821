/// @file
/// Runs the examples for event loops against the mock server.
#include "mock_server/build_generator.hpp"
#include "program/program_test.hpp"
#include "support/delayed_response.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <optional>
#include <string>

namespace applivery::test {
namespace {

class LoopExamples : public testing::Test {
protected:
    LoopExamples() { mock::sample::addTo(server, mock::generateBuilds(250)); }

    static std::string path(const std::string& example) { return APPLIVERY_EXAMPLES_DIR "/applivery-" + example; }

    // Runs a command line in a shell. Qt needs no screen for its window.
    [[nodiscard]] Outcome run(const std::string& commandLine) const {
        return shell("export QT_QPA_PLATFORM=offscreen APPLIVERY_BASE_URL=" + server.baseUrl() +
                     " APPLIVERY_APP_TOKEN=" + mock::sample::appToken + "; " + commandLine);
    }

    // Interrupts the command when it requests the second page. That page never arrives.
    void interruptOnTheSecondPage(const SignalledCommand& command) {
        server.setHook([&](const mock::RecordedRequest& request) -> std::optional<mock::ScriptedResponse> {
            if (request.parameter("page") == "1") return std::nullopt;
            if (request.parameter("page") == "2")
                command.signal(SIGINT);  // only for one page, because the third is requested too
            return test::responseThatNeverArrives();
        });
    }

    mock::MockServer server;
};

class AsioExample : public LoopExamples {};

class QtExample : public LoopExamples {
protected:
    // Qt does not free its offscreen platform.
    const SignalledCommand command{"env ASAN_OPTIONS=detect_leaks=0 " + path("qt_list")};
};

TEST_F(AsioExample, ListsAllBuilds) {
    const Outcome outcome = run(path("asio_list"));
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_EQ(std::count(outcome.text.begin(), outcome.text.end(), '\n'), 250) << outcome.text;
}

TEST_F(AsioExample, EndsWhenItIsClosed) {
    const SignalledCommand command(path("asio_list"));
    interruptOnTheSecondPage(command);
    const Outcome outcome = run(command.text());
    EXPECT_EQ(outcome.code, 1) << outcome.text;
    EXPECT_NE(outcome.text.find("cancelled"), std::string::npos) << outcome.text;
}

// The window is closed after the list has arrived.
TEST_F(QtExample, ListsAllBuilds) {
    const Outcome outcome =
        run("{ " + command.text() + "; echo ended by $?; } | while read -r line; do echo \"$line\"; " + "kill -s INT " +
            command.process() + " 2> /dev/null; done");
    EXPECT_NE(outcome.text.find("250 builds\nended by 0\n"), std::string::npos) << outcome.text;
}

// The loop handles the closing of the window, and the iteration ends before the program.
TEST_F(QtExample, EndsWhenItsWindowIsClosed) {
    interruptOnTheSecondPage(command);
    const Outcome outcome = run(command.text());
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_NE(outcome.text.find("cancelled"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("\n100 builds\n"), std::string::npos) << outcome.text;
}

}  // namespace
}  // namespace applivery::test
