/// @file
/// Charts by day and by week, for all builds of a report or for one app and system.
#pragma once

#include "report/chart.hpp"
#include "report/report_trends.hpp"

#include <map>
#include <vector>

namespace applivery::program {

/// @{
/// Returns the numbers of builds by day and state, for the last 90 days. If these days have no build, the chart ends at
/// the day of the newest build.
[[nodiscard]] Chart dailyBuildsChart(const Report& report);
[[nodiscard]] Chart dailyBuildsChart(const BuildGroup& group, const Period& period);
/// @}

/// Returns the failure rate of each week. The note is failureChange().
[[nodiscard]] Chart failureRateChart(const std::vector<TrendWeek>& weeks);

/// Returns the median and the 90th percentile of the processing time of each week. The note is processingChange().
[[nodiscard]] Chart processingTimeChart(const std::vector<TrendWeek>& weeks);

/// Returns the median and the 90th percentile of the queue time of each week.
[[nodiscard]] Chart queueTimeChart(const std::vector<TrendWeek>& weeks);

/// Returns the size of the newest processed build of each week. A remark names the largest change.
[[nodiscard]] Chart sizeChart(const std::vector<TrendWeek>& weeks);

}  // namespace applivery::program
