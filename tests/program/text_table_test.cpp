/// @file
/// Tables on a terminal.
#include "program/text/text_table.hpp"

#include "program/text/text_format.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace applivery::program {
namespace {

// A number is the smallest width of a column. A column without a number is never shortened. The second name has three
// characters, of two columns each.
TextTable twoApps() {
    TextTable table({{"APP", 4}, {"STATE"}, {"VERSION", 4}});
    table.add({{"meridian"}, {"processed", TextColor::green}, {"2.5.0-rc.1"}});
    table.add({{"\u5730\u56f3\u5e33"}, {"error"}, {"1"}});
    return table;
}

TEST(TextTable, HasColumnsAsWideAsTheirContents) {
    EXPECT_EQ(twoApps().text(std::nullopt, false),
              "APP       STATE      VERSION\n"
              "meridian  processed  2.5.0-rc.1\n"
              "\u5730\u56f3\u5e33    error      1\n");
}

TEST(TextTable, ReportsItsWidth) {
    EXPECT_EQ(twoApps().width(), 8U + 2 + 9 + 2 + 10);
}

TEST(TextTable, ShortensTheWidestColumns) {
    EXPECT_EQ(twoApps().text(25, false),
              "APP     STATE      VERSI\u2026\n"
              "merid\u2026  processed  2.5.0\u2026\n"
              "\u5730\u56f3\u5e33  error      1\n");
}

TEST(TextTable, ShortensNoColumnBelowItsMinimum) {
    EXPECT_NE(twoApps().text(1, false).find("\nmer\u2026  processed  2.5\u2026\n"), std::string::npos);
}

TEST(TextTable, ExtendsTheLastCellOfAShortRow) {
    TextTable table = twoApps();
    table.add({{"bank"}, {"not read: HTTP 404, and a long reason"}});
    EXPECT_NE(table.text(std::nullopt, false).find("\nbank      not read: HTTP 404, and a long reason\n"),
              std::string::npos);
    EXPECT_NE(table.text(25, false).find("\nbank    not read: HTTP 4\u2026\n"), std::string::npos)
        << table.text(25, false);
}

TEST(TextTable, CountsNoWidthForColors) {
    const std::string text = twoApps().text(std::nullopt, true);
    EXPECT_NE(text.find("meridian  \x1b[32mprocessed\x1b[0m  2.5.0-rc.1\n"), std::string::npos) << text;
}

TEST(MarkdownText, BreaksLinksOfGitHub) {
    EXPECT_EQ(markdownText("https://example.com/a b"), "https:<!-- -->//example.com/a b");
    EXPECT_EQ(markdownText("WWW.example.com"), "WWW<!-- -->.example.com");
    EXPECT_EQ(markdownText("@team ada@example.com"), "@<!-- -->team ada@<!-- -->example.com");
    EXPECT_EQ(markdownText("fixes #12 @ 3.4 a/b"), "fixes \\#<!-- -->12 @ 3.4 a/b");
}

}  // namespace
}  // namespace applivery::program
