/// @file
/// A table in the columns of a terminal.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::program {

struct TableColumn {
    std::string name;
    std::optional<std::size_t>
        narrowest{};  ///< To how many columns of the terminal it may be shortened; absent: never.
};

/// The number of ANSI's SGR; a word says the same in each place.
enum class TextColor { none = 0, red = 31, green = 32, yellow = 33 };

struct TableCell {
    std::string text;  ///< One line, made printable.
    TextColor color = TextColor::none;
};

using TableRow = std::vector<TableCell>;

/// What a build's status looks like.
[[nodiscard]] TextColor colorOfStatus(std::string_view status);

class TextTable {
public:
    explicit TextTable(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}

    /// With fewer cells than columns, the last of them goes on to the edge.
    void add(TableRow row) { rows_.push_back(std::move(row)); }

    /// How many columns of a terminal it takes where nothing is shortened.
    [[nodiscard]] std::size_t width() const;

    /// The header and the rows, a line each.
    /// @param width of the terminal, to which the columns that may be are shortened, the widest first; absent: no
    /// limit.
    [[nodiscard]] std::string text(std::optional<std::size_t> width, bool hasColors) const;

private:
    [[nodiscard]] bool shrinkOne(std::vector<std::size_t>& widths) const;
    [[nodiscard]] std::vector<std::size_t> naturalWidths() const;
    [[nodiscard]] std::vector<std::size_t> widths(std::optional<std::size_t> width) const;

    std::vector<TableColumn> columns_;
    std::vector<TableRow> rows_;
};

}  // namespace applivery::program
