/// @file
/// The last weeks and days with builds, and sentences about the change between weeks.
#pragma once

#include "report/report.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace applivery::program {

/// One week of a trend.
struct TrendWeek {
    Days monday{};
    WeekStatistics statistics;
    bool isUnfinished = false;  ///< Whether the week is the current one.
    bool isPartial = false;     ///< isPartialWeek()
};

/// Returns the last 26 weeks up to now. Omits the weeks before the first one with a build. If none of these weeks has a
/// build, returns the 26 weeks up to the newest build.
[[nodiscard]] std::vector<TrendWeek> weeksOf(const BuildGroup& group, const Period& period);

/// Returns the weeks of all groups together, selected as for one group. The weeks contain no sizes.
[[nodiscard]] std::vector<TrendWeek> weeksOf(const Report& report);

/// Returns the last `count` days or Mondays up to `now`, from the first of them that is in the map. If none of them is
/// in the map, returns the last ones up to the last day of the map.
/// @param map by day or by Monday.
/// @param step 1 or 7 days.
template <typename Map>
[[nodiscard]] std::vector<Days> recentSteps(const Map& map, Days now, Days step, int count) {
    if (map.empty()) return {};
    const Days last = std::prev(map.end())->first;
    const bool isRecent = last > now - step * count;
    const Days end = isRecent ? std::max(now, last) : last;
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
