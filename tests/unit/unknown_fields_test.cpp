/// @file
/// Build::unknownFields: the JSON fields of a build that have no member in Build.
#include "response/response.hpp"
#include "support/matchers.hpp"

#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

namespace applivery {
namespace {

std::string jsonOfPage(const std::string& items) {
    return R"({"status":true,"data":{"items":[)" + items + "]}}";
}

Result<BuildPage> readPage(std::string body, bool keepUnknownFields, std::size_t memoryLimit = std::size_t{64} << 20U) {
    detail::DecodeOptions options;
    options.keepUnknownFields = keepUnknownFields;
    options.memoryLimit = memoryLimit;
    return detail::readResponse(FakeTransport::answer(200, std::move(body)), options, detail::Secret());
}

std::string unknownFieldsOf(const std::string& members) {
    const auto build = buildFromJson(R"({"id":"b",)" + members + '}');
    EXPECT_TRUE(build) << build.error();
    return build ? build->unknownFields : "";
}

TEST(UnknownFields, ContainFieldsWithoutAMember) {
    EXPECT_EQ(unknownFieldsOf(R"("os":"ios","files":[{"key":"k"}],"size":7,"metadata":{"team":null})"),
              R"({"files":[{"key":"k"}],"metadata":{"team":null}})");
    EXPECT_EQ(unknownFieldsOf(R"("os":"ios")"), "");
}

TEST(UnknownFields, KeepEachFormOfAValue) {
    for (const char* value :
         {"1.10", "-0", "1e400", "12345678901234567890123", "true", "false", "null", R"("")", R"("a\"\\\n\u0001")",
          "[]", "{}", "[[],{},[1,[2,{}]],3]", R"({"a":{"b":[{"id":"x"}]},"":0})", R"({"a":1,"a":2})"}) {
        const std::string member = std::string(R"("x":)") + value;
        EXPECT_EQ(unknownFieldsOf(member), '{' + member + '}');
    }
}

TEST(UnknownFields, AreReadAsOneLineOfUtf8) {
    EXPECT_EQ(unknownFieldsOf("\"a \\u00e9\" : [ 1 ,\r\n\t{ \"b\" : \"\\u00e9\\/\\ud83d\\ude00\" } ] , \"c\":\n2"),
              "{\"a \u00e9\":[1,{\"b\":\"\u00e9/\U0001F600\"}],\"c\":2}");
    EXPECT_EQ(unknownFieldsOf(R"("x":"cut \ud83d")"), "{\"x\":\"cut \uFFFD\"}");
}

TEST(UnknownFields, ExcludeFieldsOfNestedObjects) {
    EXPECT_EQ(unknownFieldsOf(R"("info":{"novel":1,"ios":{"plist":{"UINovel":2}}},"deployer":{"info":{"x":3}},"y":4)"),
              R"({"y":4})");
}

TEST(UnknownFields, AreSeparateForEachBuild) {
    const auto page = readPage(jsonOfPage(R"({"id":"a","x":1},{"id":"b"},{"y":2,"id":"c"})"), true);
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->items.at(0).unknownFields, R"({"x":1})");
    EXPECT_EQ(page->items.at(1).unknownFields, "");
    EXPECT_EQ(page->items.at(2).unknownFields, R"({"y":2})");
}

TEST(UnknownFields, CanContainAFieldNamedUnknownFields) {
    const auto build = buildFromJson(R"({"id":"b","unknownFields":{"a":1}})");
    ASSERT_TRUE(build) << build.error();
    EXPECT_EQ(build->unknownFields, R"({"unknownFields":{"a":1}})");
    EXPECT_EQ(toJson(*build), R"({"id":"b","unknownFields":{"a":1}})");
}

TEST(UnknownFields, AreKeptOnlyIfTheOptionIsSet) {
    for (const bool isKept : {false, true}) {
        ClientOptions options;
        options.keepUnknownFields = isKept;
        const auto service = std::make_shared<FakeTransport>(
            [](const HttpRequest&) { return FakeTransport::answer(200, jsonOfPage(R"({"id":"b","files":[]})")); });
        const BuildsClient client(AppToken{"app-token-0123456789"}, options, service);
        const auto page = client.listBuilds();
        ASSERT_TRUE(page) << page.error();
        EXPECT_EQ(page->items.at(0).unknownFields, isKept ? R"({"files":[]})" : "");
    }
}

TEST(UnknownFields, CountAsMemoryOnlyIfTheyAreKept) {
    std::string items;
    for (int i = 0; i < 30; ++i) items += (i == 0 ? "" : ",") + (R"({"x":")" + std::string(60'000, 'x') + "\"}");
    constexpr std::size_t limit = std::size_t{1} << 20U;
    EXPECT_TRUE(readPage(jsonOfPage(items), false, limit));
    EXPECT_THAT(readPage(jsonOfPage(items), true, limit), test::FailsWith(ErrorKind::responseTooLarge));
}

// ---- toJson() ----

Build withUnknown(std::string unknownFields) {
    Build build;
    build.id = "b";
    build.os = Os::ios;
    build.unknownFields = std::move(unknownFields);
    return build;
}

TEST(UnknownFields, AreWrittenAfterTheKnownFields) {
    EXPECT_EQ(toJson(withUnknown(R"({"files":[1],"a":"b"})")), R"({"id":"b","os":"ios","files":[1],"a":"b"})");
    Build alone;
    alone.unknownFields = R"({"a":1})";
    EXPECT_EQ(toJson(alone), R"({"a":1})");
}

TEST(UnknownFields, SurviveWritingAndReading) {
    const std::string items =
        R"({"x":[{"a":"\ud83d\u0001"}],"id":"a","y":{"z":1.10}},{"id":"b","x":1,"x":2,"deployer":{"n":1}},{"only":null})";
    const auto page = pageFromJson(jsonOfPage(items));
    ASSERT_TRUE(page) << page.error();
    const auto again = pageFromJson(toJson(*page));
    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(*again, *page) << toJson(*page);
    const Build build = page->items.at(0);
    EXPECT_EQ(buildFromJson(toJson(build)).value(), build) << toJson(build);
}

TEST(UnknownFields, AreWrittenOnOneLine) {
    EXPECT_EQ(toJson(withUnknown("{ \"a\" :\n [ 1 , 2 ] }")), R"({"id":"b","os":"ios","a":[1,2]})");
}

TEST(UnknownFields, AreOmittedIfTheyAreNotAnObject) {
    for (const char* text : {"x", "7", "[1]", "null", "{\"a\":", "{\"a\":1}{", "{}", "\"{}\"", "{\"a\":\xff}"}) {
        EXPECT_EQ(toJson(withUnknown(text)), R"({"id":"b","os":"ios"})") << text;
    }
}

TEST(UnknownFields, DoNotReplaceAKnownField) {
    EXPECT_EQ(toJson(withUnknown(R"({"id":"other","a":1,"tags":["x"]})")), R"({"id":"b","os":"ios","a":1})");
}

TEST(UnknownFields, AreComparedByEquality) {
    EXPECT_NE(withUnknown(R"({"a":1})"), withUnknown(R"({"a":2})"));
    EXPECT_NE(withUnknown(R"({"a":1})"), withUnknown(""));
}

TEST(UnknownFields, HaveAFieldPath) {
    EXPECT_EQ(buildFieldPaths().back(), "unknownFields");
    EXPECT_EQ(buildFieldText(withUnknown(R"({"a":1})"), "unknownFields"), R"({"a":1})");
    EXPECT_EQ(buildFieldText(withUnknown(""), "unknownFields"), "");
    EXPECT_EQ(buildFieldText(withUnknown(R"({"a":1})"), "a"), std::nullopt);
}

}  // namespace
}  // namespace applivery
