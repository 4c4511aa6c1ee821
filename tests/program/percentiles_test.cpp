/// @file
/// Percentiles, which are exact for few numbers and within the documented error for many. Most frequent texts.
#include "program/statistics/percentiles.hpp"

#include "program/statistics/histogram.hpp"
#include "program/statistics/top_counts.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace applivery::program {
namespace {

Percentiles ofWholeNumbers(int first, int last) {
    Percentiles percentiles;
    for (int number = last; number >= first; --number) percentiles.add(number);
    return percentiles;
}

TEST(Percentiles, AreAbsentWithoutNumbers) {
    EXPECT_FALSE(Percentiles().at(0.5));
    EXPECT_EQ(Percentiles().count(), 0);
}

TEST(Percentiles, EqualASingleNumber) {
    const Percentiles one = ofWholeNumbers(7, 7);
    for (const double share : {0.01, 0.5, 0.9, 1.0}) EXPECT_EQ(one.at(share), 7);
}

TEST(Percentiles, AreExactForFewNumbers) {
    EXPECT_EQ(ofWholeNumbers(1, 4).at(0.5), 2) << "the lower of the two in the middle";
    EXPECT_EQ(ofWholeNumbers(1, 10).at(0.9), 9);
    const Percentiles many = ofWholeNumbers(1, 1000);
    EXPECT_TRUE(many.isExact());
    EXPECT_EQ(many.at(0.5), 500);
    EXPECT_EQ(many.at(0.9), 900);
}

TEST(Percentiles, AreWithinTheErrorForManyNumbers) {
    const Percentiles many = ofWholeNumbers(1, 100'000);
    EXPECT_FALSE(many.isExact());
    EXPECT_EQ(many.count(), 100'000);
    for (const double share : {0.001, 0.1, 0.5, 0.9, 0.99, 1.0}) {
        const double truth = 100'000 * share;
        EXPECT_NEAR(many.at(share).value_or(0), truth, truth * Percentiles::relativeError * 1.0001) << share;
    }
}

TEST(Percentiles, KeepTheErrorForEveryMagnitude) {
    for (const double number : {2e-9, 0.003, 1.0, 37.0, 1e9, 9e14}) {
        Percentiles same;
        for (int i = 0; i < 2000; ++i) same.add(number);
        EXPECT_NEAR(same.at(0.5).value_or(0), number, number * Percentiles::relativeError * 1.0001);
    }
}

TEST(Percentiles, AreZeroForZeros) {
    Percentiles zeros;
    for (int i = 0; i < 2000; ++i) zeros.add(0);
    EXPECT_EQ(zeros.at(0.9), 0);
}

// Otherwise, a ratio of two percentiles or the scale of a chart could overflow.
TEST(Percentiles, AreZeroForNumbersBelowTheSmallest) {
    Percentiles percentiles;
    percentiles.add(std::numeric_limits<double>::denorm_min());
    EXPECT_EQ(percentiles.at(0.9), 0);
}

TEST(Percentiles, IgnoreInvalidMeasurements) {
    Percentiles percentiles = ofWholeNumbers(5, 5);
    percentiles.add(-1);
    percentiles.add(std::numeric_limits<double>::quiet_NaN());
    percentiles.add(std::numeric_limits<double>::infinity());
    EXPECT_EQ(percentiles.count(), 1);
}

TEST(Percentiles, CanBeMerged) {
    Percentiles few = ofWholeNumbers(1, 10);
    few.add(ofWholeNumbers(11, 20));
    EXPECT_EQ(few.at(0.5), 10);
    Percentiles many = ofWholeNumbers(1, 500);
    many.add(ofWholeNumbers(501, 5000));
    EXPECT_EQ(many.count(), 5000);
    EXPECT_NEAR(many.at(0.5).value_or(0), 2500, 25.1);
    Percentiles sketch = ofWholeNumbers(501, 5000);
    sketch.add(ofWholeNumbers(1, 500));
    EXPECT_EQ(sketch.at(0.5), many.at(0.5));
}

TEST(Histogram, CountsValuesUpToEachBound) {
    Histogram histogram;
    for (const double number : {0.5, 1.0, 1.5, 7.0, 2e6}) histogram.add(number);
    histogram.add(-3);
    EXPECT_EQ(histogram.upTo(0), 2) << "1 is not above 1";
    EXPECT_EQ(histogram.upTo(1), 3);
    EXPECT_EQ(histogram.upTo(3), 4);
    EXPECT_EQ(histogram.upTo(Histogram::bounds.size() - 1), 4);
    EXPECT_EQ(histogram.count(), 5);
    EXPECT_EQ(histogram.sum(), 2000010);
}

TEST(TopCounts, AreSortedByCountAndText) {
    TopCounts counts;
    for (const char* const text : {"b", "main", "a", "main"}) counts.add(text);
    const auto top = counts.top(2);
    ASSERT_EQ(top.size(), 2U);
    EXPECT_EQ(top[0].text, "main");
    EXPECT_EQ(top[0].count, 2);
    EXPECT_EQ(top[1].text, "a");
}

TEST(TopCounts, KeepTheirErrorForManyTexts) {
    TopCounts counts;
    constexpr int rounds = 10'000;
    for (int i = 0; i < rounds; ++i) {
        counts.add("often");
        counts.add("once " + std::to_string(i));
    }
    const TopCount first = counts.top(1).at(0);
    EXPECT_EQ(first.text, "often");
    EXPECT_EQ(first.count, rounds);
    EXPECT_EQ(first.error, 0) << "it was there from the first";
    EXPECT_EQ(counts.top(10).size(), 1U) << "of no other it is certain that it comes more often than the rest";
    EXPECT_EQ(counts.size(), TopCounts::capacity);
}

TEST(TopCounts, OmitSingleTextsAmongMany) {
    TopCounts counts;
    for (int i = 0; i < 3000; ++i) counts.add(std::to_string(i));
    EXPECT_TRUE(counts.top(12).empty());
    EXPECT_TRUE(counts.top(TopCounts::capacity).empty());
    EXPECT_FALSE(counts.isExact());
}

TEST(TopCounts, ReportTheMaximumErrorOfACount) {
    TopCounts counts;
    for (int i = 0; i < 3000; ++i) counts.add(std::to_string(i));
    for (int i = 0; i < 100; ++i) counts.add("late");
    const auto top = counts.top(12);
    ASSERT_EQ(top.size(), 1U);
    EXPECT_EQ(top[0].text, "late");
    EXPECT_EQ(top[0].atLeast(), 100);
    EXPECT_GT(top[0].error, 0);
}

}  // namespace
}  // namespace applivery::program
