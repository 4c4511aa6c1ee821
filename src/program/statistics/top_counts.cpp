#include "statistics/top_counts.hpp"

#include <algorithm>

namespace applivery::program {

void TopCounts::add(const std::string& text) {
    const auto found = counters_.find(text);
    if (found != counters_.end()) {
        ++found->second.count;
    } else if (counters_.size() < capacity) {
        counters_[text] = {1, 0};
    } else {
        const auto rarest = std::min_element(counters_.begin(), counters_.end(), [](const auto& a, const auto& b) {
            return a.second.count < b.second.count;
        });
        const std::int64_t inheritedCount = rarest->second.count;
        counters_.erase(rarest);
        isExact_ = false;
        counters_[text] = {inheritedCount + 1, inheritedCount};
    }
}

std::vector<TopCount> TopCounts::top(std::size_t limit) const {
    std::vector<TopCount> counts;
    for (const auto& [text, counter] : counters_) counts.push_back({text, counter.count, counter.error});
    std::stable_sort(counts.begin(), counts.end(),
                     [](const TopCount& a, const TopCount& b) { return a.count > b.count; });
    std::int64_t maxOmittedCount = isExact() ? 0 : counts.back().count;
    if (limit < counts.size()) maxOmittedCount = counts[limit].count;
    counts.resize(std::min(limit, counts.size()));
    const auto isUncertain = [&](const TopCount& top) { return top.atLeast() < maxOmittedCount; };
    counts.erase(std::remove_if(counts.begin(), counts.end(), isUncertain), counts.end());
    std::stable_sort(counts.begin(), counts.end(),
                     [](const TopCount& a, const TopCount& b) { return a.atLeast() > b.atLeast(); });
    return counts;
}

}  // namespace applivery::program
