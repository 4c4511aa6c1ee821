/// @file
/// The scale of a chart's values: where the axis ends, and which values are beyond it.
#pragma once

#include "report/chart.hpp"

namespace applivery::program {

/// A scale from 0, in steps of 1, 2 or 5 times a power of ten.
struct Scale {
    double step = 1;     ///< Difference between neighboring labels of the axis.
    int steps = 1;       ///< Number of steps.
    double largest = 0;  ///< The largest value, which may be beyond the scale.

    [[nodiscard]] double top() const { return step * steps; }
    /// Tolerates rounding errors of top().
    [[nodiscard]] bool isBeyond(double value) const { return value > top() * (1 + 1e-9); }
};

/// Returns the scale of a chart, up to the largest column, point or bar.
///
/// A column or point beyond ten times the upper quartile is an outlier. With fewer than five values, the quartile is
/// not reliable, and an outlier is beyond a thousand times the quartile. The scale ends below the outliers, so that the
/// other values remain visible. An unfinished category does not determine the scale.
[[nodiscard]] Scale scaleOf(const Chart& chart);

}  // namespace applivery::program
