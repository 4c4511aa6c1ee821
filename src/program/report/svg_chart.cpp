#include "report/svg_chart.hpp"

#include "report/svg_plot.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace applivery::program {
namespace {

std::string tooltip(const Chart& chart, const ChartSeries& series, std::size_t category) {
    return fmt::format("<title>{}: {} {}</title>", htmlText(chart.categories[category]),
                       groupedNumber(series.values[category].value_or(0)), htmlText(series.name));
}

/// Collects the columns of one series. With tooltips, each column is an element, which contains its tooltip. Without
/// tooltips, all columns are one path, which is shorter.
class ColumnMarks {
public:
    ColumnMarks(const Chart& chart, const ChartSeries& series) : chart_(chart), series_(series) {}

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

std::string columns(const Chart& chart) {
    constexpr double maxWidth = 40;
    constexpr double shareOfSlot = 0.8;
    const SvgPlot plot(chart);
    const double width = std::min(maxWidth, std::max(1.0, plot.slot() * shareOfSlot));
    std::vector<double> heights(chart.categories.size());
    std::string marks;
    for (const ChartSeries& series : chart.series) {
        ColumnMarks column(chart, series);
        for (std::size_t i = 0; i < chart.categories.size(); ++i) {
            const double value = series.values[i].value_or(0);
            if (value <= 0) continue;
            const double bottom = plot.yOf(heights[i]);
            heights[i] += value;
            const double top = plot.yOf(heights[i]);
            column.add(i, plot.middleOf(i) - width / 2, top, width, bottom - top);
        }
        marks += column.svg();
    }
    return plot.svg(marks);
}

std::string pointAt(const Chart& chart, const ChartSeries& series, std::size_t category, double x, double y,
                    double radius) {
    return fmt::format(R"(<circle class="point {}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}">{}</circle>)", series.style, x, y,
                       radius, tooltip(chart, series, category));
}

// Returns the part of a path that leads to a point.
std::string segment(double x, double y, bool isFirst, bool isStep) {
    if (isFirst) return fmt::format("M{:.1f} {:.1f}", x, y);
    return isStep ? fmt::format("H{:.1f}V{:.1f}", x, y) : fmt::format("L{:.1f} {:.1f}", x, y);
}

// Draws the line of a series, with a point at each value. A line of ChartKind::steps runs horizontally, and then
// vertically to the next value. An absent value interrupts a line of ChartKind::lines only.
std::string line(const Chart& chart, const ChartSeries& series, const SvgPlot& plot, double radius) {
    const bool hasSteps = chart.kind == ChartKind::steps;
    std::string path;
    std::string dots;
    std::string points;
    bool isInterrupted = true;  // the next value begins a new part of the line
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
        const auto& value = series.values[i];
        if (!value) {
            isInterrupted = isInterrupted || !hasSteps;
            continue;
        }
        const double x = plot.middleOf(i);
        const double y = plot.yOf(*value);
        const bool isUnfinished = chart.isLastUnfinished && i + 1 == chart.categories.size();
        path += segment(x, y, isInterrupted || isUnfinished, hasSteps);
        if (!chart.hasTooltips) {
            dots += fmt::format("M{:.1f} {:.1f}h0", x, y);  // a round cap draws a dot
        } else {
            points += pointAt(chart, series, i, x, y, radius);
        }
        isInterrupted = false;
    }
    if (!dots.empty()) points = fmt::format(R"(<path class="dots {}" d="{}"/>)", series.style, dots);
    return fmt::format(R"(<path class="line {}" d="{}"/>)", series.style, path) + points;
}

std::string lines(const Chart& chart) {
    const SvgPlot plot(chart);
    std::string marks;
    double radius = 2;  // grows with each series, so that equal values do not hide each other
    for (const ChartSeries& series : chart.series) {
        marks += line(chart, series, plot, radius);
        radius += 2;
    }
    return plot.svg(marks);
}

// Draws the name of each bar above it, because a long name would not fit beside it.
std::string bars(const Chart& chart) {
    constexpr double barHeight = 10;
    constexpr double rowHeight = svgLineHeight + barHeight + 5;
    const double width = svgWidthOf(chart);
    const ChartSeries& series = chart.series.front();
    const double largest = std::max(scaleOf(chart).largest, 1e-9);
    double numberWidth = 0;  // of the widest number, which stands after its bar
    for (const auto& value : series.values)
        numberWidth = std::max(numberWidth, svgTextWidth(groupedNumber(value.value_or(0))) + svgGap);
    constexpr double wideLetter = 1.3 * svgLetterWidth;  // a name fits even if all its letters are wide
    const auto maxLetters = static_cast<std::size_t>(width / wideLetter);
    std::string marks = svgText(0, svgLineHeight - 4, "title", chart.valueTitle + ", by " + chart.categoryTitle);
    double y = svgLineHeight + 4;
    for (std::size_t i = 0; i < chart.categories.size(); ++i, y += rowHeight) {
        const double value = series.values[i].value_or(0);
        const double length = std::max(1.0, value / largest * (width - numberWidth));
        marks += svgText(0, y + svgFontSize, "label", shortened(chart.categories[i], maxLetters));
        marks += fmt::format(R"(<rect class="area {}" x="0" y="{:.1f}" width="{:.1f}" height="{}">{}</rect>)",
                             series.style, y + svgLineHeight, length, barHeight, tooltip(chart, series, i));
        marks += svgText(length + 4, y + svgLineHeight + barHeight - 1, "label",
                         series.values[i] ? groupedNumber(value) : "unknown");
    }
    return openSvg(chart, y) + marks + "</svg>\n";
}

}  // namespace

bool Chart::isEmpty() const {
    return std::none_of(series.begin(), series.end(), [](const ChartSeries& each) {
        return std::any_of(each.values.begin(), each.values.end(), [](const auto& value) { return value.has_value(); });
    });
}

std::string svgOf(const Chart& chart) {
    switch (chart.kind) {
        case ChartKind::columns:
            return columns(chart);
        case ChartKind::lines:
        case ChartKind::steps:
            return lines(chart);
        default:
            return bars(chart);
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

std::string htmlTableOf(const Chart& chart) {
    std::string html = R"(<table><thead><tr><th scope="col">)" + htmlText(chart.categoryTitle) + "</th>";
    for (const ChartSeries& series : chart.series) {
        html += R"(<th scope="col" class="number">)" + htmlText(series.name) + "</th>";
    }
    html += "</tr></thead><tbody>\n";
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
        html += R"(<tr><th scope="row"><bdi>)" + htmlText(chart.categories[i]) + "</bdi></th>";
        for (const ChartSeries& series : chart.series) {
            html +=
                R"(<td class="number">)" + (series.values[i] ? groupedNumber(*series.values[i]) : "&#8211;") + "</td>";
        }
        html += "</tr>\n";
    }
    return html + "</tbody></table>\n";
}

}  // namespace applivery::program
