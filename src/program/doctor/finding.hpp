/// @file
/// The results of the checks of `doctor`.
#pragma once

#include "exit_code.hpp"

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
    ExitCode code = ExitCode::done;  ///< Exit code of a failed check.
};

using Findings = std::vector<Finding>;

[[nodiscard]] inline Finding pass(std::string check, std::string found) {
    return {std::move(check), Verdict::ok, std::move(found)};
}
[[nodiscard]] inline Finding warn(std::string check, std::string found, std::string advice) {
    return {std::move(check), Verdict::warning, std::move(found), std::move(advice)};
}
[[nodiscard]] inline Finding fail(std::string check, ExitCode code, std::string found, std::string advice) {
    return {std::move(check), Verdict::failed, std::move(found), std::move(advice), code};
}
[[nodiscard]] inline Finding skip(std::string check, std::string reason) {
    return {std::move(check), Verdict::skipped, std::move(reason)};
}

}  // namespace applivery::program
