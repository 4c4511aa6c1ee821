/// @file
/// `applivery-builds overview`: prints the state of each app and system, once or repeatedly.
#pragma once

#include "overview/overview_options.hpp"

namespace applivery::program {

[[nodiscard]] ExitCode overview(const OverviewOptions& options);

}  // namespace applivery::program
