/// @file
/// Charts as inline SVG, for a page without scripts: columns by state, lines and bars, each with its text alternative
/// and the table behind it. Colours are the page's, by the class of each series; none tells anything alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace applivery::program {

enum class ChartKind {
    columns,  ///< A stacked column a category.
    lines,    ///< A line a series, with a gap where a value is absent.
    bars,     ///< A horizontal bar a category, of the first series.
};

struct ChartSeries {
    std::string name;
    std::string style;  ///< A class of the page's style sheet.
    std::vector<std::optional<double>> values;
};

/// All texts may hold anything. A series has a value, or its absence, for each category.
struct Chart {
    ChartKind kind = ChartKind::columns;
    std::string id;  ///< Of the page's own making; its elements' ids begin so.
    std::string title;
    std::string description;    ///< What is to be seen, for those who do not see it.
    std::string categoryTitle;  ///< Such as "day (UTC)".
    std::string valueTitle;     ///< With the unit.
    bool hasWholeValues = false;
    std::vector<std::string> categories;
    std::vector<ChartSeries> series;

    /// Whether there is nothing to be drawn.
    [[nodiscard]] bool isEmpty() const;
};

/// The picture, as wide as what it stands in.
[[nodiscard]] std::string svgOf(const Chart& chart);

/// The same values, as a table of HTML.
[[nodiscard]] std::string htmlTableOf(const Chart& chart);

}  // namespace applivery::program
