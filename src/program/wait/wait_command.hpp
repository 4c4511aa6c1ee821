/// @file
/// `applivery-builds wait`: waits until a build is processed, with a result that a CI job can use.
#pragma once

#include "wait/wait_options.hpp"

#include <string>

namespace applivery::program {

/// Prints to standard output that the command line was refused, as a JSON document.
void printWaitRefusal(const std::string& message);

/// Runs the command. @return the exit code of the process.
[[nodiscard]] ExitCode wait(WaitCommandOptions options);

}  // namespace applivery::program
