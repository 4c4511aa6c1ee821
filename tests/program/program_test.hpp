/// @file
/// The program as a CI job sees it: a process, its exit code, and what it prints.
#pragma once

#include "mock_server/demo_builds.hpp"
#include "mock_server/sample_workspace.hpp"
#include "support/process.hpp"

#include <gtest/gtest.h>

#include <string>

namespace applivery::test {

inline const std::string program = APPLIVERY_BUILDS_PROGRAM;

/// Runs a command line with nothing of this process's credentials.
inline Outcome shell(const std::string& command) {
    return runInShell(
        "env -u APPLIVERY_APP_TOKEN -u APPLIVERY_SERVICE_ACCOUNT_TOKEN -u APPLIVERY_ORGANIZATION_ID "
        "-u APPLIVERY_APPLICATION_ID -u APPLIVERY_BASE_URL -u APPLIVERY_TENANT sh -c '" +
        command + "'");
}

class ListCommand : public testing::Test {
protected:
    ListCommand() : data(mock::sample::addTo(server, mock::demoBuilds())) {}

    [[nodiscard]] std::string command(const std::string& arguments,
                                      const std::string& token = mock::sample::appToken) const {
        return "APPLIVERY_APP_TOKEN=" + token + ' ' + program + " list --base-url " + server.baseUrl() + ' ' +
               arguments;
    }

    mock::MockServer server;
    mock::BuildData& data;
};

}  // namespace applivery::test
