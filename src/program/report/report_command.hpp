/// @file
/// `applivery-builds report`: writes statistics of the builds of one app or several, as a page or for programs.
#pragma once

#include "report/report_options.hpp"

namespace applivery::program {

/// Runs the command. @return the exit code of the process.
[[nodiscard]] ExitCode report(const ReportOptions& options);

}  // namespace applivery::program
