/// @file
/// The pictures of a report.
#pragma once

#include "report/report.hpp"
#include "report/svg_chart.hpp"

#include <string>
#include <vector>

namespace applivery::program {

struct Picture {
    Chart chart;
    std::string note;  ///< What is to be known of it besides; empty for nothing.
};

/// Builds by day and state: 90 days up to today, or up to the last build where it is older than they are.
[[nodiscard]] Picture dayPicture(const Report& report);

/// Processing time and queue time by week, 26 weeks in the same way, of each of the systems with the most builds.
[[nodiscard]] std::vector<Picture> weekPictures(const Report& report);

/// Of the newest builds, by version and system.
[[nodiscard]] Picture sizePicture(const Report& report);

[[nodiscard]] Picture failurePicture(const Report& report);
[[nodiscard]] Picture branchPicture(const Report& report);
[[nodiscard]] Picture uploaderPicture(const Report& report);

/// The app as the user named it, where there are several; else nothing.
[[nodiscard]] std::string appPrefix(const Report& report, const std::string& app);

[[nodiscard]] std::string versionNameOf(const BuildBrief& build);

}  // namespace applivery::program
