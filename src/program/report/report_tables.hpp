/// @file
/// The tables of a report, from which JSON and CSV are made.
#pragma once

#include "report/report.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace applivery::program {

/// A value of a table; std::monostate if it is unknown.
using Cell = std::variant<std::monostate, bool, std::int64_t, double, std::string, TimePoint>;

struct Table {
    std::string name;
    std::vector<std::string> columns;
    std::vector<std::vector<Cell>> rows;
    bool isComplete = true;  ///< Whether no row was omitted to limit the size.
};

/// Returns the tables by app and system, by day, by week, by version, and so on.
[[nodiscard]] std::vector<Table> allTables(const Report& report);

}  // namespace applivery::program
