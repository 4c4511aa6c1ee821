/// @file
/// Lists of the groups of a report's page, each in another order than the table.
#pragma once

#include "report/report.hpp"

#include <string>
#include <vector>

namespace applivery::program {

/// Returns an element that the reader can open, with the groups by name, failure rate, processing time, age and number
/// of builds. Each group is a link to its section.
/// @param groups in the order of their sections on the page.
[[nodiscard]] std::string groupOrders(const Report& report, const std::vector<const BuildGroup*>& groups);

}  // namespace applivery::program
