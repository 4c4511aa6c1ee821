/// @file
/// Runs the program as a process: exit code and output.
#pragma once

#include "mock_server/demo_builds.hpp"
#include "mock_server/sample_workspace.hpp"
#include "mock_server/temporary_directory.hpp"
#include "support/delayed_response.hpp"
#include "support/process.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <sys/types.h>

namespace applivery::test {

/// The program under test. The variable APPLIVERY_TESTED_PROGRAM can name a script that runs the program for another
/// system.
inline const std::string program = [] {
    const char* const other = std::getenv("APPLIVERY_TESTED_PROGRAM");
    return std::string(other != nullptr ? other : APPLIVERY_BUILDS_PROGRAM);
}();

/// Beginning of a command line that removes the credentials and the variables of CI systems from the environment.
inline const std::string cleanEnvironment =
    "env -u APPLIVERY_APP_TOKEN -u APPLIVERY_SERVICE_ACCOUNT_TOKEN -u APPLIVERY_ORGANIZATION_ID "
    "-u APPLIVERY_APPLICATION_ID -u APPLIVERY_BASE_URL -u APPLIVERY_TENANT -u APPLIVERY_BUILD_ID -u CI -u TF_BUILD "
    "-u JENKINS_URL -u TEAMCITY_VERSION -u GITHUB_ACTIONS -u GITHUB_OUTPUT -u GITHUB_STEP_SUMMARY ";

/// Runs a command line in the clean environment.
inline Outcome shell(const std::string& command) {
    return runInShell(cleanEnvironment + "sh -c '" + command + "'");
}

/// Sends a signal to a command when a condition holds. The command handles SIGINT even if a shell runs the tests in the
/// background and ignores SIGINT.
class SignalledCommand {
public:
    explicit SignalledCommand(const std::string& command) {
        std::ofstream(file("run")) << "echo $$ > " << file("process") << "\nexec env --default-signal=INT " << command
                                   << '\n';
    }

    /// Returns the command line, which can also stand in quotes.
    [[nodiscard]] std::string text() const { return "sh " + file("run"); }

    /// Returns a shell expression for the process id of the command.
    [[nodiscard]] std::string process() const { return "$(cat " + file("process") + ')'; }

    /// Returns shell commands that run the command, send SIGINT when the command handles signals, and exit with the
    /// exit code of the command.
    /// @param redirections of the command.
    [[nodiscard]] std::string interruptedText(const std::string& redirections) const {
        return text() + ' ' + redirections + " & until grep -q \"SigBlk:.*[1-9a-f]\" /proc/" + process() +
               "/status; do sleep 0.01; done 2>/dev/null; kill -INT " + process() + "; wait $!";
    }

    /// Sends a signal to the command if the command has started.
    void signal(int number) const {
        pid_t process = 0;
        if (std::ifstream(file("process")) >> process) kill(process, number);
    }

    /// Returns the path of a file in the directory of the command.
    [[nodiscard]] std::string file(const char* name) const { return (folder_.path() / name).string(); }

private:
    mock::TemporaryDirectory folder_;
};

class ListCommand : public testing::Test {
protected:
    ListCommand() : data(mock::sample::addTo(server, mock::demoBuilds())) {}

    [[nodiscard]] std::string command(const std::string& arguments,
                                      const std::string& token = mock::sample::appToken) const {
        return "APPLIVERY_APP_TOKEN=" + token + ' ' + program + " list --base-url " + server.baseUrl() + ' ' +
               arguments;
    }

    /// Returns a command line of any command.
    [[nodiscard]] std::string run(const std::string& arguments, const std::string& variables = "") const {
        return "APPLIVERY_APP_TOKEN=" + std::string(mock::sample::appToken) +
               " APPLIVERY_BASE_URL=" + server.baseUrl() + ' ' + variables + ' ' + program + ' ' + arguments;
    }

    /// Sends the signal after this number of requests. The last request receives no response.
    void signalAt(std::size_t requests, const SignalledCommand& command, int number) {
        server.setHook([=, &command](const mock::RecordedRequest&) -> std::optional<mock::ScriptedResponse> {
            if (server.requestCount() < requests) return std::nullopt;
            command.signal(number);
            return responseThatNeverArrives();
        });
    }

    mock::MockServer server;
    mock::BuildData& data;
};

}  // namespace applivery::test
