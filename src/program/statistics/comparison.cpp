#include "statistics/comparison.hpp"

namespace applivery::program {

std::map<GroupKey, Comparison> comparisonOf(const BuildStatistics& statistics) {
    std::map<GroupKey, Comparison> comparison;
    if (!statistics.period().previousSince) return comparison;
    for (const auto& [key, group] : statistics.groups()) comparison[key].current = {group.states, group.times};
    for (const auto& [key, summary] : statistics.previous()) comparison[key].previous = summary;
    return comparison;
}

}  // namespace applivery::program
