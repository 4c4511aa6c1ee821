/// @file
/// The overview on a terminal, where each overview replaces the last one.
#pragma once

#include "overview/overview.hpp"

#include <cstddef>
#include <string>

namespace applivery::program {

struct ScreenSize {
    std::size_t columns;
    std::size_t lines;
};

/// Returns the text that replaces the last overview. Lines that the terminal would wrap are cut, and rows below the
/// last line are left out.
/// @param footer the last line; may be empty.
[[nodiscard]] std::string overviewScreen(const Overview& overview, const std::string& footer, ScreenSize size,
                                         bool hasColors);

}  // namespace applivery::program
