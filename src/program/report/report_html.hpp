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

/// Returns a code, such as an id, shortened in the middle: codes differ at both ends. A tooltip has all.
[[nodiscard]] std::string shownCode(const std::string& code);

/// Returns version name and version code of a build.
[[nodiscard]] std::string shownVersion(const BuildBrief& build);

/// Returns links to the CI run and the commit of a build, each after a space; empty if the build has none.
[[nodiscard]] std::string buildLinks(const BuildBrief& build);

/// Returns a number with separators between thousands.
[[nodiscard]] std::string shownCount(std::int64_t number);

/// Returns the median and the 90th percentile; a dash if there are none.
[[nodiscard]] std::string shownPercentiles(const Percentiles& times);

/// Returns a table in an element that scrolls if the screen is narrow, also by keyboard.
/// @param label name of the element. Is escaped.
[[nodiscard]] std::string scrollable(const std::string& label, const std::string& table);

/// Returns the head of a table. The titles are HTML.
[[nodiscard]] std::string tableHead(std::initializer_list<const char*> titles);

/// Returns a row of a table. The cells are HTML.
[[nodiscard]] std::string tableRow(std::initializer_list<std::string> cells);

}  // namespace applivery::program
