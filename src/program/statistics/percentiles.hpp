/// @file
/// Percentiles of a stream of numbers, in one pass and bounded memory.
///
/// Up to Percentiles::exactUpTo numbers all are kept, and a percentile is one of them. From then on only counts are, in
/// buckets whose bounds grow by a constant factor (as in DDSketch: Masson, Rim, Lee, VLDB 2019), so that a percentile
/// is off by Percentiles::relativeError of itself at most, whatever the numbers are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace applivery::program {

class Percentiles {
public:
    static constexpr std::size_t exactUpTo = 1'000;
    static constexpr double relativeError = 0.01;
    static constexpr double smallest = 1e-9;  ///< What is less counts as 0.
    static constexpr double largest = 1e15;   ///< What is more counts as this: 3,000 buckets are all there can be.

    /// A number below 0, or one that is not finite, is no measurement, and is passed over.
    void add(double number);

    /// As if all numbers of the other had been added here.
    void add(const Percentiles& other);

    [[nodiscard]] std::int64_t count() const noexcept { return count_; }

    /// The least number that at least this share of the numbers does not exceed (the nearest rank): at(0.5) is the
    /// median, of an even count the lower of the two. Absent where there are no numbers.
    /// @param share above 0, and up to 1.
    [[nodiscard]] std::optional<double> at(double share) const;

    /// Whether at() is one of the numbers; else it is off by relativeError at most.
    [[nodiscard]] bool isExact() const noexcept { return buckets_.empty(); }

private:
    void sketch();

    std::int64_t count_ = 0;
    std::vector<double> numbers_;          // while they are few
    std::map<int, std::int64_t> buckets_;  // then
};

/// The median and the 90th percentile, as `37/52`; absent where there are no numbers.
/// @param about in front where they are not exact.
[[nodiscard]] std::optional<std::string> medianAndP90(const Percentiles& numbers, const char* about,
                                                      const char* between);

}  // namespace applivery::program
