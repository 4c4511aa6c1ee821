/// @file
/// The parts that charts with columns and charts with lines have in common: legend, axes, and the coordinates of
/// values. Lengths and coordinates are in units of the chart's view box; y grows downwards.
#pragma once

#include "report/chart.hpp"
#include "report/svg_scale.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace applivery::program {

inline constexpr double svgFontSize = 11;
inline constexpr double svgLetterWidth = 6.1;  ///< Of an average letter; the browser chooses the font.
inline constexpr double svgLineHeight = 16;
inline constexpr double svgGap = 8;  ///< Between neighboring texts.

/// Returns the width of a chart. A phone shows a unit as about one pixel.
[[nodiscard]] double svgWidthOf(const Chart& chart);

[[nodiscard]] double svgTextWidth(std::string_view text);

/// Returns a text. @param y of its baseline.
[[nodiscard]] std::string svgText(double x, double y, const char* classes, std::string_view text);

/// Returns the start tag of a chart, with its text alternative.
[[nodiscard]] std::string openSvg(const Chart& chart, double height);

/// Lays out a chart with columns or lines. Each category has a slot of the same width.
class SvgPlot {
public:
    explicit SvgPlot(const Chart& chart);

    [[nodiscard]] double slotWidth() const { return slotWidth_; }

    /// Returns the x coordinate of the middle of a category's slot.
    [[nodiscard]] double middleOf(std::size_t category) const {
        return left_ + slotWidth_ * (static_cast<double>(category) + 0.5);
    }

    /// Returns the y coordinate of a value; the top of the plot if the value is beyond the scale.
    [[nodiscard]] double yOf(double value) const;

    /// Returns the whole chart. @param values SVG of the columns or lines.
    [[nodiscard]] std::string svg(const std::string& values) const;

private:
    [[nodiscard]] std::string tickText(int step) const;
    void addLegend();
    void addLegendEntry(const std::string& swatch, const std::string& name);
    void addAxes();
    [[nodiscard]] std::string overlaysSvg() const;
    [[nodiscard]] std::string outliersSvg() const;
    [[nodiscard]] std::string remarkSvg() const;

    const Chart& chart_;
    const Scale scale_;
    const double chartWidth_;
    const double plotHeight_;
    double left_ = 0;    // of the plot
    double right_ = 0;   // of the plot
    double bottom_ = 0;  // of the plot
    double slotWidth_ = 0;
    double legendX_ = 0;                  // of the next entry
    double legendY_ = svgLineHeight - 4;  // baseline of the next entry
    std::size_t labelInterval_ = 1;       // number of categories from one label to the next
    std::string frame_;                   // SVG of legend and axes
};

}  // namespace applivery::program
