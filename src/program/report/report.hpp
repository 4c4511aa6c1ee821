/// @file
/// What `applivery-builds report` tells, and each form of it but the page for people.
#pragma once

#include "build_walk.hpp"
#include "statistics/build_statistics.hpp"

#include <string>
#include <vector>

namespace applivery::program {

/// An app of which some builds, or all, are missing.
struct UnreadApp {
    std::string app;  ///< As the user named it; empty where the token says which.
    std::string why;
};

struct Report {
    BuildStatistics statistics;
    SelectionTerms selection{};  ///< What builds had to match besides the period.
    std::vector<UnreadApp> unread{};
    bool totalsChanged = false;  ///< See totalsChangedNote.

    [[nodiscard]] bool isComplete() const noexcept { return unread.empty(); }
};

/// One document: all tables by name, with a schema version.
[[nodiscard]] std::string reportJson(const Report& report);

/// RFC 4180: a row for each row of each table, which the first column names; the columns of all tables after it.
[[nodiscard]] std::string reportCsv(const Report& report);

/// The OpenMetrics text format, which is also that of Prometheus' text files.
[[nodiscard]] std::string reportMetrics(const Report& report);

}  // namespace applivery::program
