/// @file
/// Cells and columns that several tables of a report have in common.
#pragma once

#include "report/report_tables.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::program {

/// Returns the text; an unknown value if it is empty.
[[nodiscard]] Cell cell(const std::string& text);

/// Returns the value; an unknown value if it is absent.
template <typename T>
[[nodiscard]] Cell cell(const std::optional<T>& value) {
    return value ? Cell{*value} : Cell{};
}

/// Returns the value as text; empty if it is unknown.
/// @param quoted formats texts and times, as the output format requires.
[[nodiscard]] std::string cellText(const Cell& cell, std::string (*quoted)(std::string_view));

/// Appends cells to a row, or columns to columns.
template <typename T>
void appendAll(std::vector<T>& list, const std::vector<T>& more) {
    list.insert(list.end(), more.begin(), more.end());
}

/// @{
/// Returns the number of builds in each state, and the names of these columns.
[[nodiscard]] Row stateCells(const StateCounts& states);
[[nodiscard]] Columns stateColumns();
/// @}

/// @{
/// Returns what identifies a build, its status and its age, and the names of these columns, such as `newestVersionName`
/// for the prefix `newest`.
[[nodiscard]] Row briefCells(const std::optional<BuildBrief>& build, TimePoint now);
[[nodiscard]] Columns briefColumns(const std::string& prefix);
/// @}

/// @{
/// Returns the percentiles of processing and queue times, and the names of these columns.
[[nodiscard]] Row timeCells(const BuildTimes& times);
[[nodiscard]] Columns timeColumns();
/// @}

}  // namespace applivery::program
