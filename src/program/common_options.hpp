/// @file
/// The options of each command, as CLI11 reads them: the one place where they are defined.
#pragma once

#include "doctor/doctor_command.hpp"
#include "list/list_command.hpp"
#include "overview/overview_command.hpp"
#include "report/report_command.hpp"
#include "wait/wait_command.hpp"

#include <CLI/CLI.hpp>

namespace applivery::program {

void defineList(CLI::App& command, ListOptions& options);
void defineLatest(CLI::App& command, ListOptions& options);
void defineWait(CLI::App& command, WaitCommandOptions& options);
void defineOverview(CLI::App& command, OverviewOptions& options);
void defineReport(CLI::App& command, ReportOptions& options);
void defineDoctor(CLI::App& command, DoctorOptions& options);

}  // namespace applivery::program
