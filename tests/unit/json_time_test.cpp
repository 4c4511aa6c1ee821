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
          "2024-01-01T00:00:00", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00Zx", "9999-01-01T00:00:00Z"}) {
        EXPECT_FALSE(parseTime(text)) << text;
    }
}

TEST(Time, TellsSecondsFromMillisecondsBySize) {
    EXPECT_EQ(timeFromNumber(1'731'324'455), timeFromNumber(1'731'324'455'000));
}

}  // namespace
}  // namespace applivery::detail
