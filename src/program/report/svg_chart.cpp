#include "report/svg_chart.hpp"

#include "report/svg_plot.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace applivery::program {
namespace {

std::string tooltip(const Chart& chart, const ChartSeries& series, std::size_t category) {
    return fmt::format("<title>{}: {} {}</title>", escapedHtml(chart.categories[category]),
                       groupedNumber(series.values[category].value_or(0)), escapedHtml(series.name));
}

/// Draws the columns of one series. With tooltips, each column is an element, which contains its tooltip. Without
/// tooltips, all columns are one path, which is shorter.
class SeriesColumns {
public:
    SeriesColumns(const Chart& chart, const ChartSeries& series) : chart_(chart), series_(series) {}

    void add(std::size_t category, double x, double y, double width, double height) {
        if (!chart_.hasTooltips) {
            path_ += fmt::format("M{:.1f} {:.1f}v{:.1f}", x + width / 2, y, height);
            width_ = width;
            return;
        }
        rectangles_ +=
            fmt::format(R"(<rect class="area {}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">{}</rect>)",
                        series_.style, x, y, width, height, tooltip(chart_, series_, category));
    }

    [[nodiscard]] std::string svg() const {
        if (path_.empty()) return rectangles_;
        return fmt::format(R"(<path class="stem {}" stroke-width="{:.1f}" d="{}"/>)", series_.style, width_, path_);
    }

private:
    const Chart& chart_;
    const ChartSeries& series_;
    double width_ = 0;
    std::string path_;        // without tooltips
    std::string rectangles_;  // with tooltips
};

std::string columnChartSvg(const Chart& chart) {
    constexpr double minWidth = 1;
    constexpr double maxWidth = 40;
    constexpr double shareOfSlot = 0.8;  // the rest separates neighboring columns
    const SvgPlot plot(chart);
    const double width = std::clamp(plot.slotWidth() * shareOfSlot, minWidth, maxWidth);
    std::vector<double> stackedValues(chart.categories.size());  // sums of the series below the current one
    std::string svg;
    for (const ChartSeries& series : chart.series) {
        SeriesColumns columns(chart, series);
        for (std::size_t i = 0; i < chart.categories.size(); ++i) {
            const double value = series.values[i].value_or(0);
            if (value <= 0) continue;
            const double bottom = plot.yOf(stackedValues[i]);
            stackedValues[i] += value;
            const double top = plot.yOf(stackedValues[i]);
            columns.add(i, plot.middleOf(i) - width / 2, top, width, bottom - top);
        }
        svg += columns.svg();
    }
    return plot.svg(svg);
}

std::string pointSvg(const Chart& chart, const ChartSeries& series, std::size_t category, double x, double y,
                     double radius) {
    return fmt::format(R"(<circle class="point {}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}">{}</circle>)", series.style, x, y,
                       radius, tooltip(chart, series, category));
}

// Returns the command of an SVG path that leads to the next point. A line of ChartKind::steps runs horizontally, and
// then vertically to the next value.
std::string pathTo(double x, double y, ChartKind kind) {
    return kind == ChartKind::steps ? fmt::format("H{:.1f}V{:.1f}", x, y) : fmt::format("L{:.1f} {:.1f}", x, y);
}

// Draws the line of a series, with a point at each value. An absent value interrupts a line of ChartKind::lines only.
std::string seriesLineSvg(const Chart& chart, const ChartSeries& series, const SvgPlot& plot, double radius) {
    std::string path;
    std::string dots;    // without tooltips: one path, which is shorter
    std::string points;  // with tooltips: an element each
    bool isInterrupted = true;
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
        const auto& value = series.values[i];
        if (!value) {
            if (chart.kind == ChartKind::lines) isInterrupted = true;
            continue;
        }
        const double x = plot.middleOf(i);
        const double y = plot.yOf(*value);
        const bool isUnfinished = chart.isLastUnfinished && i + 1 == chart.categories.size();
        const bool startsNewLine = isInterrupted || isUnfinished;
        path += startsNewLine ? fmt::format("M{:.1f} {:.1f}", x, y) : pathTo(x, y, chart.kind);
        if (!chart.hasTooltips) {
            dots += fmt::format("M{:.1f} {:.1f}h0", x, y);  // a round cap draws a dot
        } else {
            points += pointSvg(chart, series, i, x, y, radius);
        }
        isInterrupted = false;
    }
    if (!dots.empty()) points = fmt::format(R"(<path class="dots {}" d="{}"/>)", series.style, dots);
    return fmt::format(R"(<path class="line {}" d="{}"/>)", series.style, path) + points;
}

std::string lineChartSvg(const Chart& chart) {
    const SvgPlot plot(chart);
    std::string svg;
    double radius = 2;  // grows with each series, so that equal values do not hide each other
    for (const ChartSeries& series : chart.series) {
        svg += seriesLineSvg(chart, series, plot, radius);
        radius += 2;
    }
    return plot.svg(svg);
}

// Returns the width of the widest number of the series, with the gap that separates it from its bar.
double numberColumnWidth(const ChartSeries& series) {
    double width = 0;
    for (const auto& value : series.values) width = std::max(width, svgTextWidth(groupedNumber(value.value_or(0))));
    return width + svgGap;
}

// Draws the name of each bar above it, because a long name would not fit beside it.
std::string barChartSvg(const Chart& chart) {
    constexpr double barHeight = 10;
    constexpr double rowHeight = svgLineHeight + barHeight + 5;  // name, bar, and the gap to the next name
    constexpr double minLength = 1;                              // so that the bar of 0 is visible
    constexpr double smallGap = 4;
    const double chartWidth = svgWidthOf(chart);
    const ChartSeries& series = chart.series.front();
    const double maxLength = chartWidth - numberColumnWidth(series);
    const double largest = std::max(scaleOf(chart).largest, 1e-9);  // not 0, because the values are divided by it
    constexpr double wideLetter = 1.3 * svgLetterWidth;             // a name fits even if all its letters are wide
    const auto maxLetters = static_cast<std::size_t>(chartWidth / wideLetter);
    std::string svg = svgText(0, svgLineHeight - smallGap, "title", chart.valueTitle + ", by " + chart.categoryTitle);
    double y = svgLineHeight + smallGap;
    for (std::size_t i = 0; i < chart.categories.size(); ++i, y += rowHeight) {
        const double value = series.values[i].value_or(0);
        const double length = std::max(minLength, value / largest * maxLength);
        const double barTop = y + svgLineHeight;
        svg += svgText(0, y + svgFontSize, "label", shortened(chart.categories[i], maxLetters));
        svg += fmt::format(R"(<rect class="area {}" x="0" y="{:.1f}" width="{:.1f}" height="{}">{}</rect>)",
                           series.style, barTop, length, barHeight, tooltip(chart, series, i));
        svg += svgText(length + smallGap, barTop + barHeight - 1, "label",
                       series.values[i] ? groupedNumber(value) : "unknown");
    }
    return openSvg(chart, y) + svg + "</svg>\n";
}

}  // namespace

std::string chartSvg(const Chart& chart) {
    switch (chart.kind) {
        case ChartKind::columns:
            return columnChartSvg(chart);
        case ChartKind::lines:
        case ChartKind::steps:
            return lineChartSvg(chart);
        default:
            return barChartSvg(chart);
    }
}

std::string svgPatterns() {
    constexpr std::string_view pattern =
        R"(<pattern id="fill-{0}" width="4" height="4" patternUnits="userSpaceOnUse"{1}><path class="base {0}" d="M0 0h4v4h-4z"/><path class="ink {0}" d="{2}"/></pattern>)";
    constexpr const char* diagonal = R"-( patternTransform="rotate(45)")-";
    std::string svg = R"(<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>)";
    svg += fmt::format(pattern, "failed", diagonal, "M0 0h1v4h-1z");
    svg += fmt::format(pattern, "progress", "", "M0 0h4v1.5h-4z");
    svg += fmt::format(pattern, "pending", "", "M0 0h4v.8h-4zM0 2h4v.8h-4z");
    svg += fmt::format(pattern, "other", diagonal, "M0 0h4v1h-4zM0 0h1v4h-1z");
    svg += fmt::format(pattern, "unfinished", diagonal, "M0 0h1v4h-1z");
    return svg + "</defs></svg>\n";
}

}  // namespace applivery::program
