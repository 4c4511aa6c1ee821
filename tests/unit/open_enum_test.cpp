/// @file
/// OpenEnum.
#include <applivery/open_enum.hpp>

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

namespace applivery {
namespace {

TEST(OpenEnum, IsUnknownWithoutTextByDefault) {
    const OpenEnum<BuildStatus> status;
    EXPECT_EQ(status, BuildStatus::unknown);
    EXPECT_TRUE(status.text().empty());
}

TEST(OpenEnum, ComparesWithTheEnumerators) {
    const auto status = OpenEnum<BuildStatus>::fromText("in_progress");
    EXPECT_EQ(status, BuildStatus::inProgress);
    EXPECT_NE(status, BuildStatus::processed);
}

TEST(OpenEnum, KeepsAnUnknownText) {
    const auto os = OpenEnum<Os>::fromText("visionos");
    EXPECT_EQ(os, Os::unknown);
    EXPECT_EQ(os.text(), "visionos");
}

TEST(OpenEnum, DistinguishesUnknownTexts) {
    EXPECT_NE(OpenEnum<Os>::fromText("tvos"), OpenEnum<Os>::fromText("visionos"));
}

TEST(OpenEnum, HasTheTextOfEveryEnumerator) {
    for (const auto status :
         {BuildStatus::pending, BuildStatus::inProgress, BuildStatus::processed, BuildStatus::error}) {
        EXPECT_EQ(enumFromText<BuildStatus>(toText(status)), status);
    }
    for (const auto os : {Os::ios, Os::android, Os::macos, Os::windows}) EXPECT_EQ(enumFromText<Os>(toText(os)), os);
    for (const auto type :
         {SigningType::adHoc, SigningType::development, SigningType::enterprise, SigningType::appStore}) {
        EXPECT_EQ(enumFromText<SigningType>(toText(type)), type);
    }
}

TEST(OpenEnum, CanBeUsedInASwitch) {
    const OpenEnum<BuildStatus> status = BuildStatus::processed;
    switch (status) {
        case BuildStatus::processed:
            return;
        default:
            FAIL();
    }
}

TEST(OpenEnum, ComparesWithText) {
    EXPECT_TRUE(OpenEnum<Os>(Os::ios) == "ios");
    EXPECT_TRUE("ios" == OpenEnum<Os>(Os::ios));
    EXPECT_TRUE(OpenEnum<Os>(Os::ios) != std::string("android"));
    EXPECT_TRUE(OpenEnum<Os>::fromText("tvos") == "tvos");
}

TEST(OpenEnum, CanBeAKey) {
    const std::unordered_map<OpenEnum<Os>, int> counts{{Os::ios, 1}, {OpenEnum<Os>::fromText("tvos"), 2}};
    EXPECT_EQ(counts.at(OpenEnum<Os>::fromText("ios")), 1);
    EXPECT_EQ(counts.at(OpenEnum<Os>::fromText("tvos")), 2);
}

template <typename Enum>
std::vector<OpenEnum<Enum>> valuesOf(const std::vector<std::string>& texts) {
    std::vector<OpenEnum<Enum>> values;
    for (const std::string& text : texts) values.push_back(OpenEnum<Enum>::fromText(text));
    return values;
}

TEST(OpenEnum, IsOrderedAsItComparesEqual) {
    const auto values = valuesOf<Os>({"", "ios", "android", "tvos", "visionos", "IOS"});
    for (const auto& a : values) {
        for (const auto& b : values) {
            EXPECT_EQ(a < b || b < a, a != b) << a << " and " << b;
            EXPECT_FALSE(a < b && b < a) << a << " and " << b;
            EXPECT_EQ(a <= b, !(b < a)) << a << " and " << b;
            EXPECT_EQ(a > b, b < a) << a << " and " << b;
            EXPECT_EQ(a >= b, !(a < b)) << a << " and " << b;
        }
    }
}

TEST(OpenEnum, OrdersEveryTriple) {
    const auto values = valuesOf<Os>({"", "ios", "android", "macos", "tvos", "visionos", "a", "z"});
    for (const auto& a : values) {
        for (const auto& b : values) {
            for (const auto& c : values) EXPECT_TRUE(!(a < b && b < c) || a < c) << a << ", " << b << ", " << c;
        }
    }
}

TEST(OpenEnum, IsOrderedByTheEnumeratorsIfTheTextIsKnown) {
    const auto pending = OpenEnum<BuildStatus>::fromText("pending");
    const auto error = OpenEnum<BuildStatus>::fromText("error");
    EXPECT_LT(pending, error);
    EXPECT_LT(pending, BuildStatus::error);
    EXPECT_GE(BuildStatus::error, pending);
}

TEST(OpenEnum, KeepsUnknownTextsApartInAnOrderedSet) {
    const auto values = valuesOf<Os>({"tvos", "visionos", "ios"});
    EXPECT_EQ(std::set<OpenEnum<Os>>(values.begin(), values.end()).size(), 3U);
}

TEST(OpenEnum, IsPrintedSafely) {
    std::ostringstream out;
    out << OpenEnum<Os>::fromText("a\x1B");
    EXPECT_EQ(out.str(), R"(a\x1b)");
}

}  // namespace
}  // namespace applivery
