/// @file
/// The examples in the loops of other libraries, against the mock of the service.
#include "mock_server/build_generator.hpp"
#include "program/program_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <optional>
#include <string>

namespace applivery::test {
namespace {

class LoopExamples : public testing::Test {
protected:
    LoopExamples() { mock::sample::addTo(server, mock::generateBuilds(250)); }

    static std::string path(const std::string& example) { return APPLIVERY_EXAMPLES_DIR "/applivery-" + example; }

    // Shows the window where there is no screen.
    [[nodiscard]] Outcome run(const std::string& commandLine) const {
        return shell("export QT_QPA_PLATFORM=offscreen APPLIVERY_BASE_URL=" + server.baseUrl() +
                     " APPLIVERY_APP_TOKEN=" + mock::sample::appToken + "; " + commandLine);
    }

    // Of the second page nothing ever comes: the command is interrupted instead.
    void interruptOnTheSecondPage(const SignalledCommand& command) {
        server.setHook([&](const mock::RecordedRequest& request) -> std::optional<mock::ScriptedResponse> {
            if (request.parameter("page") == "1") return std::nullopt;
            if (request.parameter("page") == "2") command.signal(SIGINT);  // once: the third is asked for too
            mock::ScriptedResponse never = mock::ok("{}");
            never.delay = std::chrono::hours{1};
            return never;
        });
    }

    mock::MockServer server;
};

class AsioExample : public LoopExamples {};

class QtExample : public LoopExamples {
protected:
    // Of its screen that is none, Qt frees nothing.
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

// Its window stays open, and is closed when the list is there.
TEST_F(QtExample, ListsAllBuilds) {
    const Outcome outcome =
        run("{ " + command.text() + "; echo ended by $?; } | while read -r line; do echo \"$line\"; " + "kill -s INT " +
            command.process() + " 2> /dev/null; done");
    EXPECT_NE(outcome.text.find("250 builds\nended by 0\n"), std::string::npos) << outcome.text;
}

// The loop is free to hear of the closing, and the walk ends before the program does.
TEST_F(QtExample, EndsWhenItsWindowIsClosed) {
    interruptOnTheSecondPage(command);
    const Outcome outcome = run(command.text());
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_NE(outcome.text.find("cancelled"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("\n100 builds\n"), std::string::npos) << outcome.text;
}

}  // namespace
}  // namespace applivery::test
