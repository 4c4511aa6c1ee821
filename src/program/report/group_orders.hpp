/// @file
/// Lists of the groups of a report's page, sorted by values of the table. The table itself is sorted by urgency.
#pragma once

#include "report/report.hpp"

#include <string>
#include <vector>

namespace applivery::program {

/// Returns a `<details>` element, which the reader can open, with the groups by name, failure rate, processing time,
/// age and number of builds. Each group is a link to its section.
/// @param groups in the order of their sections on the page.
[[nodiscard]] std::string groupOrders(const Report& report, const std::vector<const BuildGroup*>& groups);

}  // namespace applivery::program
