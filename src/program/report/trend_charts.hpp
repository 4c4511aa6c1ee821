/// @file
/// Charts by day and by week: of all builds of a report, or of one app and system.
#pragma once

#include "report/report_charts.hpp"
#include "report/report_trends.hpp"

#include <map>
#include <vector>

namespace applivery::program {

/// Returns builds by day and state, of the last 90 days. If they have no build: of the 90 days before the last build.
[[nodiscard]] Picture dayPicture(const Report& report);
[[nodiscard]] Picture dayPicture(const BuildGroup& group, const Period& period);

/// Returns the failure rate of each week. The note compares the last complete weeks with those before.
[[nodiscard]] Picture failureRatePicture(const std::vector<TrendWeek>& weeks);

/// Returns the median and the 90th percentile of the processing time of each week, with such a note.
[[nodiscard]] Picture processingPicture(const std::vector<TrendWeek>& weeks);

/// Returns the median and the 90th percentile of the queue time of each week.
[[nodiscard]] Picture queuePicture(const std::vector<TrendWeek>& weeks);

/// Returns the size of the newest build of each week. The largest change is marked.
[[nodiscard]] Picture sizePicture(const std::vector<TrendWeek>& weeks);

}  // namespace applivery::program
