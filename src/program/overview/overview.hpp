/// @file
/// The content of `applivery-builds overview`, and its output formats.
#pragma once

#include "overview/app_overview.hpp"
#include "text/time_text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace applivery::program {

struct Overview {
    Period period;  ///< With `since`.
    const std::vector<AppOverview>& apps;
};

/// Limits and style of an overview on a terminal.
struct OverviewLayout {
    std::optional<std::size_t> columns{};  ///< Absent: no limit.
    std::optional<std::size_t> lines{};    ///< Of the table and the notes. Absent: no limit.
    bool hasColors = false;
};

/// Whether a JSON document has several lines.
enum class JsonLines { one, many };

/// Returns a table for people, with notes. It fits 80 columns, whatever the service sends: if it is too wide, the apps
/// get lines of their own, and then names are shortened. If it has too many lines, leftOutText() replaces the last
/// rows.
[[nodiscard]] std::string overviewTable(const Overview& overview, const OverviewLayout& layout);

/// Returns the same table in GitHub's Markdown.
[[nodiscard]] std::string overviewMarkdown(const Overview& overview);

/// Returns one JSON document. Absent values are omitted.
[[nodiscard]] std::string overviewJson(const Overview& overview, JsonLines lines);

}  // namespace applivery::program
