/// @file
/// Which texts come most often, in one pass and bounded memory.
///
/// The algorithm SpaceSaving (Metwally, Agrawal, El Abbadi, 2005): each text has a counter while there are fewer than
/// TopCounts::capacity; then a new one takes over the least counter, and its count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace applivery::program {

struct TopCount {
    std::string text;
    std::int64_t count = 0;  ///< Never too low.
    std::int64_t error = 0;  ///< By how much it may be too high; 0 while there were at most TopCounts::capacity texts.
};

class TopCounts {
public:
    /// No count is too high by more than one `capacity`th of all that was added.
    static constexpr std::size_t capacity = 256;

    void add(const std::string& text);

    /// The most frequent first, of equals by their text.
    [[nodiscard]] std::vector<TopCount> top(std::size_t most) const;

private:
    struct Counter {
        std::int64_t count = 0;
        std::int64_t error = 0;
    };
    std::map<std::string, Counter> counters_;
};

}  // namespace applivery::program
