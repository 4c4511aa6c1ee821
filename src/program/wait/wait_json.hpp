/// @file
/// The JSON documents of the command `wait`.
#pragma once

#include "exit_code.hpp"
#include "wait/wait_options.hpp"

#include <applivery/build_waiter.hpp>
#include <applivery/error.hpp>

#include <string>
#include <vector>

namespace applivery::program {

/// Returns the document of a wait that ended with an outcome for each build.
/// @param results result of each build.
/// @param codes exit code of each build.
[[nodiscard]] std::string waitOutcomeJson(const WaitCommandOptions& options, const std::vector<WaitResult>& results,
                                          const std::vector<ExitCode>& codes);

/// Returns the document of a wait that ended with an error: the error, and the results from before the error.
[[nodiscard]] std::string waitFailureJson(const WaitCommandOptions& options, const std::vector<WaitResult>& results,
                                          const Error& error);

/// Returns the document of a wait that did not begin.
[[nodiscard]] std::string waitFailureJson(const Error& error);

}  // namespace applivery::program
