/// @file
/// The first section of a report's page: what needs attention.
#pragma once

#include "report/report.hpp"
#include "statistics/attention.hpp"

#include <string>
#include <vector>

namespace applivery::program {

/// Returns the section, with a sentence and links for each item.
/// @param groups in the order of their sections on the page.
[[nodiscard]] std::string attentionSection(const Report& report, const std::vector<AttentionItem>& attentionItems,
                                           const std::vector<const BuildGroup*>& groups);

}  // namespace applivery::program
