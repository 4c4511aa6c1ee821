#include "statistics/percentiles.hpp"

#include "text/text_format.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace applivery::program {
namespace {

constexpr int bucketOfZero = std::numeric_limits<int>::min();  // before all other buckets

// Bucket i counts the numbers above growth^(i-1) and up to growth^i. The number 2 growth^i / (growth + 1) represents
// all of them, with a relative error of at most (growth - 1) / (growth + 1), which equals relativeError.
constexpr double growth = (1 + Percentiles::relativeError) / (1 - Percentiles::relativeError);

int bucketOf(double number) {
    return number < Percentiles::smallest ? bucketOfZero
                                          : static_cast<int>(std::ceil(std::log(number) / std::log(growth)));
}

// Returns the number that represents the bucket.
double numberOf(int bucket) {
    return bucket == bucketOfZero ? 0 : 2 * std::pow(growth, bucket) / (growth + 1);
}

}  // namespace

void Percentiles::add(double number) {
    if (!std::isfinite(number) || number < 0) return;
    number = number < smallest ? 0 : std::min(number, largest);
    ++count_;
    if (isExact()) {
        numbers_.push_back(number);
        if (numbers_.size() > exactUpTo) moveToBuckets();
    } else {
        ++buckets_[bucketOf(number)];
    }
}

void Percentiles::add(const Percentiles& other) {
    for (const double number : other.numbers_) add(number);
    if (other.isExact()) return;
    if (isExact()) moveToBuckets();
    for (const auto& [bucket, count] : other.buckets_) buckets_[bucket] += count;
    count_ += other.count_;
}

void Percentiles::moveToBuckets() {
    for (const double number : numbers_) ++buckets_[bucketOf(number)];
    numbers_ = {};
}

std::optional<double> Percentiles::at(double share) const {
    if (count_ == 0) return std::nullopt;
    const double exactRank = std::ceil(share * static_cast<double>(count_));
    const std::int64_t rank = std::clamp<std::int64_t>(static_cast<std::int64_t>(exactRank), 1, count_);
    if (isExact()) {
        std::vector<double> numbers = numbers_;
        const auto ranked = numbers.begin() + (rank - 1);
        std::nth_element(numbers.begin(), ranked, numbers.end());
        return *ranked;
    }
    std::int64_t countUpToBucket = 0;
    for (const auto& [bucket, count] : buckets_) {
        countUpToBucket += count;
        if (countUpToBucket >= rank) return numberOf(bucket);
    }
    return largest;  // never reached: the buckets together have count_ numbers
}

std::optional<std::string> medianAndP90(const Percentiles& numbers, const char* estimatePrefix, const char* separator) {
    const auto median = numbers.at(0.5);
    const auto p90 = numbers.at(0.9);
    if (!median || !p90) return std::nullopt;
    return (numbers.isExact() ? "" : estimatePrefix) + shortNumber(*median) + separator + shortNumber(*p90);
}

}  // namespace applivery::program
