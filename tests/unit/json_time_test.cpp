/// @file
/// Times in RFC 3339, RFC 2822 and as epochs, for the clock of every standard library.
#include "json/time.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <random>
#include <ratio>
#include <string>

namespace applivery::detail {
namespace {

using std::chrono::duration;

std::int64_t millisecondsOf(const char* text) {
    const auto time = parseTime(text);
    return time ? std::chrono::duration_cast<std::chrono::milliseconds>(time->time_since_epoch()).count() : -1;
}

TEST(Time, ReadsBothFormsOfTheService) {
    EXPECT_EQ(millisecondsOf("2024-11-11T11:27:35.446Z"), 1731324455446);
    EXPECT_EQ(millisecondsOf("2019-08-24T14:15:22Z"), 1566656122000);
}

TEST(Time, ReadsOffsets) {
    EXPECT_EQ(millisecondsOf("2019-08-24T16:15:22+02:00"), 1566656122000);
    EXPECT_EQ(millisecondsOf("2019-08-24T08:45:22-05:30"), 1566656122000);
}

TEST(Time, ReadsFractionsOfAnyLength) {
    EXPECT_EQ(millisecondsOf("1970-01-01T00:00:00.5Z"), 500);
    EXPECT_EQ(millisecondsOf("1970-01-01T00:00:00.123456789012Z"), 123);
}

TEST(Time, HandlesLeapYears) {
    EXPECT_EQ(millisecondsOf("2000-02-29T00:00:00Z"), 951782400000);
    EXPECT_EQ(millisecondsOf("1900-02-29T00:00:00Z"), -1);
}

TEST(Time, RefusesInvalidTimes) {
    for (const char* text :
         {"", "string", "2024-11-11", "2024-13-01T00:00:00Z", "2024-01-32T00:00:00Z", "2024-01-01T24:00:00Z",
          "2024-01-01T00:00", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00Zx", "-2024-01-01T00:00:00Z",
          "+02024-01-01T00:00:00Z", "12024-01-01T00:00:00Z"}) {
        EXPECT_FALSE(parseTime(text)) << text;
    }
}

TEST(Time, ReadsATimeWithoutAZoneAsUtc) {
    EXPECT_EQ(millisecondsOf("2024-11-11T11:27:35.446"), 1731324455446);
    EXPECT_EQ(millisecondsOf("2019-08-24 14:15:22"), 1566656122000);
}

TEST(Time, ReadsOffsetsWithoutAColon) {
    EXPECT_EQ(millisecondsOf("2019-08-24T16:15:22+0200"), 1566656122000);
}

TEST(Time, IgnoresSurroundingWhiteSpace) {
    EXPECT_EQ(millisecondsOf(" 2019-08-24T14:15:22Z\n"), 1566656122000);
}

TEST(Time, ReadsRfc2822) {
    for (const char* text :
         {"Sat, 24 Aug 2019 14:15:22 +0000", "Sat, 24 Aug 2019 14:15:22 GMT", "24 Aug 2019 16:15:22 +0200",
          "Sat, 24 Aug 2019 14:15:22 UT", "sat, 24 aug 2019 14:15:22 utc", "Sat, 24 Aug 2019 08:45:22 -0530 (IST)",
          "Sat, 24 Aug 2019 14:15:22", "Sat, 24 Aug 2019 14:15:22 Z"}) {
        EXPECT_EQ(millisecondsOf(text), 1566656122000) << text;
    }
    EXPECT_EQ(millisecondsOf("Sat,  3 Aug 2019 14:15 +0000"), 1564841700000);
}

TEST(Time, RefusesInvalidRfc2822) {
    for (const char* text :
         {"Sat, 32 Aug 2019 14:15:22 GMT", "Sat, 24 Agu 2019 14:15:22 GMT", "Sat, 24 Aug 19 14:15:22 GMT",
          "Sat, 24 Aug 2019 24:15:22 GMT", "Sat, 24 Aug 2019", "Sat, 24 Aug 2019 14:15:22 Europe/Madrid",
          "Day, 24 Aug 2019 14:15:22 GMT", "Sat, 24 Aug 2019 14:15:22 +02", "Sat, 24 Aug 2019 14:15:22 GMT x"}) {
        EXPECT_FALSE(parseTime(text)) << text;
    }
}

TEST(Time, ReadsTheEpochAsText) {
    EXPECT_EQ(millisecondsOf("1731324455"), 1731324455000);
    EXPECT_EQ(millisecondsOf("1731324455446"), 1731324455446);
}

TEST(Time, RefusesDigitsOfAPossibleDate) {
    for (const char* text : {"2024", "20241111", "202411111127", "20241111112735", "-1731324455"}) {
        EXPECT_FALSE(parseTime(text)) << text;
    }
}

TEST(Time, DistinguishesSecondsFromMillisecondsBySize) {
    EXPECT_EQ(timeFromNumber(1'731'324'455), timeFromNumber(1'731'324'455'000));
}

TEST(Time, RefusesANumberOutsideTheRangeOfTheClock) {
    for (const double number : {1e17, -1e17, 1e300, -1e300}) EXPECT_FALSE(timeFromNumber(number)) << number;
}

// ---- the clocks of libstdc++, of Microsoft's library and of libc++ ----

template <typename Duration>
class TimeOfClock : public testing::Test {
protected:
    static std::optional<Duration> read(const std::string& text) {
        const auto instant = parseInstant(text);
        return instant ? sinceEpoch<Duration>(*instant) : std::nullopt;
    }
    static std::string written(Duration time) { return formatInstant(instantOf(time)); }
};

using Clocks = testing::Types<std::chrono::nanoseconds, duration<std::int64_t, std::ratio<1, 10'000'000>>,
                              std::chrono::microseconds>;
struct ClockNames {
    template <typename Duration>
    static std::string GetName(int) {
        return "With" + std::to_string(std::nano::den / unitsPerSecond<Duration>()) + "Nanoseconds";
    }
};

TYPED_TEST_SUITE(TimeOfClock, Clocks, ClockNames);

TYPED_TEST(TimeOfClock, IsTheSameAfterItIsWritten) {
    std::mt19937_64 random(2024);
    std::uniform_int_distribution<std::int64_t> ticks(TypeParam::min().count(), TypeParam::max().count());
    for (int i = 0; i < 1000; ++i) {
        const TypeParam time(ticks(random));
        ASSERT_EQ(this->read(this->written(time)), time) << this->written(time);
    }
}

TYPED_TEST(TimeOfClock, ReachesFromTheFirstTickToTheLast) {
    for (const TypeParam time : {TypeParam::min(), TypeParam::min() + TypeParam(1), TypeParam(-1), TypeParam(0),
                                 TypeParam(1), TypeParam::max() - TypeParam(1), TypeParam::max()}) {
        EXPECT_EQ(this->read(this->written(time)), time) << this->written(time);
    }
    const auto withOffset = [this](TypeParam time, const char* offset) {
        std::string text = this->written(time);
        text.pop_back();
        return text + offset;
    };
    EXPECT_EQ(this->read(withOffset(TypeParam::max(), "-00:01")), std::nullopt);
    EXPECT_EQ(this->read(withOffset(TypeParam::min(), "+00:01")), std::nullopt);
}

TYPED_TEST(TimeOfClock, HasADateBeyond2262OnlyIfTheClockHasIt) {
    constexpr std::int64_t seconds = 253'402'300'799;
    constexpr bool fits = std::chrono::duration_cast<std::chrono::seconds>(TypeParam::max()).count() >= seconds;
    const auto time = this->read("9999-12-31T23:59:59Z");
    EXPECT_EQ(time, fits ? std::optional<TypeParam>(TypeParam(seconds * TypeParam::period::den)) : std::nullopt);
}

TEST(Time, WritesYearsOfMoreThanFourDigitsWithASign) {
    EXPECT_EQ(formatInstant({253'402'300'800, 0}), "+010000-01-01T00:00:00.000Z");
    EXPECT_EQ(formatInstant({-62'167'219'201, 0}), "-000001-12-31T23:59:59.000Z");
    EXPECT_EQ(formatInstant({-62'167'219'200, 0}), "0000-01-01T00:00:00.000Z");
}

}  // namespace
}  // namespace applivery::detail
