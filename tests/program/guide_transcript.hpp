/// @file
/// Transcripts of the guide: runs each command of a block and compares the output.
#pragma once

#include "mock_server/mock_server.hpp"
#include "program/program_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::test {

/// Returns the lines of a block of code that contains a line with this beginning.
/// @param number Position among the blocks with such a line, from 1.
inline std::vector<std::string> blockWith(const std::string& page, const std::string& beginning, int number = 1) {
    std::ifstream file(APPLIVERY_GUIDE "/" + page);
    std::vector<std::string> block;
    bool isInside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("```", 0) != 0) {
            block.push_back(line);
            continue;
        }
        const bool isMatch = isInside && std::any_of(block.begin(), block.end(), [&](const std::string& text) {
                                 return text.rfind(beginning, 0) == 0;
                             });
        if (isMatch && --number == 0) return block;
        isInside = !isInside;
        block.clear();
    }
    ADD_FAILURE() << page << " has too few blocks with a line that begins with " << beginning;
    return {};
}

/// Replaces times, the delimiters of CI outputs and the version of libcurl, which differ from run to run.
inline std::string withoutVariableText(std::string text) {
    text = std::regex_replace(text, std::regex("libcurl/.*"), "LIBCURL");
    text = std::regex_replace(text, std::regex("applivery_[0-9a-f]{32}"), "applivery_DELIMITER");
    text = std::regex_replace(text, std::regex("\\b[0-9]+s\\b|\\b[0-9]+\\.[0-9] ms\\b"), "TIME");
    return std::regex_replace(text, std::regex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z"), "DATE");
}

/// Returns the final text of a terminal without colors. Keeps only the last version of a rewritten line.
inline std::vector<std::string> onScreen(const std::string& output) {
    std::vector<std::string> lines;
    std::istringstream stream(std::regex_replace(output, std::regex("\x1b\\[[0-9;]*m"), ""));
    for (std::string line; std::getline(stream, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        constexpr std::string_view restart = "\r\x1b[K";
        const std::size_t last = line.rfind(restart);
        if (last != std::string::npos) line.erase(0, last + restart.size());
        lines.push_back(line);
    }
    return lines;
}

struct Terminal {
    int columns = 0;  ///< 0 without a terminal.
};

class GuideTranscript : public testing::Test {
protected:
    explicit GuideTranscript(const mock::MockServerOptions& options = {}) : server_(options) {
        mock::sample::addTo(server_);
    }

    /// Runs the commands of a block in a folder of the test. Compares their output with the other lines of the block.
    /// @param code expected exit code of the last command.
    void compare(const std::vector<std::string>& block, const std::string& environment, Terminal terminal = {},
                 int code = 0) {
        std::vector<std::string> shown;
        std::ofstream script(file("run"));
        script << "cd " << folder_.path() << "\nexport PATH=" << std::filesystem::path(program).parent_path()
               << ":$PATH APPLIVERY_BASE_URL=" << server_.baseUrl() << ' ' << environment << '\n';
        if (terminal.columns > 0) script << "stty cols " << terminal.columns << '\n';
        for (const std::string& line : block) {
            if (line.rfind("$ ", 0) == 0) {
                script << line.substr(2) << '\n';
            } else {
                shown.push_back(withoutVariableText(line));
            }
        }
        script.close();
        const std::string run = "sh " + file("run");
        const Outcome outcome =
            shell(terminal.columns > 0 ? "export TERM=xterm; script -qec \"" + run + "\" /dev/null" : run);
        EXPECT_EQ(outcome.code, code) << outcome.text;
        std::vector<std::string> printed = onScreen(outcome.text);
        std::transform(printed.begin(), printed.end(), printed.begin(), withoutVariableText);
        EXPECT_EQ(printed, shown) << outcome.text;
    }

    [[nodiscard]] std::string file(const char* name) const { return (folder_.path() / name).string(); }

    mock::MockServer server_;
    mock::TemporaryDirectory folder_;
};

}  // namespace applivery::test
