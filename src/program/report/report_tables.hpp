/// @file
/// A report as tables of numbers and texts: what its forms for programs are made from, so that they tell the same.
#pragma once

#include "report/report.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace applivery::program {

/// Empty where it is not known.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string, TimePoint>;

struct Table {
    std::string name;
    std::vector<std::string> columns;
    std::vector<std::vector<Cell>> rows;
    bool isWhole = true;  ///< Nothing is left out for want of room.
};

/// By app and system, by day, by week, by version, and so on.
[[nodiscard]] std::vector<Table> allTables(const Report& report);

}  // namespace applivery::program
