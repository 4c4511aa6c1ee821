#include "report/svg_plot.hpp"

#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace applivery::program {
namespace {

constexpr double swatchWidth = 18;

std::string lineFrom(double x1, double y1, double x2, double y2, const std::string& classes) {
    return fmt::format(R"(<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>)", classes, x1, y1, x2,
                       y2);
}

std::string rectangle(double x, double y, double width, double height, const std::string& classes) {
    return fmt::format(R"(<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>)", classes, x, y,
                       width, height);
}

std::string triangle(double x, double bottom) {
    return fmt::format("M{:.1f} {:.1f}l4-6l4 6z", x - 4, bottom);
}

}  // namespace

double svgWidthOf(const Chart& chart) {
    return chart.isSmall ? 280 : 370;
}

double svgTextWidth(std::string_view text) {
    return svgLetterWidth * static_cast<double>(displayWidth(text));
}

std::string svgText(double x, double y, const char* classes, std::string_view text) {
    return fmt::format(R"(<text class="{}" x="{:.0f}" y="{:.0f}">{}</text>)", classes, x, y, htmlText(text));
}

std::string openSvg(const Chart& chart, double height) {
    return fmt::format(R"(<svg class="chart" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}. {}">)",
                       svgWidthOf(chart), height, htmlText(chart.title), htmlText(chart.description));
}

SvgPlot::SvgPlot(const Chart& chart)
    : chart_(chart), scale_(scaleOf(chart)), width_(svgWidthOf(chart)), height_(chart.isSmall ? 96 : 150) {
    double widest = 0;
    for (const std::string& category : chart.categories) widest = std::max(widest, svgTextWidth(category));
    for (int i = 0; i <= scale_.steps; ++i) left_ = std::max(left_, svgTextWidth(tickText(i)) + svgGap);
    left_ = std::max(left_, widest / 2);  // space for the left half of the first label
    right_ = width_ - std::max(svgGap, widest / 2);
    slot_ = (right_ - left_) / static_cast<double>(chart.categories.size());
    every_ = static_cast<std::size_t>(std::ceil((widest + 2 * svgGap) / slot_));
    legend();
    axes();
}

double SvgPlot::yOf(double value) const {
    return bottom_ - std::clamp(value / scale_.top(), 0.0, 1.0) * height_;  // a size of the service may be negative
}

std::string SvgPlot::svg(const std::string& marks) const {
    const double axisLines = chart_.isSmall ? 1 : 2;
    return openSvg(chart_, bottom_ + axisLines * svgLineHeight + svgGap) + frame_ + marks + overlays() + "</svg>\n";
}

std::string SvgPlot::tickText(int step) const {
    return shortNumber(scale_.step * step);
}

void SvgPlot::legend() {
    const bool isLine = chart_.kind == ChartKind::lines || chart_.kind == ChartKind::steps;
    for (const ChartSeries& series : chart_.series) {
        legendEntry(isLine ? lineFrom(0, -4, swatchWidth, -4, "line " + series.style)
                           : rectangle(0, -9, swatchWidth, 10, "area " + series.style),
                    series.name);
    }
    if (chart_.isLastUnfinished) legendEntry(rectangle(0, -9, swatchWidth, 10, "unfinished"), "unfinished");
    if (scale_.isBeyond(scale_.largest)) {
        legendEntry(fmt::format(R"(<path class="beyond" d="{}"/>)", triangle(swatchWidth / 2, 0)),
                    "beyond the scale, up to " + shortNumber(scale_.largest));
    }
    if (!chart_.isSmall) frame_ += svgText(0, legendY_ += svgLineHeight + 2, "title", chart_.valueTitle);
    if (chart_.mark) legendY_ += svgLineHeight;  // space for the remark
    bottom_ = legendY_ + svgLineHeight - 2 + height_;
}

void SvgPlot::legendEntry(const std::string& swatch, const std::string& name) {
    const double room = swatchWidth + 4 + svgTextWidth(name) + svgGap;
    if (legendX_ > 0 && legendX_ + room > width_) {
        legendX_ = 0;
        legendY_ += svgLineHeight;
    }
    frame_ += fmt::format(R"-(<g transform="translate({:.0f} {:.0f})">{}<text x="{:.0f}">{}</text></g>)-", legendX_,
                          legendY_, swatch, swatchWidth + 4, htmlText(name));
    legendX_ += room;
}

void SvgPlot::axes() {
    std::string grid;
    for (int i = 0; i <= scale_.steps; ++i) {
        const double y = bottom_ - height_ * i / scale_.steps;
        if (i > 0) grid += fmt::format("M{:.0f} {:.1f}H{:.0f}", left_, y, right_);
        frame_ += svgText(left_ - 4, y + 4, "end", tickText(i));
    }
    std::string axis = fmt::format("M{:.0f} {:.1f}H{:.0f}", left_, bottom_, right_);
    const std::size_t count = chart_.categories.size();
    for (std::size_t i = 0; i < count; ++i) {
        if ((count - 1 - i) % every_ != 0) continue;  // always label the last category
        axis += fmt::format("M{:.1f} {:.1f}v3", middleOf(i), bottom_);
        frame_ += svgText(middleOf(i), bottom_ + svgLineHeight, "middle", chart_.categories[i]);
    }
    frame_ += fmt::format(R"(<path class="grid" d="{}"/><path class="axis" d="{}"/>)", grid, axis);
    if (chart_.isSmall) return;
    frame_ += svgText((left_ + right_) / 2, bottom_ + 2 * svgLineHeight, "title middle", chart_.categoryTitle);
}

std::string SvgPlot::overlays() const {
    std::string marks = outliers() + remark();
    if (chart_.isLastUnfinished) {
        const double slot = std::max(slot_, 4.0);  // at least one line of the pattern
        marks += rectangle(middleOf(chart_.categories.size() - 1) - slot / 2, bottom_ - height_, slot, height_,
                           "unfinished");
    }
    return marks;
}

std::string SvgPlot::outliers() const {
    std::string path;
    for (std::size_t i = 0; i < chart_.categories.size(); ++i) {
        double stack = 0;
        bool isBeyond = false;
        for (const ChartSeries& series : chart_.series) {
            const double value = series.values[i].value_or(0);
            stack += value;
            isBeyond = isBeyond || scale_.isBeyond(value);
        }
        if (isBeyond || (chart_.kind == ChartKind::columns && scale_.isBeyond(stack))) {
            path += triangle(middleOf(i), bottom_ - height_ - 1);
        }
    }
    return path.empty() ? "" : fmt::format(R"(<path class="beyond" d="{}"/>)", path);
}

std::string SvgPlot::remark() const {
    if (!chart_.mark) return {};
    const double x = middleOf(chart_.mark->category);
    const double half = svgTextWidth(chart_.mark->text) / 2;
    const double top = bottom_ - height_;
    return lineFrom(x, top - 4, x, bottom_, "remark") +
           svgText(std::clamp(x, half, std::max(half, width_ - half)), top - 7, "middle", chart_.mark->text);
}

}  // namespace applivery::program
