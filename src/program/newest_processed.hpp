/// @file
/// The newest processed builds of apps, also from before the period of a report.
#pragma once

#include "build_selection.hpp"
#include "connection.hpp"

#include <applivery/build.hpp>
#include <applivery/cancellation.hpp>

#include <map>
#include <string>
#include <vector>

namespace applivery::program {

/// Requests one page of processed builds for each app, several apps at a time, within 30 seconds.
/// @return the builds of these pages that match the selection, except for `since`, by app. A failed request yields
/// nothing. Sends nothing if the selection has another status.
[[nodiscard]] std::map<std::string, std::vector<Build>> newestProcessedBuilds(const Connection& connection,
                                                                              const BuildSelection& selection,
                                                                              const std::vector<std::string>& apps,
                                                                              const CancellationToken& cancel);

}  // namespace applivery::program
