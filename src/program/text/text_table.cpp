#include "text/text_table.hpp"

#include "text/text_format.hpp"

#include <applivery/open_enum.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace applivery::program {
namespace {

constexpr std::size_t columnGap = 2;

std::string colored(const std::string& text, TextColor color) {
    if (color == TextColor::none) return text;
    return fmt::format("\x1b[{}m{}\x1b[0m", static_cast<int>(color), text);
}

// @param widths of the columns. @param tableWidth absent: no limit.
std::string lineOf(const TableRow& row, const std::vector<std::size_t>& widths, std::optional<std::size_t> tableWidth,
                   bool hasColors) {
    std::string line;
    std::size_t cellBegin = 0;  // column of the terminal
    for (std::size_t i = 0; i < row.size(); ++i) {
        const bool isLast = i + 1 == row.size();
        const bool extendsToEdge = isLast && row.size() < widths.size();
        const std::size_t edge = std::max(tableWidth.value_or(0), cellBegin + 1);
        const std::size_t cellWidth = extendsToEdge ? edge - cellBegin : widths[i];
        const std::string text = extendsToEdge && !tableWidth ? row[i].text : shortened(row[i].text, cellWidth);
        line += hasColors ? colored(text, row[i].color) : text;
        if (!isLast) line += std::string(cellWidth + columnGap - displayWidth(text), ' ');
        cellBegin += cellWidth + columnGap;
    }
    return line + '\n';
}

std::size_t tableWidthOf(const std::vector<std::size_t>& widths) {
    return std::accumulate(widths.begin(), widths.end(), columnGap * (widths.size() - 1));
}

}  // namespace

TextColor colorOfStatus(std::string_view status) {
    switch (enumFromText<BuildStatus>(status).value_or(BuildStatus::unknown)) {
        case BuildStatus::processed:
            return TextColor::green;
        case BuildStatus::error:
            return TextColor::red;
        case BuildStatus::inProgress:
            return TextColor::yellow;
        default:
            return TextColor::none;
    }
}

std::size_t TextTable::width() const {
    return tableWidthOf(naturalWidths());
}

std::string TextTable::text(std::optional<std::size_t> width, bool hasColors) const {
    const std::vector<std::size_t> widths = this->widths(width);
    TableRow names;
    for (const TableColumn& column : columns_) names.push_back({column.name});
    std::string text = lineOf(names, widths, width, hasColors);
    for (const TableRow& row : rows_) text += lineOf(row, widths, width, hasColors);
    return text;
}

// Chooses the column that can be shortened most, and reduces its width by one. Prefers the leftmost of equal columns.
// @return false if no column can be shortened.
bool TextTable::shrinkOne(std::vector<std::size_t>& widths) const {
    const auto spareWidth = [&](std::size_t column) {
        const std::size_t minWidth = columns_[column].minWidth.value_or(widths[column]);
        return widths[column] > minWidth ? widths[column] - minWidth : 0;
    };
    std::size_t chosen = 0;
    for (std::size_t i = 1; i < widths.size(); ++i) {
        if (spareWidth(i) > spareWidth(chosen)) chosen = i;
    }
    if (spareWidth(chosen) == 0) return false;
    --widths[chosen];
    return true;
}

std::vector<std::size_t> TextTable::naturalWidths() const {
    std::vector<std::size_t> widths;
    for (const TableColumn& column : columns_) widths.push_back(displayWidth(column.name));
    for (const TableRow& row : rows_) {
        const bool extendsToEdge = row.size() < widths.size();  // the last cell is in no column
        const std::size_t cells = extendsToEdge ? row.size() - 1 : row.size();
        for (std::size_t i = 0; i < cells; ++i) widths[i] = std::max(widths[i], displayWidth(row[i].text));
    }
    return widths;
}

std::vector<std::size_t> TextTable::widths(std::optional<std::size_t> width) const {
    std::vector<std::size_t> widths = naturalWidths();
    bool canShrink = width.has_value();
    while (canShrink && tableWidthOf(widths) > *width) canShrink = shrinkOne(widths);
    return widths;
}

}  // namespace applivery::program
