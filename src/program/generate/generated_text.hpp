/// @file
/// What is made from the definition of the options: the man page and the completions of shells.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace applivery::program {

/// In the language of man(7).
[[nodiscard]] std::string manPage(const CLI::App& app);

// To be read by the shell.
[[nodiscard]] std::string bashCompletion(const CLI::App& app);
[[nodiscard]] std::string zshCompletion(const CLI::App& app);
[[nodiscard]] std::string fishCompletion(const CLI::App& app);

}  // namespace applivery::program
