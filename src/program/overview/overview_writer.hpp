/// @file
/// The overview in each output format.
#pragma once

#include "overview/app_overview.hpp"
#include "text/time_text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace applivery::program {

struct Overview {
    Period period;
    const std::vector<AppOverview>& apps;
};

/// How the overview is printed to a terminal.
struct OverviewScreen {
    std::optional<std::size_t> columns{};  ///< Absent: no limit.
    std::optional<std::size_t> lines{};    ///< Of the table and the notes. Absent: no limit.
    bool hasColors = false;
};

/// Whether a JSON document has several lines.
enum class JsonLines { one, many };

/// Returns a table for people. It fits 80 columns, whatever the service sends: the apps get lines of their own, and
/// then names are shortened.
[[nodiscard]] std::string overviewTable(const Overview& overview, const OverviewScreen& screen);

/// Returns the same table in GitHub's Markdown.
[[nodiscard]] std::string overviewMarkdown(const Overview& overview);

/// Returns one JSON document. Absent values are omitted.
[[nodiscard]] std::string overviewJson(const Overview& overview, JsonLines lines);

}  // namespace applivery::program
