/// @file
/// The section of a report's page about one app and system: small charts and a table by week.
#pragma once

#include "report/report.hpp"
#include "report/report_charts.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace applivery::program {

/// A picture, and the sentence to show if it has no value.
struct FigureContent {
    Picture picture;
    const char* none;
};

/// Returns figures in a grid, and then the sentences of those without a value. @param classes of the grid.
[[nodiscard]] std::string figuresOf(const std::vector<FigureContent>& figures, const char* classes);

/// Returns the section of a group. @param number its position on the page.
/// @param hasTooltips whether each value has a tooltip, which makes the page larger.
[[nodiscard]] std::string groupSection(const Report& report, const BuildGroup& group, std::size_t number,
                                       bool hasTooltips);

}  // namespace applivery::program
