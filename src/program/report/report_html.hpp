/// @file
/// Formats texts, numbers and tables for the page of a report, as HTML.
#pragma once

#include "statistics/build_statistics.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>

namespace applivery::program {

inline constexpr std::size_t maxColumnsOfCell = 60;
inline constexpr std::size_t maxColumnsOfLongText = 600;  ///< Of a text that has a line of its own.

/// Returns text of the service, escaped, and isolated from the direction of the text around it. If the text is
/// shortened, a tooltip contains all of it. Returns a dash for an empty text.
/// @param columns longest text that is not shortened.
[[nodiscard]] std::string textHtml(const std::string& text, std::size_t columns = maxColumnsOfCell);

/// Returns a code, such as an id, like textHtml(). A long code is shortened in the middle, because codes differ at both
/// ends.
[[nodiscard]] std::string codeHtml(const std::string& code);

/// Returns version name and version code of a build.
[[nodiscard]] std::string versionHtml(const BuildBrief& build);

/// Returns links to the CI run and the commit of a build, each after a space; empty if the build has none.
[[nodiscard]] std::string buildLinks(const BuildBrief& build);

/// Returns a number with separators between thousands.
[[nodiscard]] std::string countText(std::int64_t number);

/// Returns the median and the 90th percentile; a dash if there are none.
[[nodiscard]] std::string percentilesText(const Percentiles& times);

/// Returns a table in an element that scrolls if the screen is narrow, also by keyboard.
/// @param label name of the element. Is escaped.
[[nodiscard]] std::string scrollable(const std::string& label, const std::string& table);

/// Returns the head of a table. The titles are HTML.
[[nodiscard]] std::string tableHead(std::initializer_list<const char*> titles);

/// Returns a row of a table. The cells are HTML.
[[nodiscard]] std::string tableRow(std::initializer_list<std::string> cells);

}  // namespace applivery::program
