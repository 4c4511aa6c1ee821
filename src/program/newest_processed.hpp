/// @file
/// The newest processed builds of apps, also from before the period of a report.
#pragma once

#include "build_selection.hpp"
#include "connection.hpp"

#include <applivery/build.hpp>
#include <applivery/cancellation.hpp>

#include <functional>
#include <string>
#include <vector>

namespace applivery::program {

/// Requests one page of processed builds for each app, four apps at a time. Sends nothing if the selection has another
/// status. All requests together take at most 30 seconds, and a second more for each app; then they are cancelled.
/// @param visit receives each build of these pages that matches the selection, except for `since`. A failed request
/// yields no build.
void readNewestProcessed(const Connection& connection, const BuildSelection& selection,
                         const std::vector<std::string>& apps, const CancellationToken& cancel,
                         const std::function<void(const std::string& app, const Build& build)>& visit);

}  // namespace applivery::program
