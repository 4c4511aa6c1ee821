/// @file
/// The rows of the overview's table: one for each app and system.
#pragma once

#include "build_selection.hpp"
#include "overview/overview_writer.hpp"
#include "text/text_table.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace applivery::program {

/// Totals of all apps.
struct OverviewTotals {
    std::int64_t apps = 0;
    std::int64_t unread = 0;  ///< Number of apps that could not be read.
    std::int64_t builds = 0;
    std::int64_t failed = 0;
    std::int64_t waiting = 0;
    LeftOut leftOut;             ///< Builds of unknown age.
    bool totalsChanged = false;  ///< WalkSummary::totalsChanged of any app.
};

[[nodiscard]] OverviewTotals totalsOf(const Overview& overview);

/// Where the table has the names of the apps.
enum class AppNames {
    none,    ///< Nowhere: there is only one app.
    column,  ///< In the first column.
    lines,   ///< On lines above the rows of each app, for a narrow terminal.
};

[[nodiscard]] std::vector<TableColumn> overviewColumns(AppNames names);

/// Returns the rows. An app that could not be read has a row with the error, below the rows of the last complete
/// refresh. An app without builds has a row "no builds". Both rows have fewer cells than there are columns.
[[nodiscard]] std::vector<TableRow> overviewRows(const Overview& overview, AppNames names);

/// Returns the lines below the table: the totals, marked as incomplete if an app could not be read; the period; and an
/// explanation of the percentiles.
[[nodiscard]] std::vector<std::string> overviewNotes(const Overview& overview);

}  // namespace applivery::program
