/// @file
/// Defines options that several commands have, for CLI11.
#pragma once

#include "build_walk.hpp"
#include "connection.hpp"
#include "option_checks.hpp"
#include "output_format.hpp"
#include "service_values.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

namespace applivery::program {

/// Defines the options that select the service, the credentials, the app and the recording.
void defineConnection(CLI::App& command, ConnectionOptions& options);

/// Defines `--apps-file` for a command that reads several apps. Adds to the help of `--app` that the option can be
/// repeated. Call defineConnection() before.
void defineAppsFile(CLI::App& command, ConnectionOptions& options);

/// Defines the filters that the service applies. This program applies them again, and applies `--os macos` and
/// `--os windows` alone, because the service does not document these filters.
void defineServiceFilter(CLI::App& command, BuildFilter& filter);

/// Defines the filters that this program applies to the builds that it received.
void defineLocalFilter(CLI::App& command, BuildSelection& selection);

/// Defines `--no-color`.
void defineNoColor(CLI::App& command, bool& hasNoColor);

/// Defines an option whose value is a text that is not empty.
CLI::Option* defineText(CLI::App& command, const char* name, std::optional<std::string>& text, const char* help);

/// Defines an option whose value is a file. Completions of shells offer files for it.
CLI::Option* defineFile(CLI::App& command, const char* name, std::string& file, const char* help);

/// Defines `--since`. Appends sentences to the help that are the same for all commands.
CLI::Option* defineSince(CLI::App& command, std::optional<TimePoint>& since, const char* help);

/// Defines an option whose value is a duration. The help names the default, which is the value of `duration`.
CLI::Option* defineDuration(CLI::App& command, const char* name, std::chrono::milliseconds& duration, const char* help);

/// Defines an option that takes one of a few names. The help lists them.
template <typename Enum, typename Target>
CLI::Option* defineChoice(CLI::App& command, const char* name, Target& target, const NamedValues<Enum>& choices,
                          std::string help) {
    std::vector<std::string> names;
    for (const auto& choice : choices) {
        help += (names.empty() ? ": " : ", ") + choice.first;
        names.push_back(choice.first);
    }
    const auto assign = [&target, choices](const std::string& text) {
        const auto isNamed = [&text](const auto& choice) { return choice.first == text; };
        target = std::find_if(choices.begin(), choices.end(), isNamed)->second;
    };
    return command.add_option_function<std::string>(name, assign, help)->transform(oneOf(std::move(names)));
}

/// Returns the end of a command's help: credentials, examples and exit codes.
[[nodiscard]] std::string helpFooter(const std::string& examples);

}  // namespace applivery::program
