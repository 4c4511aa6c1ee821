/// @file
/// What `doctor` finds: one line of it, for people and for programs.
#pragma once

#include "exit_code.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace applivery::program {

enum class Verdict { ok, warning, failed, skipped };

/// Its texts hold no secret, and no name and no text of anybody's builds: it is made to be handed on.
struct Finding {
    std::string check;  ///< What was looked at, such as `token`.
    Verdict verdict = Verdict::ok;
    std::string found;
    std::string advice{};  ///< What to do about it. Empty: nothing.
    ExitCode code = done;  ///< Where it failed.
};

using Findings = std::vector<Finding>;

[[nodiscard]] inline Finding good(std::string check, std::string found) {
    return {std::move(check), Verdict::ok, std::move(found)};
}
[[nodiscard]] inline Finding doubtful(std::string check, std::string found, std::string advice) {
    return {std::move(check), Verdict::warning, std::move(found), std::move(advice)};
}
[[nodiscard]] inline Finding bad(std::string check, ExitCode code, std::string found, std::string advice) {
    return {std::move(check), Verdict::failed, std::move(found), std::move(advice), code};
}
[[nodiscard]] inline Finding skipped(std::string check, std::string why) {
    return {std::move(check), Verdict::skipped, std::move(why)};
}

}  // namespace applivery::program
