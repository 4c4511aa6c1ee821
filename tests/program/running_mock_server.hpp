/// @file
/// applivery-mock-server as a child process.
#pragma once

#include "mock_server/child_process.hpp"
#include "mock_server/sample_workspace.hpp"
#include "program/program_test.hpp"

#include <applivery/applivery.hpp>

#include <httplib.h>

#include <chrono>
#include <csignal>
#include <string>
#include <utility>
#include <vector>

namespace applivery::test {

using namespace std::chrono_literals;
namespace sample = mock::sample;

inline const std::string mockServer = APPLIVERY_MOCK_SERVER_PROGRAM;

/// Runs applivery-mock-server from construction to destruction.
class Running {
public:
    explicit Running(std::vector<std::string> arguments = {}) : process_(commandLine(std::move(arguments))) {
        baseUrl = process_.readLine();
    }

    [[nodiscard]] BuildsClient client(const std::string& token = sample::appToken) const {
        return BuildsClient(AppToken{token}, options());
    }
    [[nodiscard]] ClientOptions options() const {
        ClientOptions options;
        options.baseUrl = baseUrl;
        options.retry.initialDelay = 1ms;
        return options;
    }
    [[nodiscard]] httplib::Client plain() const { return httplib::Client(baseUrl); }
    std::string readLine() { return process_.readLine(); }
    mock::ProcessResult end() {
        process_.signal(SIGTERM);
        return process_.wait();
    }
    int stop() { return end().code; }

    std::string baseUrl;

private:
    static std::vector<std::string> commandLine(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), mockServer);
        return arguments;
    }

    mock::ChildProcess process_;
};

/// Uploads a build. @return the response, or an empty text if the server refuses the upload.
inline std::string upload(const Running& server, const std::string& parameters) {
    auto plain = server.plain();
    const auto answer = plain.Post("/mock/uploads?" + parameters);
    return answer && answer->status == 200 ? answer->body : "";
}

}  // namespace applivery::test
