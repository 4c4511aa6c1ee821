#include "report/svg_plot.hpp"

#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace applivery::program {
namespace {

constexpr double swatchWidth = 18;

std::string lineSvg(double x1, double y1, double x2, double y2, const std::string& classes) {
    return fmt::format(R"(<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>)", classes, x1, y1, x2,
                       y2);
}

std::string rectangleSvg(double x, double y, double width, double height, const std::string& classes) {
    return fmt::format(R"(<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>)", classes, x, y,
                       width, height);
}

// Returns a path of a triangle that points upwards. @param x of its middle.
std::string trianglePath(double x, double bottom) {
    return fmt::format("M{:.1f} {:.1f}l4-6l4 6z", x - 4, bottom);
}

std::string swatchSvg(const std::string& classes) {
    return rectangleSvg(0, -9, swatchWidth, 10, classes);
}

}  // namespace

double svgWidthOf(const Chart& chart) {
    return chart.isSmall ? 280 : 370;
}

double svgTextWidth(std::string_view text) {
    return svgLetterWidth * static_cast<double>(displayWidth(text));
}

std::string svgText(double x, double y, const char* classes, std::string_view text) {
    return fmt::format(R"(<text class="{}" x="{:.0f}" y="{:.0f}">{}</text>)", classes, x, y, escapedHtml(text));
}

std::string openSvg(const Chart& chart, double height) {
    return fmt::format(R"(<svg class="chart" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}. {}">)",
                       svgWidthOf(chart), height, escapedHtml(chart.title), escapedHtml(chart.description));
}

SvgPlot::SvgPlot(const Chart& chart)
    : chart_(chart), scale_(scaleOf(chart)), chartWidth_(svgWidthOf(chart)), plotHeight_(chart.isSmall ? 96 : 150) {
    double labelWidth = 0;  // of the widest category
    for (const std::string& category : chart.categories) labelWidth = std::max(labelWidth, svgTextWidth(category));
    for (int i = 0; i <= scale_.steps; ++i) left_ = std::max(left_, svgTextWidth(tickText(i)) + svgGap);
    left_ = std::max(left_, labelWidth / 2);  // space for the left half of the first label
    right_ = chartWidth_ - std::max(svgGap, labelWidth / 2);
    slotWidth_ = (right_ - left_) / static_cast<double>(chart.categories.size());
    labelInterval_ = static_cast<std::size_t>(std::ceil((labelWidth + 2 * svgGap) / slotWidth_));
    addLegend();
    addAxes();
}

double SvgPlot::yOf(double value) const {
    const double share = std::clamp(value / scale_.top(), 0.0, 1.0);  // a size of the service may be negative
    return bottom_ - share * plotHeight_;
}

std::string SvgPlot::svg(const std::string& values) const {
    const double linesBelow = chart_.isSmall ? 1 : 2;  // the names of the categories, and the title of the axis
    const double chartHeight = bottom_ + linesBelow * svgLineHeight + svgGap;
    return openSvg(chart_, chartHeight) + frame_ + values + overlaysSvg() + "</svg>\n";
}

std::string SvgPlot::tickText(int step) const {
    return shortNumber(scale_.step * step);
}

// Sets `bottom_` too, because the plot begins below the legend.
void SvgPlot::addLegend() {
    const bool isLine = chart_.kind == ChartKind::lines || chart_.kind == ChartKind::steps;
    for (const ChartSeries& series : chart_.series) {
        addLegendEntry(
            isLine ? lineSvg(0, -4, swatchWidth, -4, "line " + series.style) : swatchSvg("area " + series.style),
            series.name);
    }
    if (chart_.isLastUnfinished) addLegendEntry(swatchSvg("unfinished"), "unfinished");
    if (scale_.isBeyond(scale_.largest)) {
        addLegendEntry(fmt::format(R"(<path class="beyond" d="{}"/>)", trianglePath(swatchWidth / 2, 0)),
                       "beyond the scale, up to " + shortNumber(scale_.largest));
    }
    if (!chart_.isSmall) {
        legendY_ += svgLineHeight + 2;
        frame_ += svgText(0, legendY_, "title", chart_.valueTitle);
    }
    if (chart_.remark) legendY_ += svgLineHeight;  // space for the remark
    bottom_ = legendY_ + svgLineHeight - 2 + plotHeight_;
}

// Breaks the line if the entry does not fit. @param swatch SVG relative to the start of the entry's baseline.
void SvgPlot::addLegendEntry(const std::string& swatch, const std::string& name) {
    constexpr double textX = swatchWidth + 4;
    const double entryWidth = textX + svgTextWidth(name) + svgGap;
    if (legendX_ > 0 && legendX_ + entryWidth > chartWidth_) {
        legendX_ = 0;
        legendY_ += svgLineHeight;
    }
    frame_ += fmt::format(R"-(<g transform="translate({:.0f} {:.0f})">{}<text x="{:.0f}">{}</text></g>)-", legendX_,
                          legendY_, swatch, textX, escapedHtml(name));
    legendX_ += entryWidth;
}

void SvgPlot::addAxes() {
    std::string grid;
    for (int i = 0; i <= scale_.steps; ++i) {
        const double y = bottom_ - plotHeight_ * i / scale_.steps;
        if (i > 0) grid += fmt::format("M{:.0f} {:.1f}H{:.0f}", left_, y, right_);
        frame_ += svgText(left_ - 4, y + 4, "end", tickText(i));
    }
    std::string axis = fmt::format("M{:.0f} {:.1f}H{:.0f}", left_, bottom_, right_);
    const std::size_t count = chart_.categories.size();
    for (std::size_t i = 0; i < count; ++i) {
        if ((count - 1 - i) % labelInterval_ != 0) continue;  // always label the last category
        axis += fmt::format("M{:.1f} {:.1f}v3", middleOf(i), bottom_);
        frame_ += svgText(middleOf(i), bottom_ + svgLineHeight, "middle", chart_.categories[i]);
    }
    frame_ += fmt::format(R"(<path class="grid" d="{}"/><path class="axis" d="{}"/>)", grid, axis);
    if (chart_.isSmall) return;
    frame_ += svgText((left_ + right_) / 2, bottom_ + 2 * svgLineHeight, "title middle", chart_.categoryTitle);
}

// Returns what is drawn above the values.
std::string SvgPlot::overlaysSvg() const {
    std::string svg = outliersSvg() + remarkSvg();
    if (chart_.isLastUnfinished) {
        const double width = std::max(slotWidth_, 4.0);  // at least one line of the pattern
        svg += rectangleSvg(middleOf(chart_.categories.size() - 1) - width / 2, bottom_ - plotHeight_, width,
                            plotHeight_, "unfinished");
    }
    return svg;
}

// Returns a triangle above each category whose value is beyond the scale. For stacked columns, also compares the sum.
std::string SvgPlot::outliersSvg() const {
    std::string path;
    for (std::size_t i = 0; i < chart_.categories.size(); ++i) {
        double sum = 0;
        bool isBeyond = false;
        for (const ChartSeries& series : chart_.series) {
            const double value = series.values[i].value_or(0);
            sum += value;
            isBeyond = isBeyond || scale_.isBeyond(value);
        }
        if (chart_.kind == ChartKind::columns) isBeyond = isBeyond || scale_.isBeyond(sum);
        if (isBeyond) path += trianglePath(middleOf(i), bottom_ - plotHeight_ - 1);
    }
    return path.empty() ? "" : fmt::format(R"(<path class="beyond" d="{}"/>)", path);
}

// Returns a vertical line at the category, and the text above it, moved to the side if it would not fit.
std::string SvgPlot::remarkSvg() const {
    if (!chart_.remark) return {};
    const double x = middleOf(chart_.remark->category);
    const double halfWidth = svgTextWidth(chart_.remark->text) / 2;
    const double textX = std::clamp(x, halfWidth, std::max(halfWidth, chartWidth_ - halfWidth));
    const double top = bottom_ - plotHeight_;
    return lineSvg(x, top - 4, x, bottom_, "remark") + svgText(textX, top - 7, "middle", chart_.remark->text);
}

}  // namespace applivery::program
