/// @file
/// The options of `applivery-builds report`.
#pragma once

#include "build_walk.hpp"
#include "command.hpp"

#include <memory>
#include <optional>
#include <string>

namespace applivery::program {

enum class ReportFormat { openmetrics, json, csv };

struct ReportOptions {
    BuildSelection selection;
    bool comparesPrevious = false;       ///< Whether to read the previous period, too: see previousBegin().
    std::string htmlFile;                ///< File for the page. Empty: no page. `-`: standard output.
    std::optional<ReportFormat> format;  ///< Format of the numbers for programs. Absent: no such output.
    std::string outFile;                 ///< File for these numbers. Empty or `-`: standard output.
};

[[nodiscard]] std::unique_ptr<Command> makeReportCommand();

}  // namespace applivery::program
