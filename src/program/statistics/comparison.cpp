#include "statistics/comparison.hpp"

namespace applivery::program {

std::map<GroupKey, Comparison> comparisonOf(const BuildStatistics& statistics) {
    std::map<GroupKey, Comparison> comparisons;
    if (!statistics.period().previousSince) return comparisons;
    for (const auto& [key, group] : statistics.groups()) comparisons[key].current = {group.states, group.times};
    for (const auto& [key, summary] : statistics.previous()) comparisons[key].previous = summary;
    return comparisons;
}

}  // namespace applivery::program
