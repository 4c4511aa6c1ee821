/// @file
/// Cells and columns that several tables of a report have in common.
#pragma once

#include "report/report_tables.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace applivery::program {

using Row = std::vector<Cell>;
using Columns = std::vector<std::string>;

/// Returns an unknown value for an empty text.
[[nodiscard]] Cell cell(const std::string& text);

template <typename T>
[[nodiscard]] Cell cell(const std::optional<T>& value) {
    return value ? Cell{*value} : Cell{};
}

/// Appends cells to a row, or columns to columns.
template <typename T>
void appendAll(std::vector<T>& list, const std::vector<T>& more) {
    list.insert(list.end(), more.begin(), more.end());
}

[[nodiscard]] Row stateCells(const StateCounts& states);
[[nodiscard]] Columns stateColumns();

[[nodiscard]] Row briefCells(const std::optional<BuildBrief>& build, TimePoint now);

/// Returns the columns of briefCells(), such as `newestVersionName` for the prefix `newest`.
[[nodiscard]] Columns briefColumns(const std::string& prefix);

[[nodiscard]] Row timeCells(const BuildTimes& times);
[[nodiscard]] Columns timeColumns();

}  // namespace applivery::program
