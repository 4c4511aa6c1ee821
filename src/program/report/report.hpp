/// @file
/// The content of `applivery-builds report`, and its formats for programs.
#pragma once

#include "build_walk.hpp"
#include "statistics/build_statistics.hpp"

#include <string>
#include <vector>

namespace applivery::program {

/// An app whose builds could not be read completely.
struct UnreadApp {
    std::string app;      ///< App as the user named it; empty if the token is for one app.
    std::string message;  ///< Message of the error.
};

/// The statistics of the builds that were read, and the reasons why others are missing.
struct Report {
    BuildStatistics statistics;
    SelectionTerms selection{};  ///< Conditions on the builds, except for the period.
    std::vector<UnreadApp> unread{};
    bool totalsChanged = false;  ///< WalkSummary::totalsChanged: a build may be missing.

    [[nodiscard]] bool isComplete() const noexcept { return unread.empty(); }
};

/// Returns the report as one JSON document: all tables by name, with a schema version.
[[nodiscard]] std::string reportJson(const Report& report);

/// Returns the rows of all tables as CSV (RFC 4180). The first column is the name of the table. The other columns are
/// those of all tables; a row has no value in the columns of other tables.
[[nodiscard]] std::string reportCsv(const Report& report);

/// Returns the report in the text format of OpenMetrics, which Prometheus reads too.
[[nodiscard]] std::string reportMetrics(const Report& report);

}  // namespace applivery::program
