/// @file
/// The JSON document of a report.
#include "report/report.hpp"
#include "report/report_cells.hpp"
#include "report/report_tables.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

namespace applivery::program {
namespace {

// Omits unknown values.
std::string rowMembers(const Table& table, const Row& row) {
    std::string members;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (std::holds_alternative<std::monostate>(row[i])) continue;
        members +=
            fmt::format("{}\"{}\":{}", members.empty() ? "" : ",", table.columns[i], cellText(row[i], jsonQuoted));
    }
    return members;
}

std::string tableJson(const Table& table) {
    std::string rows;
    for (const Row& row : table.rows) rows += (rows.empty() ? "\n{" : ",\n{") + rowMembers(table, row) + '}';
    return '[' + rows + ']';
}

std::string selectionJson(const SelectionTerms& selection) {
    std::string terms;
    for (const auto& [field, value] : selection) {
        terms += fmt::format(R"({}{{"field":{},"value":{}}})", terms.empty() ? "" : ",", jsonQuoted(field),
                             jsonQuoted(value));
    }
    return '[' + terms + ']';
}

std::string namesJson(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ",") + jsonQuoted(name);
    return '[' + list + ']';
}

}  // namespace

std::string reportJson(const Report& report) {
    const Period& period = report.statistics.period();
    const std::vector<Table> tables = allTables(report);
    std::string json = fmt::format(R"({{"schema":"applivery.report/1","generatedAt":"{}","complete":{})",
                                   timeText(period.now), report.isComplete());
    if (period.since) json += fmt::format(R"(,"since":"{}")", timeText(*period.since));
    if (period.previousSince) json += fmt::format(R"(,"previousSince":"{}")", timeText(*period.previousSince));
    json += R"(,"selection":)" + selectionJson(report.selection);
    json += fmt::format(R"(,"totalsChanged":{})", report.totalsChanged);
    json += fmt::format(R"(,"failuresByOtherCodes":{})", report.statistics.failuresByOtherCodes());
    json += R"(,"units":{"sizeBytes":"bytes","processTime":"not documented","queuedTime":"not documented"})";
    json += R"(,"incompleteTables":)" + namesJson(incompleteTables(tables));
    for (const Table& table : tables) json += fmt::format(",\n\"{}\":{}", table.name, tableJson(table));
    return json + "}\n";
}

}  // namespace applivery::program
