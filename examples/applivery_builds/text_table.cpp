#include "text_table.hpp"

#include "text_format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace applivery::program {
namespace {

constexpr std::size_t gap = 2;

std::string colored(const std::string& text, TextColor color) {
    if (color == TextColor::none) return text;
    return fmt::format("\x1b[{}m{}\x1b[0m", static_cast<int>(color), text);
}

std::string lineOf(const TableRow& row, const std::vector<std::size_t>& widths, std::optional<std::size_t> width,
                   bool hasColors) {
    std::string line;
    std::size_t place = 0;  // in the terminal
    for (std::size_t i = 0; i < row.size(); ++i) {
        const bool isLast = i + 1 == row.size();
        const bool goesOn = isLast && row.size() < widths.size();
        const std::size_t edge = std::max(width.value_or(0), place + 1);
        const std::size_t room = goesOn ? edge - place : widths[i];
        const std::string text = goesOn && !width ? row[i].text : shortened(row[i].text, room);
        line += hasColors ? colored(text, row[i].color) : text;
        if (!isLast) line += std::string(room + gap - displayWidth(text), ' ');
        place += room + gap;
    }
    return line + '\n';
}

}  // namespace

TextColor colorOfStatus(std::string_view status) {
    if (status == "processed") return TextColor::green;
    if (status == "error") return TextColor::red;
    return status == "in_progress" ? TextColor::yellow : TextColor::none;
}

std::string TextTable::text(std::optional<std::size_t> width, bool hasColors) const {
    const std::vector<std::size_t> widths = this->widths(width);
    TableRow names;
    for (const TableColumn& column : columns_) names.push_back({column.name});
    std::string text = lineOf(names, widths, width, hasColors);
    for (const TableRow& row : rows_) text += lineOf(row, widths, width, hasColors);
    return text;
}

// By one column of the terminal, the leftmost of equals. @return whether one may be.
bool TextTable::shrinkWidest(std::vector<std::size_t>& widths) const {
    std::size_t* widest = nullptr;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const bool mayShrink = columns_[i].narrowest && widths[i] > *columns_[i].narrowest;
        if (mayShrink && (widest == nullptr || widths[i] > *widest)) widest = &widths[i];
    }
    if (widest != nullptr) --*widest;
    return widest != nullptr;
}

std::vector<std::size_t> TextTable::widths(std::optional<std::size_t> width) const {
    std::vector<std::size_t> widths;
    for (const TableColumn& column : columns_) widths.push_back(displayWidth(column.name));
    for (const TableRow& row : rows_) {
        const std::size_t cells = row.size() < widths.size() ? row.size() - 1 : row.size();
        for (std::size_t i = 0; i < cells; ++i) widths[i] = std::max(widths[i], displayWidth(row[i].text));
    }
    std::size_t total = gap * (widths.size() - 1);
    for (const std::size_t column : widths) total += column;
    while (width && total > *width && shrinkWidest(widths)) --total;
    return widths;
}

}  // namespace applivery::program
