/// @file
/// The table of a report's page by app and system.
#pragma once

#include "report/report.hpp"
#include "statistics/attention.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace applivery::program {

/// Returns the id of a group's section, to which links lead. @param position of the section on the page, from 0.
[[nodiscard]] std::string groupAnchor(std::size_t position);

/// Returns app and system of a group, as HTML.
[[nodiscard]] std::string groupTitle(const Report& report, const BuildGroup& group);

/// Returns app and system of a group, as plain text.
[[nodiscard]] std::string groupName(const Report& report, const BuildGroup& group);

/// Returns the section with the table by app and system, with links to the sections of the groups. The table has a row
/// for each app without builds, too. If there are more than two groups, groupOrders() follows.
/// @param groups in the order of their sections on the page.
[[nodiscard]] std::string groupTableSection(const Report& report, const std::vector<AttentionItem>& attentionItems,
                                            const std::vector<const BuildGroup*>& groups);

}  // namespace applivery::program
