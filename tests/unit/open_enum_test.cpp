/// @file
/// Open enumerations.
#include <applivery/open_enum.hpp>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace applivery
