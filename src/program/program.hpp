/// @file
/// The program `applivery-builds`, apart from main(): the demonstration runs the same code.
#pragma once

#include <string>
#include <vector>

namespace applivery::program {

/// Runs one command line, without the program's name. @return the exit code.
[[nodiscard]] int run(std::vector<std::string> arguments);

}  // namespace applivery::program
