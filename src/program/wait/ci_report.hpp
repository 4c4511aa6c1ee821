/// @file
/// Reports the result of a wait to the CI system that runs the job, in the system's own format. Text of the service
/// cannot act there as a command.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery::program {

enum class CiSystem { none, github, azure, teamcity };

/// Returns the CI system that runs this process, by the environment.
[[nodiscard]] CiSystem detectCi();

/// Messages about files and streams that could not be written.
using WriteErrors = std::vector<std::string>;

/// Names and values for later steps of a job: `build-id`, `build-status` and so on.
using CiValues = std::vector<std::pair<std::string, std::string>>;

/// The result of a wait, for a CI system.
struct CiVerdict {
    std::string title;      ///< Names the build, in a few words.
    std::string text;       ///< One sentence.
    std::string errorCode;  ///< Build::errorCode; empty if there is none.
    bool isFailure = false;
    bool printsDocument = false;  ///< Whether standard output must contain nothing but a JSON document.
    CiValues values;
};

/// Prints and writes what the CI system reads: an error after a failure, outputs or variables, and a summary.
[[nodiscard]] WriteErrors reportTo(CiSystem system, const CiVerdict& verdict);

/// Checks that a file can be written, and leaves its content unchanged. @return the error.
[[nodiscard]] std::optional<std::string> checkEnvFile(const std::string& path);

/// Writes the values as lines such as `APPLIVERY_BUILD_ID=...`. Replaces characters that have a meaning in a shell
/// with `_`.
///
/// Writes at most 20 variables with values of at most 200 bytes: GitLab accepts 20 variables and 5 kB in all.
/// @return the error.
[[nodiscard]] std::optional<std::string> writeEnvFile(const std::string& path, const CiValues& values);

}  // namespace applivery::program
