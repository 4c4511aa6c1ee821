/// @file
/// A report as CSV.
#include "report/report.hpp"
#include "report/report_cells.hpp"
#include "report/report_tables.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace applivery::program {
namespace {

// Returns the columns of all tables, each once.
Columns columnsOf(const std::vector<Table>& tables) {
    Columns columns;
    for (const Table& table : tables) {
        for (const std::string& name : table.columns) {
            if (std::find(columns.begin(), columns.end(), name) == columns.end()) columns.push_back(name);
        }
    }
    return columns;
}

// Returns a line with a value for each of the columns; empty for the columns of other tables.
std::string csvLine(const Table& table, const Row& row, const Columns& columns) {
    std::string line = table.name;
    for (const std::string& name : columns) {
        line += ',';
        const auto column = std::find(table.columns.begin(), table.columns.end(), name);
        if (column == table.columns.end()) continue;
        line += cellText(row[static_cast<std::size_t>(column - table.columns.begin())], csvCell);
    }
    return line + "\r\n";
}

}  // namespace

std::string reportCsv(const Report& report) {
    std::vector<Table> tables = allTables(report);
    Table incomplete{"incompleteTables", {"incompleteTable"}, {}};
    for (std::string& name : incompleteTables(tables)) incomplete.rows.push_back({std::move(name)});
    tables.push_back(std::move(incomplete));
    const Columns columns = columnsOf(tables);
    std::string csv = fmt::format("table,{}\r\n", fmt::join(columns, ","));
    for (const Table& table : tables) {
        for (const Row& row : table.rows) csv += csvLine(table, row, columns);
    }
    return csv;
}

}  // namespace applivery::program
