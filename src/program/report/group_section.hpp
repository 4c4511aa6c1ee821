/// @file
/// The section of a report's page about one app and system: small charts and a table by week.
#pragma once

#include "report/chart.hpp"
#include "report/report.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace applivery::program {

/// Returns the charts in a grid, and below it a sentence for each chart without a value.
/// @param classes of the grid, in the page's style sheet.
[[nodiscard]] std::string chartGrid(const std::vector<Chart>& charts, const char* classes);

/// Returns the section of a group.
/// @param position of the section on the page, from 0.
/// @param hasTooltips whether each value has a tooltip, which makes the page larger.
[[nodiscard]] std::string groupSection(const Report& report, const BuildGroup& group, std::size_t position,
                                       bool hasTooltips);

}  // namespace applivery::program
