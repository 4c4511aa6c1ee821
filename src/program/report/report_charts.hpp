/// @file
/// The charts of a report.
#pragma once

#include "report/report.hpp"
#include "report/svg_chart.hpp"

#include <string>

namespace applivery::program {

struct Picture {
    Chart chart;
    std::string note;  ///< Shown below the chart; may be empty.
};

/// Returns bars of the most frequent codes, branches and uploaders.
[[nodiscard]] Picture failurePicture(const Report& report);
[[nodiscard]] Picture branchPicture(const Report& report);
[[nodiscard]] Picture uploaderPicture(const Report& report);

/// Returns the name of the app, followed by a space; empty if there is only one app.
[[nodiscard]] std::string appPrefix(const Report& report, const std::string& app);

[[nodiscard]] std::string versionNameOf(const BuildBrief& build);

}  // namespace applivery::program
