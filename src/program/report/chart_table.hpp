/// @file
/// The values of a chart as an HTML table, for people who do not see the chart.
#pragma once

#include "report/chart.hpp"

#include <string>

namespace applivery::program {

[[nodiscard]] std::string chartTableHtml(const Chart& chart);

}  // namespace applivery::program
