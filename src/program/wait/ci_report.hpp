/// @file
/// The verdict of a wait, told to the system that runs the CI job, in its own way. Nothing of the service's text acts
/// there.
#pragma once

#include <applivery/build.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace applivery::program {

enum class CiSystem { none, github, azure };

/// Which one runs this process, by its environment.
[[nodiscard]] CiSystem detectCi();

/// What later steps of a job may need, by name: `build-id`, `status` and so on.
using CiValues = std::vector<std::pair<std::string, std::string>>;

struct CiVerdict {
    std::string title;      ///< What the job waited for, in a few words.
    std::string text;       ///< One sentence.
    std::string errorCode;  ///< Of the service; empty where there is none.
    bool isFailure = false;
    CiValues values;
};

/// Prints and writes what the system takes: an error once, outputs, a summary. @return what could not be written.
[[nodiscard]] std::optional<std::string> reportTo(CiSystem system, const CiVerdict& verdict);

/// Why nothing could be written there. What is there stays.
[[nodiscard]] std::optional<std::string> checkEnvFile(const std::string& path);

/// The values as `APPLIVERY_BUILD_ID=...`, a line each, for systems that read such a file. Characters that a shell
/// could take for more than text become `_`. @return why not.
[[nodiscard]] std::optional<std::string> writeEnvFile(const std::string& path, const CiValues& values);

}  // namespace applivery::program
