#include "report/svg_chart.hpp"

#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace applivery::program {
namespace {

// Units of the view box. A phone shows them as about one pixel each.
constexpr double width = 370;
constexpr double fontSize = 11;
constexpr double columnOfText = 6.1;  // an average letter; the font is the browser's
constexpr double lineOfText = 16;
constexpr double plotHeight = 150;
constexpr double gap = 8;

double textWidth(std::string_view text) {
    return columnOfText * static_cast<double>(displayWidth(text));
}

std::string textAt(double x, double y, const char* classes, std::string_view text) {
    return fmt::format(R"(<text class="{}" x="{:.1f}" y="{:.1f}">{}</text>)", classes, x, y, htmlText(text));
}

std::string lineFrom(double x1, double y1, double x2, double y2, const char* classes) {
    return fmt::format(R"(<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>)", classes, x1, y1, x2,
                       y2);
}

std::string openSvg(const Chart& chart, double height) {
    return fmt::format(
        R"(<svg class="chart" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-labelledby="{}-title {}-desc">)"
        R"(<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>)",
        width, height, chart.id, chart.id, chart.id, htmlText(chart.title), chart.id, htmlText(chart.description));
}

/// A scale from 0, in steps of 1, 2 or 5 times a power of ten.
struct Scale {
    double step = 1;
    int steps = 1;

    [[nodiscard]] double top() const { return step * steps; }
};

Scale scaleUpTo(double largest, bool isWhole) {
    constexpr int maxSteps = 5;
    if (largest <= 0) return {};
    double step = std::pow(10.0, std::floor(std::log10(largest / maxSteps)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        if (largest / (step * factor) <= maxSteps) {
            step *= factor;
            break;
        }
    }
    if (isWhole) step = std::max(step, 1.0);
    return {step, static_cast<int>(std::ceil(largest / step - 1e-9))};
}

/// The axes and the legend of a chart with columns or lines, and the coordinates of its values.
class Plot {
public:
    Plot(const Chart& chart, double largest) : chart_(chart), scale_(scaleUpTo(largest, chart.hasWholeValues)) {
        double widest = 0;
        for (const std::string& category : chart.categories) widest = std::max(widest, textWidth(category));
        for (int i = 0; i <= scale_.steps; ++i) left_ = std::max(left_, textWidth(tickText(i)) + gap);
        left_ = std::max(left_, widest / 2);  // space for the left half of the first label
        right_ = width - std::max(gap, widest / 2);
        slot_ = (right_ - left_) / static_cast<double>(chart.categories.size());
        every_ = static_cast<std::size_t>(std::ceil((widest + 2 * gap) / slot_));
        legend();
        axes();
    }

    [[nodiscard]] double slot() const { return slot_; }
    [[nodiscard]] double middleOf(std::size_t category) const {
        return left_ + slot_ * (static_cast<double>(category) + 0.5);
    }
    [[nodiscard]] double heightOf(double value) const { return value / scale_.top() * plotHeight; }
    [[nodiscard]] double yOf(double value) const { return bottom_ - heightOf(value); }

    /// Returns the chart. @param marks its columns or lines.
    [[nodiscard]] std::string svg(const std::string& marks) const {
        return openSvg(chart_, bottom_ + 2 * lineOfText + gap) + frame_ + marks + "</svg>\n";
    }

private:
    [[nodiscard]] std::string tickText(int step) const { return groupedNumber(scale_.step * step); }

    void legend() {
        double x = 0;
        double y = lineOfText - 4;
        for (const ChartSeries& series : chart_.series) {
            constexpr double swatch = 18;
            const double room = swatch + 4 + textWidth(series.name) + 2 * gap;
            if (x > 0 && x + room > width) {
                x = 0;
                y += lineOfText;
            }
            frame_ += chart_.kind == ChartKind::lines
                          ? lineFrom(x, y - 4, x + swatch, y - 4, ("line " + series.style).c_str())
                          : fmt::format(R"(<rect class="area {}" x="{:.1f}" y="{:.1f}" width="{}" height="10"/>)",
                                        series.style, x, y - 9, swatch);
            frame_ += textAt(x + swatch + 4, y, "label", series.name);
            x += room;
        }
        frame_ += textAt(0, y + lineOfText + 2, "title", chart_.valueTitle);
        bottom_ = y + 2 * lineOfText + plotHeight;
    }

    void axes() {
        for (int i = 0; i <= scale_.steps; ++i) {
            const double y = yOf(scale_.step * i);
            frame_ += lineFrom(left_, y, right_, y, i == 0 ? "axis" : "grid");
            frame_ += textAt(left_ - 4, y + 4, "label end", tickText(i));
        }
        const std::size_t count = chart_.categories.size();
        for (std::size_t i = 0; i < count; ++i) {
            if ((count - 1 - i) % every_ != 0) continue;  // always label the last category
            frame_ += lineFrom(middleOf(i), bottom_, middleOf(i), bottom_ + 3, "axis");
            frame_ += textAt(middleOf(i), bottom_ + lineOfText, "label middle", chart_.categories[i]);
        }
        frame_ += textAt((left_ + right_) / 2, bottom_ + 2 * lineOfText, "title middle", chart_.categoryTitle);
    }

    const Chart& chart_;
    const Scale scale_;
    double left_ = 0;
    double right_ = 0;
    double bottom_ = 0;
    double slot_ = 0;
    std::size_t every_ = 1;
    std::string frame_;
};

double largestOf(const Chart& chart) {
    double largest = 0;
    for (const ChartSeries& series : chart.series) {
        for (const auto& value : series.values) largest = std::max(largest, value.value_or(0));
    }
    return largest;
}

double largestStack(const Chart& chart) {
    double largest = 0;
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
        double sum = 0;
        for (const ChartSeries& series : chart.series) sum += series.values[i].value_or(0);
        largest = std::max(largest, sum);
    }
    return largest;
}

std::string tooltip(const Chart& chart, const ChartSeries& series, std::size_t category) {
    return fmt::format("<title>{}: {} {}</title>", htmlText(chart.categories[category]),
                       groupedNumber(series.values[category].value_or(0)), htmlText(series.name));
}

std::string columns(const Chart& chart) {
    constexpr double widest = 40;
    const Plot plot(chart, largestStack(chart));
    const double column = std::min(widest, std::max(1.0, plot.slot() * 0.8));
    std::string marks;
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
        double below = 0;
        for (const ChartSeries& series : chart.series) {
            const double value = series.values[i].value_or(0);
            if (value <= 0) continue;
            below += value;
            marks +=
                fmt::format(R"(<rect class="area {}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">{}</rect>)",
                            series.style, plot.middleOf(i) - column / 2, plot.yOf(below), column, plot.heightOf(value),
                            tooltip(chart, series, i));
        }
    }
    return plot.svg(marks);
}

std::string lines(const Chart& chart) {
    constexpr const char* point = R"(<circle class="point {}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}">{}</circle>)";
    const Plot plot(chart, largestOf(chart));
    std::string marks;
    double radius = 2;  // grows with each series, so that equal values do not hide each other
    for (const ChartSeries& series : chart.series) {
        std::string path;
        std::string points;
        bool isGap = true;
        for (std::size_t i = 0; i < chart.categories.size(); ++i) {
            const auto& value = series.values[i];
            if (value) {
                path += fmt::format("{}{:.1f} {:.1f}", isGap ? 'M' : 'L', plot.middleOf(i), plot.yOf(*value));
                points += fmt::format(point, series.style, plot.middleOf(i), plot.yOf(*value), radius,
                                      tooltip(chart, series, i));
            }
            isGap = !value;
        }
        marks += fmt::format(R"(<path class="line {}" d="{}"/>)", series.style, path) + points;
        radius += 2;
    }
    return plot.svg(marks);
}

// Draws the name of each bar above it, because a long name would not fit beside it.
std::string bars(const Chart& chart) {
    constexpr double barHeight = 12;
    constexpr double rowHeight = lineOfText + barHeight + 6;
    const ChartSeries& series = chart.series.front();
    const double largest = std::max(largestOf(chart), 1e-9);
    double numbers = 0;
    for (const auto& value : series.values)
        numbers = std::max(numbers, textWidth(groupedNumber(value.value_or(0))) + gap);
    constexpr auto maxColumns = static_cast<std::size_t>(width / (1.3 * columnOfText));  // if all letters are wide
    std::string marks = textAt(0, lineOfText - 4, "title", chart.valueTitle + ", by " + chart.categoryTitle);
    double y = lineOfText + 4;
    for (std::size_t i = 0; i < chart.categories.size(); ++i, y += rowHeight) {
        const double value = series.values[i].value_or(0);
        const double length = std::max(1.0, value / largest * (width - numbers));
        marks += textAt(0, y + fontSize, "label", shortened(chart.categories[i], maxColumns));
        marks += fmt::format(R"(<rect class="area {}" x="0" y="{:.1f}" width="{:.1f}" height="{}">{}</rect>)",
                             series.style, y + lineOfText, length, barHeight, tooltip(chart, series, i));
        marks += textAt(length + 4, y + lineOfText + barHeight - 2, "label",
                        series.values[i] ? groupedNumber(value) : "unknown");
    }
    return openSvg(chart, y) + marks + "</svg>\n";
}

}  // namespace

bool Chart::isEmpty() const {
    return std::none_of(series.begin(), series.end(), [](const ChartSeries& one) {
        return std::any_of(one.values.begin(), one.values.end(), [](const auto& value) { return value.has_value(); });
    });
}

std::string svgOf(const Chart& chart) {
    switch (chart.kind) {
        case ChartKind::columns:
            return columns(chart);
        case ChartKind::lines:
            return lines(chart);
        default:
            return bars(chart);
    }
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
