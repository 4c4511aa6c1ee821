/// @file
/// The table of a report's page by app and system.
#pragma once

#include "report/report.hpp"
#include "statistics/attention.hpp"

#include <string>
#include <vector>

namespace applivery::program {

/// Returns the id of the section of a group. @param number its position on the page.
[[nodiscard]] std::string groupAnchor(std::size_t number);

/// Returns app and system of a group, as HTML.
[[nodiscard]] std::string groupTitle(const Report& report, const BuildGroup& group);

/// Returns app and system of a group, as plain text.
[[nodiscard]] std::string groupName(const Report& report, const BuildGroup& group);

/// Returns the section with the table by app and system, with links to the sections of the groups. The table has a row
/// for each app without builds, too. If there are several groups, short lists show the same groups in other orders.
/// @param groups in the order of their sections on the page.
[[nodiscard]] std::string groupTableSection(const Report& report, const std::vector<Attention>& attentions,
                                            const std::vector<const BuildGroup*>& groups);

}  // namespace applivery::program
