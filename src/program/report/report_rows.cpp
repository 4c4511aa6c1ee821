#include "report/report.hpp"
#include "report/report_tables.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace applivery::program {
namespace {

// Returns a value with texts and times quoted for the format; empty if the value is unknown.
std::string valueText(const Cell& cell, std::string (*quoted)(std::string_view)) {
    if (const auto* truth = std::get_if<bool>(&cell)) return *truth ? "true" : "false";
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *whole);
    if (const auto* number = std::get_if<double>(&cell)) return fmt::format("{}", *number);
    if (const auto* text = std::get_if<std::string>(&cell)) return quoted(*text);
    if (const auto* time = std::get_if<TimePoint>(&cell)) return quoted(timeText(*time));
    return {};
}

std::string jsonRow(const Table& table, const std::vector<Cell>& row) {
    std::string members;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (std::holds_alternative<std::monostate>(row[i])) continue;
        members +=
            fmt::format("{}\"{}\":{}", members.empty() ? "" : ",", table.columns[i], valueText(row[i], jsonQuoted));
    }
    return '{' + members + '}';
}

std::vector<std::string> incompleteOf(const std::vector<Table>& tables) {
    std::vector<std::string> names;
    for (const Table& table : tables) {
        if (!table.isComplete) names.push_back(table.name);
    }
    return names;
}

std::vector<std::string> namesOf(const std::vector<Table>& tables) {
    std::vector<std::string> names;
    for (const Table& table : tables) {
        for (const std::string& name : table.columns) {
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
    }
    return names;
}

std::string csvRow(const Table& table, const std::vector<Cell>& row, const std::vector<std::string>& names) {
    std::string line = table.name;
    for (const std::string& name : names) {
        const auto column = std::find(table.columns.begin(), table.columns.end(), name);
        line += ',';
        if (column == table.columns.end()) continue;
        line += valueText(row[static_cast<std::size_t>(column - table.columns.begin())], csvCell);
    }
    return line + "\r\n";
}

}  // namespace

std::vector<std::string> incompleteTables(const Report& report) {
    return incompleteOf(allTables(report));
}

std::string reportJson(const Report& report) {
    const Period& period = report.statistics.period();
    std::string json = fmt::format(R"({{"schema":"applivery.report/1","generatedAt":"{}","complete":{})",
                                   timeText(period.now), report.isComplete());
    if (period.since) json += fmt::format(R"(,"since":"{}")", timeText(*period.since));
    if (period.previousSince) json += fmt::format(R"(,"previousSince":"{}")", timeText(*period.previousSince));
    json += R"(,"selection":[)";
    const char* separator = "";
    for (const auto& [field, value] : report.selection) {
        json += fmt::format(R"({}{{"field":{},"value":{}}})", separator, jsonQuoted(field), jsonQuoted(value));
        separator = ",";
    }
    json += ']';
    json += fmt::format(R"(,"totalsChanged":{})", report.totalsChanged);
    json += fmt::format(R"(,"failuresByOtherCodes":{})", report.statistics.failuresByOtherCauses());
    json += R"(,"units":{"sizeBytes":"bytes","processTime":"not documented","queuedTime":"not documented"})";
    const std::vector<Table> tables = allTables(report);
    json += R"(,"incompleteTables":[)";
    separator = "";
    for (const std::string& name : incompleteOf(tables)) {
        json += separator + jsonQuoted(name);
        separator = ",";
    }
    json += ']';
    for (const Table& table : tables) {
        json += fmt::format(",\n\"{}\":[", table.name);
        const char* rowSeparator = "\n";
        for (const auto& row : table.rows) {
            json += rowSeparator + jsonRow(table, row);
            rowSeparator = ",\n";
        }
        json += ']';
    }
    return json + "}\n";
}

std::string reportCsv(const Report& report) {
    std::vector<Table> tables = allTables(report);
    Table incomplete{"incompleteTables", {"incompleteTable"}, {}};
    for (std::string& name : incompleteOf(tables)) incomplete.rows.push_back({std::move(name)});
    tables.push_back(std::move(incomplete));
    const std::vector<std::string> names = namesOf(tables);
    std::string csv = fmt::format("table,{}\r\n", fmt::join(names, ","));
    for (const Table& table : tables) {
        for (const auto& row : table.rows) csv += csvRow(table, row, names);
    }
    return csv;
}

}  // namespace applivery::program
