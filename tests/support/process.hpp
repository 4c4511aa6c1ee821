/// @file
/// Runs shell commands.
#pragma once

#include <array>
#include <cstdio>
#include <string>
#include <sys/wait.h>

namespace applivery::test {

struct Outcome {
    int code = -1;     ///< 128 plus the signal's number if a signal ended the program.
    std::string text;  ///< Standard output and standard error.
};

inline Outcome runInShell(const std::string& command) {
    Outcome outcome;
    std::FILE* const pipe = popen(("{ " + command + "; } 2>&1").c_str(), "r");
    std::array<char, 4096> buffer{};
    for (std::size_t count = 0; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
        outcome.text.append(buffer.data(), count);
    }
    const int status = pclose(pipe);
    outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return outcome;
}

}  // namespace applivery::test
