/// @file
/// The overview in each form that the program prints.
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

/// Of the terminal, where there is one.
struct OverviewScreen {
    std::optional<std::size_t> columns{};
    std::optional<std::size_t> rows{};  ///< Of the table; what is more is counted and left out.
    bool hasColors = false;
};

/// For people. It fits 80 columns, whatever the service sends: first the apps get lines of their own, then names are
/// shortened.
[[nodiscard]] std::string overviewTable(const Overview& overview, const OverviewScreen& screen);

/// The same table, as GitHub shows it.
[[nodiscard]] std::string overviewMarkdown(const Overview& overview);

/// One document; what is absent is left out.
[[nodiscard]] std::string overviewJson(const Overview& overview);

}  // namespace applivery::program
