/// @file
/// `applivery-builds report`: what a dashboard shows of the builds of one app or several, as a page or for programs.
#pragma once

#include "build_walk.hpp"

#include <optional>
#include <string>

namespace applivery::program {

enum class ReportFormat { openmetrics, json, csv };

struct ReportOptions {
    BuildSelection selection;
    std::string htmlFile;                ///< Empty for no page; `-` is standard output.
    std::optional<ReportFormat> format;  ///< Absent: the page alone.
    std::string outFile;                 ///< Of what programs read; empty or `-`: standard output.
};

/// What is wrong with the options together; empty where nothing is.
[[nodiscard]] std::string faultOf(const ReportOptions& options);

/// @return the exit code.
[[nodiscard]] int report(const ReportOptions& options);

}  // namespace applivery::program
