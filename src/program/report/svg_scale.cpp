#include "report/svg_scale.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace applivery::program {
namespace {

// Returns a scale of at most five steps, of at least 1 if the chart has whole values only.
Scale scaleUpTo(double largest, bool hasWholeValues) {
    constexpr int maxSteps = 5;
    if (largest <= 0) return {};
    double step = std::pow(10.0, std::floor(std::log10(largest / maxSteps)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        if (largest / (step * factor) <= maxSteps) {
            step *= factor;
            break;
        }
    }
    if (hasWholeValues) step = std::max(step, 1.0);
    return {step, static_cast<int>(std::ceil(largest / step - 1e-9))};  // tolerates rounding errors
}

// Returns the heights above 0 of the columns or points of the first `count` categories, in ascending order.
std::vector<double> heightsOf(const Chart& chart, std::size_t count) {
    std::vector<double> heights;
    for (std::size_t i = 0; i < count; ++i) {
        double sum = 0;
        for (const ChartSeries& series : chart.series) {
            const double value = series.values[i].value_or(0);
            sum += value;
            if (chart.kind != ChartKind::columns && value > 0) heights.push_back(value);
        }
        if (chart.kind == ChartKind::columns && sum > 0) heights.push_back(sum);
    }
    std::sort(heights.begin(), heights.end());
    return heights;
}

// Returns the largest height that is no outlier. @param heights in ascending order, at least one.
double largestWithoutOutliers(const std::vector<double>& heights) {
    constexpr std::size_t fewHeights = 5;
    const double maxRatio = heights.size() < fewHeights ? 1000 : 10;
    const double upperQuartile = heights[(heights.size() - 1) * 3 / 4];
    // Divides, because a product could overflow.
    const auto firstOutlier =
        std::find_if(heights.begin(), heights.end(), [&](double height) { return height / maxRatio > upperQuartile; });
    return *(firstOutlier - 1);
}

}  // namespace

Scale scaleOf(const Chart& chart) {
    const std::size_t count = chart.categories.size();
    const std::vector<double> all = heightsOf(chart, count);
    if (all.empty()) return {};
    const std::vector<double> finished = heightsOf(chart, chart.isLastUnfinished ? count - 1 : count);
    const std::vector<double>& heights = finished.empty() ? all : finished;
    // The scale of bars has no outliers, because each bar has its value beside it.
    const double bound = chart.kind == ChartKind::bars ? heights.back() : largestWithoutOutliers(heights);
    Scale scale = scaleUpTo(bound, chart.hasWholeValues);
    scale.largest = all.back();
    return scale;
}

}  // namespace applivery::program
