/// @file
/// The most frequent texts, in one pass and bounded memory.
///
/// Uses the algorithm SpaceSaving (Metwally, Agrawal, El Abbadi, 2005). Up to TopCounts::capacity texts have a counter
/// each. A further text replaces the text with the lowest count, and inherits that count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace applivery::program {

/// A frequent text.
struct TopCount {
    std::string text;
    std::int64_t count = 0;  ///< Never lower than the true count.
    std::int64_t error = 0;  ///< Largest error of `count`; 0 if there were at most TopCounts::capacity texts.

    [[nodiscard]] std::int64_t atLeast() const noexcept { return count - error; }
};

/// Counts texts.
class TopCounts {
public:
    /// Number of counters. The error of a count is at most the number of all added texts divided by `capacity`.
    static constexpr std::size_t capacity = 256;

    void add(const std::string& text);

    /// Returns at most `limit` texts, the most frequent first. Omits texts that may be less frequent than an omitted
    /// one, so the result may be empty if there are very many texts.
    [[nodiscard]] std::vector<TopCount> top(std::size_t limit) const;

    /// Returns the number of texts; `capacity` if there are more. isExact() is then false.
    [[nodiscard]] std::size_t size() const noexcept { return counters_.size(); }

    /// Returns whether all counts are exact.
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
