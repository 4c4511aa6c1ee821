/// @file
/// Draws charts as inline SVG, for a page without scripts. Each chart has a text alternative. The page's style sheet
/// colors the series. Each meaning of a color is shown in a second way, such as a pattern or a dashed line.
#pragma once

#include "report/chart.hpp"

#include <string>

namespace applivery::program {

/// Returns the chart as SVG, which fills the width of its container.
[[nodiscard]] std::string chartSvg(const Chart& chart);

/// Returns an invisible SVG that defines the fill patterns of the style sheet. Insert this SVG once in a page, before
/// the charts.
[[nodiscard]] std::string svgPatterns();

}  // namespace applivery::program
