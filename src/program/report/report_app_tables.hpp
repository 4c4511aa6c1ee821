/// @file
/// The tables of a report about whole apps: what requires action, which apps were read, and the previous period.
#pragma once

#include "report/report_tables.hpp"

namespace applivery::program {

/// Returns the table of the conditions that require action, most urgent first.
[[nodiscard]] Table attentionTable(const Report& report);

/// Returns each app that the user asked for, most urgent first.
[[nodiscard]] Table appTable(const Report& report);

/// Returns the newest processed build of each app and system, also from before the period.
[[nodiscard]] Table newestProcessedTable(const Report& report);

/// Returns the numbers of the previous period, and the differences from it; no rows if the report does not compare.
[[nodiscard]] Table previousTable(const Report& report);

/// Returns the apps of which builds are missing, with the errors.
[[nodiscard]] Table unreadTable(const Report& report);

}  // namespace applivery::program
