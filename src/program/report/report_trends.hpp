/// @file
/// The last weeks and days of builds, and how the complete weeks at their end differ from those before.
#pragma once

#include "report/report.hpp"

#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace applivery::program {

/// The figures of one week.
struct TrendWeek {
    Days monday{};
    BuildWeek figures;
    bool isUnfinished = false;  ///< Whether the week is the current one.
    bool isPartial = false;     ///< isPartialWeek()
};

/// Returns the last 26 weeks up to now, from the first with a build. If none of them has a build: those up to the last
/// build.
[[nodiscard]] std::vector<TrendWeek> weeksOf(const BuildGroup& group, const Period& period);

/// Returns such weeks of all groups together, without sizes.
[[nodiscard]] std::vector<TrendWeek> weeksOf(const Report& report);

/// Returns the last `count` steps up to `now`, from the first that is in the map. If none of them is in the map:
/// those up to the last in the map.
template <typename Map>
[[nodiscard]] std::vector<Days> window(const Map& map, Days now, Days step, int count) {
    if (map.empty()) return {};
    const Days last = std::prev(map.end())->first;
    const Days end = last > now - step * count ? std::max(now, last) : last;
    const Days begin = map.lower_bound(end - step * (count - 1))->first;
    std::vector<Days> days;
    for (Days day = begin; day <= end; day += step) days.push_back(day);
    return days;
}

/// Returns StateCounts::failureRate() in percent.
[[nodiscard]] std::optional<double> failurePercent(const StateCounts& states);

/// Returns a sentence about the failure rate of the last four complete weeks, and its change. Empty if no build ended.
[[nodiscard]] std::string failureChange(const std::vector<TrendWeek>& weeks);

/// Returns a sentence about the 90th percentile of the processing time of these weeks, and its change. Empty if
/// unknown.
[[nodiscard]] std::string processingChange(const std::vector<TrendWeek>& weeks);

}  // namespace applivery::program
