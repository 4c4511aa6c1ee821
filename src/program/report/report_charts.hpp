/// @file
/// Bar charts of a report: the most frequent error codes, branches and uploaders.
#pragma once

#include "report/chart.hpp"
#include "report/report.hpp"

#include <string>

namespace applivery::program {

/// @{
/// Returns a bar for each of the most frequent error codes, branches or uploaders.
[[nodiscard]] Chart failureChart(const Report& report);
[[nodiscard]] Chart branchChart(const Report& report);
[[nodiscard]] Chart uploaderChart(const Report& report);
/// @}

/// Returns the name of the app, followed by a space; empty if there is only one app.
[[nodiscard]] std::string appPrefix(const Report& report, const std::string& app);

/// Returns the version name of the build, or `no version`.
[[nodiscard]] std::string versionNameOf(const BuildBrief& build);

}  // namespace applivery::program
