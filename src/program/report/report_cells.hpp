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

/// Returns the number of builds in each state.
[[nodiscard]] Row stateCells(const StateCounts& states);

/// Returns the names of the columns of stateCells().
[[nodiscard]] Columns stateColumns();

/// Returns version, status, time, age and id of a build.
[[nodiscard]] Row briefCells(const std::optional<BuildBrief>& build, TimePoint now);

/// Returns the names of the columns of briefCells(), such as `newestVersionName` for the prefix `newest`.
[[nodiscard]] Columns briefColumns(const std::string& prefix);

/// Returns the number and the percentiles of the processing times, and then of the queue times.
[[nodiscard]] Row timeCells(const BuildTimes& times);

/// Returns the names of the columns of timeCells().
[[nodiscard]] Columns timeColumns();

}  // namespace applivery::program
