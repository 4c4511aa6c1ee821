/// @file
/// RFC 3339.
#include "json/time.hpp"

#include <gtest/gtest.h>

namespace applivery::detail {
namespace {

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

TEST(Time, KnowsLeapYears) {
    EXPECT_EQ(millisecondsOf("2000-02-29T00:00:00Z"), 951782400000);
    EXPECT_EQ(millisecondsOf("1900-02-29T00:00:00Z"), -1);
}

TEST(Time, RefusesWhatIsNoTime) {
    for (const char* text :
         {"", "string", "2024-11-11", "2024-13-01T00:00:00Z", "2024-01-32T00:00:00Z", "2024-01-01T24:00:00Z",
          "2024-01-01T00:00", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00Zx", "9999-01-01T00:00:00Z"}) {
        EXPECT_FALSE(parseTime(text)) << text;
    }
}

TEST(Time, TakesATimeWithoutAZoneForUtc) {
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

TEST(Time, RefusesWhatIsNotQuiteRfc2822) {
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

TEST(Time, RefusesDigitsThatMayBeADate) {
    for (const char* text : {"2024", "20241111", "202411111127", "20241111112735", "-1731324455"}) {
        EXPECT_FALSE(parseTime(text)) << text;
    }
}

TEST(Time, TellsSecondsFromMillisecondsBySize) {
    EXPECT_EQ(timeFromNumber(1'731'324'455), timeFromNumber(1'731'324'455'000));
}

}  // namespace
}  // namespace applivery::detail
