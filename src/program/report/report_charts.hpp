/// @file
/// The charts of a report.
#pragma once

#include "report/report.hpp"
#include "report/svg_chart.hpp"

#include <string>
#include <vector>

namespace applivery::program {

struct Picture {
    Chart chart;
    std::string note;  ///< Shown below the chart; may be empty.
};

/// Returns builds by day and state, of the last 90 days. If they have no build: of the 90 days before the last build.
[[nodiscard]] Picture dayPicture(const Report& report);

/// Returns processing and queue times by week, of 26 weeks chosen in the same way, for the systems with most builds.
[[nodiscard]] std::vector<Picture> weekPictures(const Report& report);

/// Returns the sizes of the newest builds, by version and system.
[[nodiscard]] Picture sizePicture(const Report& report);

[[nodiscard]] Picture failurePicture(const Report& report);
[[nodiscard]] Picture branchPicture(const Report& report);
[[nodiscard]] Picture uploaderPicture(const Report& report);

/// Returns the app as the user named it, followed by a space; empty if there is only one app.
[[nodiscard]] std::string appPrefix(const Report& report, const std::string& app);

[[nodiscard]] std::string versionNameOf(const BuildBrief& build);

}  // namespace applivery::program
