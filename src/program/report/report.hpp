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
    std::string app;      ///< As the user named it; empty if the token implies it.
    std::string message;  ///< Message of the error.
};

struct Report {
    BuildStatistics statistics;
    SelectionTerms selection{};  ///< Conditions on the builds, except for the period.
    std::vector<UnreadApp> unread{};
    bool totalsChanged = false;  ///< WalkSummary::totalsChanged

    [[nodiscard]] bool isComplete() const noexcept { return unread.empty(); }
};

/// Returns one JSON document: all tables by name, with a schema version.
[[nodiscard]] std::string reportJson(const Report& report);

/// Returns CSV (RFC 4180): the rows of all tables. The first column names the table, and the others are the columns of
/// all tables.
[[nodiscard]] std::string reportCsv(const Report& report);

/// Returns the OpenMetrics text format, which Prometheus reads too.
[[nodiscard]] std::string reportMetrics(const Report& report);

}  // namespace applivery::program
