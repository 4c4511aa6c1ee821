/// @file
/// Percentiles of a stream of numbers, in one pass and bounded memory.
///
/// Up to Percentiles::exactUpTo numbers are kept, and a percentile is one of these numbers. If there are more, the
/// numbers are only counted, in buckets whose bounds grow by a constant factor (as in DDSketch: Masson, Rim, Lee, VLDB
/// 2019). The relative error of a percentile is then at most Percentiles::relativeError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace applivery::program {

/// Computes percentiles of the numbers that were added.
class Percentiles {
public:
    static constexpr std::size_t exactUpTo = 1'000;
    static constexpr double relativeError = 0.01;
    static constexpr double smallest = 1e-9;  ///< Smaller numbers count as 0.
    static constexpr double largest = 1e15;   ///< Larger numbers count as `largest`, so that few buckets are enough.

    /// Adds a number. Ignores a negative number, and one that is not finite.
    void add(double number);

    /// Adds all numbers of another object.
    void add(const Percentiles& other);

    [[nodiscard]] std::int64_t count() const noexcept { return count_; }

    /// Returns a percentile by nearest rank: the smallest number n so that at least this share of the numbers is at
    /// most n. at(0.5) is the median, or the lower of two medians. Returns std::nullopt if there are no numbers.
    /// @param share above 0, at most 1.
    [[nodiscard]] std::optional<double> at(double share) const;

    /// Returns whether at() is one of the numbers. If not, at() has an error of at most relativeError.
    [[nodiscard]] bool isExact() const noexcept { return buckets_.empty(); }

private:
    void moveToBuckets();

    std::int64_t count_ = 0;
    std::vector<double> numbers_;          // all numbers, if there are at most exactUpTo
    std::map<int, std::int64_t> buckets_;  // otherwise: how many numbers each bucket has
};

/// Returns the median and the 90th percentile, such as `37/52`; absent if there are no numbers.
/// @param estimatePrefix prefix if the percentiles are not exact, such as `~`.
/// @param separator text between the two numbers, such as `/`.
[[nodiscard]] std::optional<std::string> medianAndP90(const Percentiles& numbers, const char* estimatePrefix,
                                                      const char* separator);

}  // namespace applivery::program
