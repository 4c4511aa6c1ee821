/// @file
/// Open enumerations.
#include <applivery/open_enum.hpp>

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <unordered_map>

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

TEST(OpenEnum, KeepsATextThatIsNotKnown) {
    const auto os = OpenEnum<Os>::fromText("visionos");
    EXPECT_EQ(os, Os::unknown);
    EXPECT_EQ(os.text(), "visionos");
}

TEST(OpenEnum, TwoUnknownTextsDiffer) {
    EXPECT_NE(OpenEnum<Os>::fromText("tvos"), OpenEnum<Os>::fromText("visionos"));
}

TEST(OpenEnum, TextAndValueAgreeForEveryEnumerator) {
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

TEST(OpenEnum, CanBeSwitchedOn) {
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

TEST(OpenEnum, IsPrintedSafely) {
    std::ostringstream out;
    out << OpenEnum<Os>::fromText("a\x1B");
    EXPECT_EQ(out.str(), R"(a\x1b)");
}

}  // namespace
}  // namespace applivery
