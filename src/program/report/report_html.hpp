/// @file
/// HTML of the cells and texts of a report.
#pragma once

#include "statistics/build_statistics.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>

namespace applivery::program {

inline constexpr std::size_t maxColumnsOfCell = 60;
inline constexpr std::size_t maxColumnsOfLongText = 600;  ///< Of a text that has a line of its own.

/// Returns text of the service, isolated from the direction of the text around it. If it is shortened, a tooltip has
/// all.
[[nodiscard]] std::string shown(const std::string& text, std::size_t columns = maxColumnsOfCell);

/// Returns version name and version code of a build.
[[nodiscard]] std::string shownVersion(const BuildBrief& build);

/// Returns a number with separators between thousands.
[[nodiscard]] std::string shownCount(std::int64_t number);

/// Returns the head of a table. The titles are HTML.
[[nodiscard]] std::string tableHead(std::initializer_list<const char*> titles);

/// Returns a row of a table. The cells are HTML.
[[nodiscard]] std::string tableRow(std::initializer_list<std::string> cells);

}  // namespace applivery::program
