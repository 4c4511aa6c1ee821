/// @file
/// The man page and the completions of shells, generated from the definition of the options.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace applivery::program {

/// Returns the man page in the language of man(7).
[[nodiscard]] std::string manPage(const CLI::App& app);

/// @{
/// Returns a script by which the shell completes the names of commands and options.
[[nodiscard]] std::string bashCompletion(const CLI::App& app);
[[nodiscard]] std::string zshCompletion(const CLI::App& app);
[[nodiscard]] std::string fishCompletion(const CLI::App& app);
/// @}

}  // namespace applivery::program
