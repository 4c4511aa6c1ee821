/// @file
/// `applivery-builds list`: prints one page of builds, or all pages, of one app or several. `latest`: prints the newest
/// build that matches.
#pragma once

#include "list/list_options.hpp"

namespace applivery::program {

/// Runs `list`, or `latest` if ListOptions::isLatest.
[[nodiscard]] ExitCode list(const ListOptions& options);

}  // namespace applivery::program
