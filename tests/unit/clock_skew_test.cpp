/// @file
/// Estimation of the offset of the service's clock.
#include "core/clock_skew.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>

namespace applivery::detail {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::system_clock::time_point now{1'700'000'000s};

TEST(ClockSkew, IsUnknownWithoutASample) {
    EXPECT_EQ(ClockSkew().estimate(), std::nullopt);
}

TEST(ClockSkew, IsTheMedianOfTheSamples) {
    ClockSkew skew;
    skew.add(now + 1h, now);
    EXPECT_EQ(skew.estimate(), 1h);
    skew.add(now - 2s, now);
    skew.add(now - 1s, now);
    EXPECT_EQ(skew.estimate(), -1s) << "one sample is wrong";
}

TEST(ClockSkew, IsNeverMoreThanADay) {
    ClockSkew skew;
    skew.add(now + 24h + 1s, now);
    skew.add(now - 24h - 1s, now);
    skew.add(std::chrono::system_clock::time_point{}, now);
    EXPECT_EQ(skew.estimate(), std::nullopt);
    skew.add(now - 24h, now);
    EXPECT_EQ(skew.estimate(), -24h);
}

TEST(ClockSkew, StaysIfTheLocalClockIsSetLater) {
    ClockSkew skew;
    for (int i = 0; i < 9; ++i) skew.add(now + 5s, now);
    for (int i = 0; i < 100; ++i) skew.add(now + 5s, now + 12h);
    EXPECT_EQ(skew.estimate(), 5s);
}

TEST(ClockSkew, CountsWholeSeconds) {
    ClockSkew skew;
    skew.add(now + 5s, now + 900ms);
    EXPECT_EQ(skew.estimate(), 5s);
}

}  // namespace
}  // namespace applivery::detail
