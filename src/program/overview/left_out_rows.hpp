/// @file
/// The rows of the overview for which the terminal has too few lines.
#pragma once

#include "overview/overview_rows.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace applivery::program {

/// Returns lines that name each of these rows that needs attention, with the reason, and count the others. Returns an
/// empty text if there are no rows.
/// @param nameColumns longest name of an app; longer names are shortened.
[[nodiscard]] std::string leftOutText(const std::vector<OverviewRow>& rows, const OverviewLayout& layout,
                                      std::size_t nameColumns);

}  // namespace applivery::program
