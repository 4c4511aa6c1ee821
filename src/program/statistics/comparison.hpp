/// @file
/// Compares a period with the previous period.
#pragma once

#include "statistics/build_statistics.hpp"

#include <map>
#include <optional>

namespace applivery::program {

/// The statistics of one group in both periods.
struct Comparison {
    PeriodSummary current{};
    PeriodSummary previous{};

    void add(const Comparison& other) {
        current.add(other.current);
        previous.add(other.previous);
    }
};

/// Returns the statistics of both periods by app and system. A group may have builds in one of the periods only. Empty
/// without Period::previousSince.
[[nodiscard]] std::map<GroupKey, Comparison> comparisonOf(const BuildStatistics& statistics);

/// Returns `current` - `previous`. Absent if one of the values is absent.
[[nodiscard]] inline std::optional<double> changeOf(std::optional<double> previous, std::optional<double> current) {
    return previous && current ? std::optional(*current - *previous) : std::nullopt;
}

}  // namespace applivery::program
