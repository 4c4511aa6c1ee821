/// @file
/// A histogram as OpenMetrics defines it: how many numbers do not exceed each of a few bounds.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace applivery::program {

/// Counts the numbers up to each bound. The bounds are 1, 2 and 5 times each power of ten, up to a million, because the
/// unit of the numbers is unknown.
class Histogram {
public:
    static constexpr std::array<double, 19> bounds{1,    2,    5,     10,    20,    50,  100,    200,    500, 1e3,
                                                   2000, 5000, 10000, 20000, 50000, 1e5, 200000, 500000, 1e6};

    /// Larger numbers add only this number to the sum, which then stays finite.
    static constexpr double largest = 1e15;

    /// Adds a number. Ignores a negative number, and one that is not finite.
    void add(double number) {
        if (!std::isfinite(number) || number < 0) return;
        for (std::size_t i = 0; i < bounds.size(); ++i) {
            if (number <= bounds[i]) ++upTo_[i];
        }
        ++count_;
        sum_ += std::min(number, largest);
    }

    /// Adds all numbers of another object.
    void add(const Histogram& other) {
        for (std::size_t i = 0; i < bounds.size(); ++i) upTo_[i] += other.upTo_[i];
        count_ += other.count_;
        sum_ += other.sum_;
    }

    /// Returns how many numbers do not exceed bounds[i].
    [[nodiscard]] std::int64_t upTo(std::size_t i) const { return upTo_.at(i); }
    [[nodiscard]] std::int64_t count() const noexcept { return count_; }
    [[nodiscard]] double sum() const noexcept { return sum_; }

private:
    std::array<std::int64_t, bounds.size()> upTo_{};
    std::int64_t count_ = 0;
    double sum_ = 0;
};

}  // namespace applivery::program
