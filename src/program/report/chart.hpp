/// @file
/// The content of a chart: its values, names and texts. svg_chart.hpp draws it, and chart_table.hpp lists its values.
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
    std::string style;                          ///< Class in the page's style sheet.
    std::vector<std::optional<double>> values;  ///< One per category.
};

/// A text that points at a category, such as at a large change of the size.
struct ChartRemark {
    std::size_t category = 0;  ///< Position in Chart::categories.
    std::string text;
};

/// The texts may contain markup. Functions that return HTML or SVG escape it.
struct Chart {
    ChartKind kind = ChartKind::columns;
    std::string title;
    std::string description;    ///< Text alternative, for people who do not see the chart.
    std::string note;           ///< Sentences below the chart; may be empty.
    std::string textIfEmpty;    ///< Sentence that replaces a chart without values and without a note.
    std::string categoryTitle;  ///< For example "day (UTC)".
    std::string valueTitle;     ///< With the unit.
    bool hasWholeValues = false;
    bool isSmall = false;           ///< Omits the titles of the axes, so that several charts fit in a row.
    bool hasTooltips = true;        ///< Tooltips triple the size of the SVG.
    bool isLastUnfinished = false;  ///< Hatches the last column, and draws no line to the last value.
    std::optional<ChartRemark> remark{};
    std::vector<std::string> categories;
    std::vector<ChartSeries> series;

    /// Returns whether the chart has no value.
    [[nodiscard]] bool isEmpty() const;
};

}  // namespace applivery::program
