/// @file
/// printable(): server text as one line without effect on terminals and CI systems.
#include <applivery/text.hpp>

#include <gtest/gtest.h>

#include <string>

namespace applivery {
namespace {

TEST(Printable, KeepsText) {
    for (const char* text : {"", "v2.4.0-beta", "\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80", "a: b", "x::y", "#1 [x]"}) {
        EXPECT_EQ(printable(text), text);
    }
}

TEST(Printable, KeepsTheFirstAndLastCharactersOfEachLength) {
    for (const char* text : {" ", "~", "\xC2\xA1", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                             "\xEF\xBF\xBD", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBD"}) {
        EXPECT_EQ(printable(text), text);
    }
}

TEST(Printable, EscapesControlCharacters) {
    EXPECT_EQ(printable("a\nb\r\tc\x1B[31m\x7F"), R"(a\nb\r\tc\x1b[31m\x7f)");
    EXPECT_EQ(printable(std::string_view("\0", 1)), R"(\x00)");
    EXPECT_EQ(printable("\xC2\x9B"), R"(\xc2\x9b)") << "the C1 control character that starts an escape sequence";
}

TEST(Printable, EscapesBidirectionalControls) {
    for (const char* text : {"\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x80\x8F", "\xD8\x9C", "\xE2\x80\xA8"}) {
        EXPECT_EQ(printable(text).find_first_not_of("\\x0123456789abcdef"), std::string::npos);
    }
}

TEST(Printable, EscapesInvalidUtf8) {
    EXPECT_EQ(printable("a\xFF"), R"(a\xff)");
    EXPECT_EQ(printable("\xC3"), R"(\xc3)") << "cut off";
    EXPECT_EQ(printable("\xC0\xAF"), R"(\xc0\xaf)") << "overlong encoding";
    EXPECT_EQ(printable("\xE0\x80\xAF"), R"(\xe0\x80\xaf)");
    EXPECT_EQ(printable("\xED\xA0\x80"), R"(\xed\xa0\x80)") << "half of a surrogate pair";
    EXPECT_EQ(printable("\xF4\x90\x80\x80"), R"(\xf4\x90\x80\x80)") << "beyond the last character";
}

TEST(Printable, BreaksCommandsOfCiRunners) {
    EXPECT_EQ(printable("::error::x"), ": :error::x");
    EXPECT_EQ(printable("  ##[error]x"), "  # #[error]x");
    EXPECT_EQ(printable("\u3000\u00a0 ::error::x"), "\u3000\u00a0 : :error::x");
    EXPECT_EQ(printable("a ##vso[task.x]##vso[y]"), "a # #vso[task.x]# #vso[y]");
    EXPECT_EQ(printable("a###teamcity[message]"), "a## #teamcity[message]");
}

TEST(Printable, BreaksCommandsWithInvisibleCharacters) {
    EXPECT_EQ(printable("\u200b::error::x"), "\u200b: :error::x");
    EXPECT_EQ(printable(":\u200d:error::x"), ": \u200d:error::x");
    EXPECT_EQ(printable("#\u00ad#v\u200dso[x]"), "# \u00ad#v\u200dso[x]");
    EXPECT_EQ(printable("##\u2060teamcity[x]"), "# #\u2060teamcity[x]");
}

TEST(Printable, KeepsTextSimilarToACommand) {
    for (const char* text : {"##", "## vso[x]", "#vso[x]", "##vs[x]", "a ::b::", "\u4e2d: ::"}) {
        EXPECT_EQ(printable(text), text);
    }
}

}  // namespace
}  // namespace applivery
