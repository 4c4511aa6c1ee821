/// @file
/// The overview as a table, for a terminal and in Markdown.
#include "overview/left_out_rows.hpp"
#include "overview/overview.hpp"
#include "overview/overview_rows.hpp"
#include "text/text_format.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace applivery::program {
namespace {

// Where the table has the names of the apps.
enum class AppNames {
    none,    // nowhere: there is only one app
    column,  // in the first column
    lines,   // on lines above the rows of an app, for a narrow terminal
};

TextTable tableWithNames(const Overview& overview, const std::vector<OverviewRow>& rows, AppNames names) {
    constexpr std::size_t minNameColumns = 4;
    std::vector<TableColumn> columns = overviewColumns();
    if (names == AppNames::column) columns.insert(columns.begin(), {"APP", minNameColumns});
    TextTable table(std::move(columns));
    const AppOverview* appOfLastRow = nullptr;
    for (const OverviewRow& row : rows) {
        TableRow cells = cellsOf(row, overview.period);
        const std::string name = orDash(row.app->name());
        if (names == AppNames::column) cells.insert(cells.begin(), {name});
        if (names == AppNames::lines) {
            const bool isOtherApp = std::exchange(appOfLastRow, row.app) != row.app;
            if (isOtherApp) table.add({{name}});
            cells.front().text.insert(0, " ");
        }
        table.add(std::move(cells));
    }
    return table;
}

// Returns a table with a column for the names, or with lines for them if that column makes it wider than the terminal.
TextTable tableFor(const Overview& overview, const std::vector<OverviewRow>& rows, std::optional<std::size_t> columns) {
    if (overview.apps.size() <= 1) return tableWithNames(overview, rows, AppNames::none);
    TextTable table = tableWithNames(overview, rows, AppNames::column);
    const bool isTooWide = columns && table.width() > *columns;
    return isTooWide ? tableWithNames(overview, rows, AppNames::lines) : table;
}

std::size_t lineCount(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

std::string overviewTable(const Overview& overview, const OverviewLayout& layout) {
    const std::vector<OverviewRow> rows = overviewRows(overview);
    const std::size_t maxLines = layout.lines.value_or(std::numeric_limits<std::size_t>::max());
    std::string notes;
    for (const std::string& note : overviewNotes(overview)) notes += note + '\n';
    // Returns the text with the first rows only. @param nameColumns longest name of an app whose rows are left out.
    const auto textWithRows = [&](std::size_t rowCount, std::size_t nameColumns) {
        const auto end = rows.begin() + static_cast<std::ptrdiff_t>(rowCount);
        return tableFor(overview, {rows.begin(), end}, layout.columns).text(layout.columns, layout.hasColors) +
               leftOutText({end, rows.end()}, layout, nameColumns) + notes;
    };
    constexpr std::size_t usualNameColumns = 24;
    for (std::size_t rowCount = std::min(rows.size(), maxLines); rowCount > 0; --rowCount) {
        std::string text = textWithRows(rowCount, usualNameColumns);
        if (lineCount(text) <= maxLines) return text;
    }
    for (const std::size_t nameColumns : {usualNameColumns, usualNameColumns / 2}) {
        std::string text = textWithRows(0, nameColumns);
        if (lineCount(text) <= maxLines) return text;
    }
    return textWithRows(0, usualNameColumns / 4);
}

std::string overviewMarkdown(const Overview& overview) {
    const bool hasNames = !overview.apps.front().name().empty();
    std::vector<TableColumn> columns = overviewColumns();
    if (hasNames) columns.insert(columns.begin(), {"APP"});
    std::string header = "|";
    std::string delimiters = "|";
    for (const TableColumn& column : columns) {
        header += ' ' + column.name + " |";
        delimiters += " --- |";
    }
    std::string text = header + '\n' + delimiters + '\n';
    for (const OverviewRow& row : overviewRows(overview)) {
        TableRow cells = cellsOf(row, overview.period);
        if (hasNames) cells.insert(cells.begin(), {orDash(row.app->name())});
        cells.resize(columns.size());
        text += '|';
        for (const TableCell& cell : cells) text += ' ' + markdownText(cell.text) + " |";
        text += '\n';
    }
    const char* separator = "\n";
    for (const std::string& note : overviewNotes(overview)) {
        text += separator + markdownText(note);
        separator = "  \n";  // a line break of Markdown
    }
    return text + '\n';
}

}  // namespace applivery::program
