/// @file
/// The tables of a report, which report_json.cpp and report_csv.cpp write.
#pragma once

#include "report/report.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace applivery::program {

/// A value of a table; std::monostate if it is unknown.
using Cell = std::variant<std::monostate, bool, std::int64_t, double, std::string, TimePoint>;

using Row = std::vector<Cell>;
using Columns = std::vector<std::string>;  ///< Names.

struct Table {
    std::string name;
    Columns columns;
    std::vector<Row> rows;   ///< Each with one cell per column.
    bool isComplete = true;  ///< Whether no row was omitted to limit the size.
};

/// Returns the tables by app and system, by day, by week, by version, and so on.
[[nodiscard]] std::vector<Table> allTables(const Report& report);

/// Returns the names of the tables that are not complete.
[[nodiscard]] std::vector<std::string> incompleteTables(const std::vector<Table>& tables);

}  // namespace applivery::program
