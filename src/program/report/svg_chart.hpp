/// @file
/// Draws charts as inline SVG, for a page without scripts. Each chart has a text alternative. The page's style sheet
/// colors the series. No color is the only sign of a meaning.
#pragma once

#include "report/chart.hpp"

#include <string>

namespace applivery::program {

/// Returns the chart as SVG, which fills the width of its container.
[[nodiscard]] std::string chartSvg(const Chart& chart);

/// Returns an SVG without a size, which defines the patterns of the style sheet. It precedes the charts of a page.
[[nodiscard]] std::string svgPatterns();

}  // namespace applivery::program
