/// @file
/// Builds with private texts, and the program with --record.
#pragma once

#include "mock_server/responses.hpp"
#include "mock_server/temporary_directory.hpp"
#include "program/program_test.hpp"
#include "program/running_mock_server.hpp"
#include "recording/recorder.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace applivery::test {

inline mock::BuildSpec privateBuild(const std::string& os, const std::string& status = "error") {
    mock::BuildSpec spec;
    spec.id = os == "ios" ? "6731e9e7a1b2c3d4e5f60718" : "6731e9e7a1b2c3d4e5f60719";
    spec.os = os;
    spec.hasPackage = true;
    spec.status = status;
    spec.versionName = "feature/login-for-ada";
    spec.versionCode = "2482";
    spec.tags = {"nightly", "for the board"};
    spec.error = "The profile of Ada Keller has expired";
    spec.errorCode = "E1001";
    spec.tag = "release-of-ada";
    spec.buildNumber = "90412";
    spec.commitMessage = "Fix what Grace found\n";
    spec.buildPlatform = os == "ios" ? "macos" : "xbox-series";
    spec.disabled = true;
    return spec;
}

/// Returns a response whose body is cut off within a text.
inline mock::ScriptedResponse cutOffBody() {
    const std::string received = R"({"status":true,"data":{"items":[{"os":"ios","changelog":"for Ada)";
    mock::ScriptedResponse cut = mock::ok(received + R"("}]}})");
    cut.headers.emplace_back("Content-Encoding", "identity");  // otherwise, the server compresses the body
    cut.cutAfter = received.size();
    return cut;
}

class Recording : public ListCommand {
protected:
    Recording() { data.assign({mock::makeBuild(privateBuild("ios")), mock::makeBuild(privateBuild("android"))}); }

    [[nodiscard]] Outcome record(const std::string& arguments = "") const {
        return shell(command("--record " + file + ' ' + arguments));
    }

    [[nodiscard]] std::string content() const {
        std::ifstream stream(file);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    [[nodiscard]] std::vector<std::string> lines() const {
        std::istringstream stream(content());
        std::vector<std::string> lines;
        for (std::string line; std::getline(stream, line);) lines.push_back(line);
        return lines;
    }

    const mock::TemporaryDirectory directory;
    const std::string file = (directory.path() / "recording.ndjson").string();
};

}  // namespace applivery::test
