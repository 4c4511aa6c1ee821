/// @file
/// The frame of a chart with columns or lines: legend, axes, and the coordinates of its values.
#pragma once

#include "report/svg_chart.hpp"
#include "report/svg_scale.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace applivery::program {

inline constexpr double svgFontSize = 11;
inline constexpr double svgLetterWidth = 6.1;  ///< Of an average letter; the browser chooses the font.
inline constexpr double svgLineHeight = 16;
inline constexpr double svgGap = 8;

/// Returns the width of a chart in units of its view box. A phone shows a unit as about one pixel.
[[nodiscard]] double svgWidthOf(const Chart& chart);

[[nodiscard]] double svgTextWidth(std::string_view text);
[[nodiscard]] std::string svgText(double x, double y, const char* classes, std::string_view text);

/// Returns the start tag of a chart, with its text alternative.
[[nodiscard]] std::string openSvg(const Chart& chart, double height);

class SvgPlot {
public:
    explicit SvgPlot(const Chart& chart);

    [[nodiscard]] double slot() const { return slot_; }
    [[nodiscard]] double middleOf(std::size_t category) const {
        return left_ + slot_ * (static_cast<double>(category) + 0.5);
    }
    [[nodiscard]] double heightOf(double value) const { return bottom_ - yOf(value); }
    [[nodiscard]] double bottom() const { return bottom_; }

    /// Returns the height of a value; the top of the plot if the value is beyond the scale.
    [[nodiscard]] double yOf(double value) const;

    /// Returns the chart. @param marks its columns or lines.
    [[nodiscard]] std::string svg(const std::string& marks) const;

private:
    [[nodiscard]] std::string tickText(int step) const;
    void legend();
    void legendEntry(const std::string& swatch, const std::string& name);
    void axes();
    [[nodiscard]] std::string overlays() const;
    [[nodiscard]] std::string outliers() const;
    [[nodiscard]] std::string remark() const;

    const Chart& chart_;
    const Scale scale_;
    const double width_;
    const double height_;  // of the plot
    double left_ = 0;
    double right_ = 0;
    double bottom_ = 0;
    double slot_ = 0;
    double legendX_ = 0;
    double legendY_ = svgLineHeight - 4;
    std::size_t every_ = 1;  // every so many categories have a label
    std::string frame_;
};

}  // namespace applivery::program
