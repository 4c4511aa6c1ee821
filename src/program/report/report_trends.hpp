/// @file
/// The last weeks and days with builds, and sentences about the change between weeks.
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

/// Returns the last 26 weeks up to now. Omits the weeks before the first one with a build. If none of these weeks has a
/// build, returns the 26 weeks up to the newest build.
[[nodiscard]] std::vector<TrendWeek> weeksOf(const BuildGroup& group, const Period& period);

/// Returns the weeks of all groups together, selected in the same way. They contain no sizes.
[[nodiscard]] std::vector<TrendWeek> weeksOf(const Report& report);

/// Returns the last `count` steps up to `now`. Omits the steps before the first one in the map. If none of these steps
/// is in the map, returns the steps up to the last one in the map.
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

/// Returns a sentence about the failure rate of the last four complete weeks, and about its change from the weeks
/// before. Empty if no build ended.
[[nodiscard]] std::string failureChange(const std::vector<TrendWeek>& weeks);

/// Returns a sentence about the 90th percentile of the processing time of these weeks, and its change. Empty if
/// unknown.
[[nodiscard]] std::string processingChange(const std::vector<TrendWeek>& weeks);

}  // namespace applivery::program
