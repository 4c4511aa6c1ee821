/// @file
/// The rows of the overview's table: one for each app and system, most urgent first.
#pragma once

#include "build_selection.hpp"
#include "overview/overview.hpp"
#include "statistics/attention.hpp"
#include "text/text_table.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace applivery::program {

/// Totals of all apps.
struct OverviewTotals {
    std::int64_t apps = 0;
    std::int64_t unread = 0;     ///< Number of apps that could not be read.
    StateCounts states;          ///< Of all builds.
    LeftOut leftOut;             ///< Builds of unknown age.
    bool totalsChanged = false;  ///< WalkSummary::totalsChanged of any app.
    PeriodSummary previous;      ///< Of the previous period.
};

[[nodiscard]] OverviewTotals totalsOf(const Overview& overview);

/// A row of the table, or of a document.
struct OverviewRow {
    const AppOverview* app = nullptr;
    std::string os{};
    const BuildGroup* group = nullptr;            ///< Null if no build was read.
    const PeriodSummary* previous = nullptr;      ///< Of the previous period; null if it has no builds.
    std::vector<AttentionItem> attentionItems{};  ///< Most urgent first.
    bool isFailure = false;                       ///< Whether the row says why the app could not be read.
    /// Position of the row's first attention item among those of all rows.
    std::size_t urgency = std::numeric_limits<std::size_t>::max();
};

/// Returns the rows, most urgent first, and then in the order of the apps.
///
/// Each app has a row. An app that could not be read has a row with the error, above the rows of its last complete
/// refresh. An app or system without builds has a row without a group.
[[nodiscard]] std::vector<OverviewRow> overviewRows(const Overview& overview);

/// Returns the cells of a row, without the app's name. A row without a group has fewer cells than there are columns.
[[nodiscard]] TableRow cellsOf(const OverviewRow& row, const Period& period);

/// Returns the columns, without that of the app's name.
[[nodiscard]] std::vector<TableColumn> overviewColumns();

/// Returns the lines below the table: the totals, marked as incomplete if an app could not be read; the period; and an
/// explanation of the percentiles.
[[nodiscard]] std::vector<std::string> overviewNotes(const Overview& overview);

}  // namespace applivery::program
