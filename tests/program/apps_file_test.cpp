/// @file
/// The file of `--apps-file`: apps, names to show, and invalid lines.
#include "program/apps_file.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace applivery::program {
namespace {

// Returns apps and names, or the error.
std::string parsed(const std::string& text) {
    const Result<std::vector<ListedApp>> apps = parseApps(text);
    if (!apps) return apps.error().message();
    std::string result;
    for (const ListedApp& listed : *apps) result += listed.app + '=' + listed.name + ';';
    return result;
}

TEST(AppsFile, HasANameAfterWhiteSpace) {
    EXPECT_EQ(parsed("shop\nbank  The Bank (staging) \r\nsend\tSend # it"),
              "shop=;bank=The Bank (staging);send=Send # it;");
    EXPECT_EQ(parsed("\xEF\xBB\xBF shop \xE5\xBA\x97"), "shop=\xE5\xBA\x97;");
}

TEST(AppsFile, SkipsEmptyLinesAndComments) {
    EXPECT_EQ(parsed("\n \t\r\n# shop\n  # bank\n"), "");
}

TEST(AppsFile, NamesTheLineOfAnInvalidApp) {
    EXPECT_EQ(parsed("shop\n\nbank,The Bank\n"),
              "line 3: \"bank,The\" is not an id or slug; write an id or slug, and after a space a name to show");
    for (const char* const app : {"a/b", "\"shop\"", "caf\xC3\xA9", "\xFF\xFEs", "app=shop", "a\x1b"}) {
        EXPECT_EQ(parsed(app).rfind("line 1: ", 0), 0U) << app;
    }
}

TEST(AppsFile, NamesTheLineOfAnInvalidName) {
    EXPECT_EQ(parsed("shop a\x1b[31m"), "line 1: the name to show has a control character, or is not UTF-8");
    EXPECT_EQ(parsed("shop \xFF"), "line 1: the name to show has a control character, or is not UTF-8");
    EXPECT_EQ(parsed("a\nshop " + std::string(101, 'x')), "line 2: the name to show takes more than 100 columns");
}

TEST(AppsFile, RefusesTwoNamesOfOneApp) {
    EXPECT_EQ(parsed("shop Shop\nbank\nshop Store"), "line 3: shop has another name on line 1; remove one");
    EXPECT_EQ(parsed("shop\nshop Shop\nshop Shop"), "shop=;shop=Shop;shop=Shop;");
}

}  // namespace
}  // namespace applivery::program
