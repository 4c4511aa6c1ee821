/// @file
/// Links of builds: only safe URLs, and the page of a commit.
#include "program/statistics/web_links.hpp"

#include <gtest/gtest.h>

#include <string>

namespace applivery::program {
namespace {

TEST(WebLinks, KeepHttpAndHttps) {
    EXPECT_EQ(webLink(" https://ci.example/job/1?a=b#c\n"), "https://ci.example/job/1?a=b#c");
    EXPECT_EQ(webLink("HTTP://[::1]:8080/job"), "HTTP://[::1]:8080/job");
}

TEST(WebLinks, RefuseOtherSchemesAndTexts) {
    for (const char* const url :
         {"", "javascript:alert(1)", "data:text/html,x", "//ci.example/", "ci.example", "https://", "https:///path",
          "https://ci.example/\"onclick=", "https://ci.example/a b", "https://ci.example/<b>",
          "https://ci.example/\xc3\xa9", "https://a\nb"}) {
        EXPECT_EQ(webLink(url), "") << url;
    }
    EXPECT_EQ(webLink("https://ci.example/" + std::string(2'000, 'a')), "");
}

TEST(WebLinks, RefuseCredentials) {
    EXPECT_EQ(webLink("https://x-access-token:secret@github.com/acme/shop"), "");
    EXPECT_EQ(webLink("https://ci.example/@acme"), "https://ci.example/@acme") << "a path may contain the character";
}

TEST(WebLinks, NameThePageOfACommit) {
    EXPECT_EQ(commitLink("https://github.com/acme/shop.git\n", "0123abc\n"),
              "https://github.com/acme/shop/commit/0123abc");
    EXPECT_EQ(commitLink("https://bitbucket.org/acme/shop/", "0123abc"),
              "https://bitbucket.org/acme/shop/commits/0123abc");
}

TEST(WebLinks, NameNoPageWithoutARepositoryAndAHash) {
    EXPECT_EQ(commitLink("git@github.com:acme/shop.git", "0123abc"), "");
    EXPECT_EQ(commitLink("https://github.com/acme/shop", "main"), "");
    EXPECT_EQ(commitLink("https://github.com/acme/shop", "../../x"), "");
    EXPECT_EQ(commitLink("https://github.com/acme/shop?a=b", "0123abc"), "");
    EXPECT_EQ(commitLink("https://.git", "0123abc"), "");
    EXPECT_EQ(commitLink("https://:443/acme/shop", "0123abc"), "");
}

}  // namespace
}  // namespace applivery::program
