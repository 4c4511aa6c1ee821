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

    [[nodiscard]] std::int64_t atLeast() const noexcept { return count - error; }
};

class TopCounts {
public:
    /// No count is too high by more than one `capacity`th of all that was added.
    static constexpr std::size_t capacity = 256;

    void add(const std::string& text);

    /// Those of which it is certain that no text that is left out comes more often: of very many, that may be none. The
    /// most frequent first, of equals by their text.
    [[nodiscard]] std::vector<TopCount> top(std::size_t most) const;

    /// How many texts there are; capacity where isExact() is false, and there are more.
    [[nodiscard]] std::size_t size() const noexcept { return counters_.size(); }

    /// Whether each text has been counted from the first.
    [[nodiscard]] bool isExact() const noexcept { return isExact_; }

private:
    struct Counter {
        std::int64_t count = 0;
        std::int64_t error = 0;
    };
    std::map<std::string, Counter> counters_;
    bool isExact_ = true;
};

}  // namespace applivery::program
