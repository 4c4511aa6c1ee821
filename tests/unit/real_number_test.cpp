/// @file
/// Encoding and decoding of JSON numbers.
#include "json/real_number.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <optional>

namespace applivery::detail {
namespace {

TEST(RealNumber, ReadsItsOwnOutput) {
    using Limits = std::numeric_limits<double>;
    for (const double value : {0.1, 1.0 / 3, -2.5e-7, 1e22, 9007199254740992.0, 123456789012345680.0, Limits::min(),
                               Limits::max(), Limits::lowest(), Limits::denorm_min(), Limits::epsilon()}) {
        EXPECT_EQ(parseReal(formatReal(value)), value) << formatReal(value);
    }
}

TEST(RealNumber, WritesNoMoreDigitsThanNeeded) {
    EXPECT_EQ(formatReal(0.1), "0.1");
    EXPECT_EQ(formatReal(1.0 / 3), "0.3333333333333333");
    EXPECT_EQ(formatReal(0.1 + 0.2), "0.30000000000000004");
    EXPECT_EQ(formatReal(-3), "-3");
}

TEST(RealNumber, WritesNullForNanAndInfinity) {
    EXPECT_EQ(formatReal(std::numeric_limits<double>::infinity()), "null");
    EXPECT_EQ(formatReal(std::numeric_limits<double>::quiet_NaN()), "null");
}

TEST(RealNumber, RefusesInvalidNumbers) {
    for (const char* text : {"", " 1", "1,5", "+1", "01", "1.", ".5", "0x10", "inf", "nan", "1e999", "1 "}) {
        EXPECT_EQ(parseReal(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace applivery::detail
