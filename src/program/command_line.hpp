/// @file
/// Checks of the command line that all commands have in common, and messages about invalid command lines.
#pragma once

#include "command.hpp"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace applivery::program {

/// Completes the options of a command after they were read: adds the apps of `--apps-file`, and checks the options
/// together. Throws CLI::ValidationError.
void completeOptions(Command& command);

/// Returns whether the arguments contain `-o json`. For an invalid command line, of which CLI11 stores no options.
[[nodiscard]] bool requestsJson(const std::vector<std::string>& arguments);

/// Empties the existing files that `--env-file` names, so that no result of an earlier wait remains if the command line
/// is invalid. Does nothing for a command without this option. @return the error.
[[nodiscard]] std::optional<std::string> emptyEnvFiles(const CLI::App& app, const std::vector<std::string>& arguments);

/// Returns the message for an invalid command line. The message never repeats values, because a value may be a token.
[[nodiscard]] std::string messageOf(const CLI::App& app, const CLI::ParseError& error);

}  // namespace applivery::program
