/// @file
/// `applivery-builds overview`: prints the state of each app and system, once or repeatedly.
#pragma once

#include "overview/overview_options.hpp"

namespace applivery::program {

/// Runs the command. @return the exit code of the process.
[[nodiscard]] ExitCode overview(const OverviewOptions& options);

}  // namespace applivery::program
