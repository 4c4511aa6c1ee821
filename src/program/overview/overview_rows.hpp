/// @file
/// What the overview says to people, in cells: one row an app and system.
#pragma once

#include "overview/overview_writer.hpp"
#include "text/text_table.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace applivery::program {

/// Of all apps.
struct OverviewTotals {
    std::int64_t apps = 0;
    std::int64_t unread = 0;  ///< Of the apps.
    std::int64_t builds = 0;
    std::int64_t failed = 0;
    std::int64_t waiting = 0;
    bool haveChanged = false;  ///< See totalsChangedNote.
};

[[nodiscard]] OverviewTotals totalsOf(const Overview& overview);

/// Where the apps' names stand.
enum class AppNames {
    none,    ///< There is one app.
    column,  ///< In front of each row.
    lines,   ///< Above the rows of each app: for a terminal that is not wide enough.
};

[[nodiscard]] std::vector<TableColumn> overviewColumns(AppNames names);

/// An app that could not be read has a row that says why, after what was known of it before; one without builds has a
/// row that says so. Both have fewer cells than there are columns.
[[nodiscard]] std::vector<TableRow> overviewRows(const Overview& overview, AppNames names);

/// The lines below: the totals, which say "incomplete" where an app could not be read; the period; and what is to be
/// known of the percentiles.
[[nodiscard]] std::vector<std::string> overviewNotes(const Overview& overview);

}  // namespace applivery::program
