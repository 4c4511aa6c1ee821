/// @file
/// The results of the checks of `doctor`.
#pragma once

#include "exit_code.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace applivery::program {

enum class Verdict { ok, warning, failed, skipped };

/// The result of one check. Users share it, so its texts contain no secret, no name, and nothing of a build.
struct Finding {
    std::string check;  ///< Name of the check, such as `token`.
    Verdict verdict = Verdict::ok;
    std::string found;
    std::string advice{};            ///< What the user can do; empty if there is nothing to do.
    ExitCode code = ExitCode::done;  ///< Exit code if the check failed.
};

using Findings = std::vector<Finding>;

/// A fault that a check can find. The texts are formats of fmt.
struct Fault {
    const char* check;
    Verdict verdict;
    const char* found;
    const char* advice;
};

/// Returns the finding for a fault. Inserts the arguments into both texts of the fault.
template <typename... Args>
[[nodiscard]] Finding describe(const Fault& fault, ExitCode code, const Args&... args) {
    const auto text = [&](const char* format) { return fmt::vformat(format, fmt::make_format_args(args...)); };
    return {fault.check, fault.verdict, text(fault.found), text(fault.advice), code};
}

[[nodiscard]] inline Finding pass(std::string check, std::string found) {
    return {std::move(check), Verdict::ok, std::move(found)};
}
[[nodiscard]] inline Finding skip(std::string check, std::string reason) {
    return {std::move(check), Verdict::skipped, std::move(reason)};
}

}  // namespace applivery::program
