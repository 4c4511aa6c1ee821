/// @file
/// `applivery-builds overview`: prints the state of each app and system, once or repeatedly.
#pragma once

#include "overview/overview_options.hpp"

#include <chrono>

namespace applivery::program {

/// Returns the time from one refresh of a watch to the next: OverviewOptions::interval, or longer so that the requests
/// stay below the service's hourly limit.
/// @param requests number of requests of the last refresh.
[[nodiscard]] std::chrono::milliseconds intervalOf(const OverviewOptions& options, int requests);

[[nodiscard]] ExitCode overview(const OverviewOptions& options);

}  // namespace applivery::program
