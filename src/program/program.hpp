/// @file
/// The program `applivery-builds` without main(), for tests and the demonstration.
#pragma once

#include <string>
#include <vector>

namespace applivery::program {

/// Runs a command line, given without the name of the program. @return the exit code of the process.
[[nodiscard]] int run(const std::vector<std::string>& arguments);

}  // namespace applivery::program
