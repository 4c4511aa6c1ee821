/// @file
/// Charts as inline SVG, for a page without scripts, each with a text alternative and a table of its values. The page's
/// style sheet colors the series. No color is the only sign of a meaning.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace applivery::program {

enum class ChartKind {
    columns,  ///< One stacked column per category.
    lines,    ///< One line per series, with a gap at each absent value.
    steps,    ///< One line per series, which keeps its value until the next one.
    bars,     ///< One horizontal bar per category, of the first series.
};

struct ChartSeries {
    std::string name;
    std::string style;  ///< Class in the page's style sheet.
    std::vector<std::optional<double>> values;
};

/// A category with a remark, such as a step of the size.
struct ChartMark {
    std::size_t category = 0;
    std::string text;
};

/// The texts may contain markup, which is escaped. Each series has one value per category, which may be absent.
struct Chart {
    ChartKind kind = ChartKind::columns;
    std::string title;
    std::string description;    ///< Text alternative, for people who do not see the chart.
    std::string categoryTitle;  ///< For example "day (UTC)".
    std::string valueTitle;     ///< With the unit.
    bool hasWholeValues = false;
    bool isSmall = false;           ///< Omits the titles of the axes, so that several charts fit in a row.
    bool hasTooltips = true;        ///< Tooltips triple the size of the SVG.
    bool isLastUnfinished = false;  ///< Hatches the last column, and draws no line to the last value.
    std::optional<ChartMark> mark{};
    std::vector<std::string> categories;
    std::vector<ChartSeries> series;

    /// Returns whether the chart has no value.
    [[nodiscard]] bool isEmpty() const;
};

/// Returns the chart as SVG, which fills the width of its container.
[[nodiscard]] std::string svgOf(const Chart& chart);

/// Returns an SVG without a size, which defines the patterns of the style sheet. It precedes the charts of a page.
[[nodiscard]] std::string svgPatterns();

/// Returns the values as an HTML table.
[[nodiscard]] std::string htmlTableOf(const Chart& chart);

}  // namespace applivery::program
