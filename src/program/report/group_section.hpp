/// @file
/// The section of a report's page about one app and system: small charts and a table by week.
#pragma once

#include "report/report.hpp"
#include "report/report_charts.hpp"

#include <cstddef>
#include <string>

namespace applivery::program {

/// Returns a figure. @param none text to show if the chart has no value.
[[nodiscard]] std::string figureOf(const Picture& picture, const char* none);

/// Returns the section of a group. @param number its position on the page.
/// @param hasTooltips whether each value has a tooltip, which makes the page larger.
[[nodiscard]] std::string groupSection(const Report& report, const BuildGroup& group, std::size_t number,
                                       bool hasTooltips);

}  // namespace applivery::program
