/// @file
/// Counts requests in a period, for tests of a rate limit.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace applivery::test {

/// Returns the highest number of requests in any period of this length. @param times in ascending order.
[[nodiscard]] inline std::ptrdiff_t mostRequestsIn(std::chrono::milliseconds period,
                                                   const std::vector<std::chrono::milliseconds>& times) {
    std::ptrdiff_t most = 0;
    for (auto first = times.begin(); first != times.end(); ++first) {
        most = std::max(most, std::lower_bound(first, times.end(), *first + period) - first);
    }
    return most;
}

}  // namespace applivery::test
