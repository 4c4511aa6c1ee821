/// @file
/// The program as a CI job sees it: a process, its exit code, and what it prints.
#pragma once

#include "mock_server/demo_builds.hpp"
#include "mock_server/sample_workspace.hpp"
#include "mock_server/temporary_directory.hpp"
#include "support/process.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstddef>
#include <fstream>
#include <optional>
#include <string>
#include <sys/types.h>

namespace applivery::test {

inline const std::string program = APPLIVERY_BUILDS_PROGRAM;

/// Runs a command line with nothing of this process's credentials.
inline Outcome shell(const std::string& command) {
    return runInShell(
        "env -u APPLIVERY_APP_TOKEN -u APPLIVERY_SERVICE_ACCOUNT_TOKEN -u APPLIVERY_ORGANIZATION_ID "
        "-u APPLIVERY_APPLICATION_ID -u APPLIVERY_BASE_URL -u APPLIVERY_TENANT sh -c '" +
        command + "'");
}

/// A command that is sent a signal when something has come to pass, however long that takes. It heeds SIGINT also where
/// the tests run in the background of a shell, which ignores it.
class SignalledCommand {
public:
    explicit SignalledCommand(const std::string& command) {
        std::ofstream(file("run")) << "echo $$ > " << file("process") << "\nexec env --default-signal=INT " << command
                                   << '\n';
    }

    /// What a shell runs; in quotes too.
    [[nodiscard]] std::string text() const { return "sh " + file("run"); }

    /// For a shell, that of the command that runs.
    [[nodiscard]] std::string process() const { return "$(cat " + file("process") + ')'; }

    /// Where it has not begun yet: nothing.
    void signal(int number) const {
        pid_t process = 0;
        if (std::ifstream(file("process")) >> process) kill(process, number);
    }

    /// In a directory of its own.
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

    static mock::ScriptedResponse never() {
        mock::ScriptedResponse answer = mock::ok("{}");
        answer.delay = std::chrono::hours{1};
        return answer;
    }

    /// Once so many requests have come: the last of them is never answered.
    void signalAt(std::size_t requests, const SignalledCommand& command, int number) {
        server.setHook([=, &command](const mock::RecordedRequest&) -> std::optional<mock::ScriptedResponse> {
            if (server.requestCount() < requests) return std::nullopt;
            command.signal(number);
            return never();
        });
    }

    mock::MockServer server;
    mock::BuildData& data;
};

}  // namespace applivery::test
