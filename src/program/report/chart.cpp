#include "report/chart.hpp"

#include <algorithm>

namespace applivery::program {

bool Chart::isEmpty() const {
    const auto hasNoValue = [](const ChartSeries& each) {
        return std::none_of(each.values.begin(), each.values.end(),
                            [](const auto& value) { return value.has_value(); });
    };
    return std::all_of(series.begin(), series.end(), hasNoValue);
}

}  // namespace applivery::program
