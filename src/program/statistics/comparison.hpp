/// @file
/// Compares a period with the previous period.
#pragma once

#include "statistics/build_statistics.hpp"

#include <map>
#include <optional>

namespace applivery::program {

/// The figures of both periods.
struct Comparison {
    PeriodFigures current{};
    PeriodFigures previous{};

    void add(const Comparison& other) {
        current.add(other.current);
        previous.add(other.previous);
    }
};

/// Returns the figures of both periods by app and system. One of the periods may have no builds. Empty without
/// Period::previousSince.
[[nodiscard]] std::map<GroupKey, Comparison> comparisonOf(const BuildStatistics& statistics);

/// Returns the difference. Absent if one of the values is absent.
[[nodiscard]] inline std::optional<double> changeOf(std::optional<double> previous, std::optional<double> current) {
    return previous && current ? std::optional(*current - *previous) : std::nullopt;
}

}  // namespace applivery::program
