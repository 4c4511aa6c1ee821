/// @file
/// A table for a terminal.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace applivery::program {

struct TableColumn {
    std::string name;
    std::optional<std::size_t> minWidth{};  ///< Width to which the column may be shortened; absent: not at all.
};

/// A color, with its ANSI number (SGR). A color is never the only sign of a meaning.
enum class TextColor { none = 0, red = 31, green = 32, yellow = 33 };

struct TableCell {
    std::string text;  ///< One printable line.
    TextColor color = TextColor::none;
};

using TableRow = std::vector<TableCell>;

/// Returns the color of a build's status; none for other text.
[[nodiscard]] TextColor colorOfStatus(std::string_view status);

/// Aligns the cells of a table for a terminal.
class TextTable {
public:
    explicit TextTable(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}

    /// Adds a row. If it has fewer cells than columns, the last cell extends to the edge of the table.
    void add(TableRow row) { rows_.push_back(std::move(row)); }

    /// Returns the width of the table if no column is shortened.
    [[nodiscard]] std::size_t width() const;

    /// Returns the header and the rows, one per line.
    /// @param width of the terminal; absent: no limit. Columns with a minWidth are shortened to fit. The column that
    /// can be shortened most is shortened first.
    [[nodiscard]] std::string text(std::optional<std::size_t> width, bool hasColors) const;

private:
    [[nodiscard]] bool shrinkOne(std::vector<std::size_t>& widths) const;
    [[nodiscard]] std::vector<std::size_t> naturalWidths() const;
    [[nodiscard]] std::vector<std::size_t> widths(std::optional<std::size_t> width) const;

    std::vector<TableColumn> columns_;
    std::vector<TableRow> rows_;
};

}  // namespace applivery::program
