/// @file
/// Both parsers accept the same bodies with the same result.
#include "json/parsers.hpp"
#include "json/schema.hpp"
#include "json/schema_writer.hpp"
#include "support/mutations.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <random>
#include <string>

namespace applivery::detail {
namespace {

JsonInput textOf(const std::string& text) {
    JsonInput json{text, std::size_t{64} << 20U};
    json.keepsUnknownFields = true;
    return json;
}

std::optional<std::string> byNlohmann(const std::string& text) {
    Envelope envelope;
    if (parseByNlohmann(textOf(text), rootField<Envelope>, &envelope, Secret())) return std::nullopt;
    return writeJson(fieldsOf<Envelope>(), &envelope);
}

std::optional<std::string> bySimdjson(const std::string& text) {
    Envelope envelope;
    if (!parseBySimdjson(textOf(text), rootField<Envelope>, &envelope, Secret())) return std::nullopt;
    return writeJson(fieldsOf<Envelope>(), &envelope);
}

TEST(Parsers, AgreeOnThePublishedBuild) {
    for (const char* name : {"v01_docs_list_builds_200.json", "v04_docs_employees_list_200_pagination.json"}) {
        const std::string text = test::sample(name);
        ASSERT_TRUE(bySimdjson(text)) << name;
        EXPECT_EQ(bySimdjson(text), byNlohmann(text)) << name;
    }
}

TEST(Parsers, AgreeOnMutatedBuilds) {
    const std::string whole = test::sample("v01_docs_list_builds_200.json");
    std::mt19937 random(20'241'111);
    int accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = test::mutated(whole, random);
        const auto quick = bySimdjson(text);
        if (!quick) continue;
        ++accepted;
        ASSERT_EQ(quick, byNlohmann(text)) << text;
    }
    EXPECT_GT(accepted, 1'000) << "of the others nothing is learnt";
}

TEST(Parsers, AgreeOnOverlongTexts) {
    std::string tooLong;  // as written, with its escapes
    while (tooLong.size() <= maxStringLength(textOf(""))) tooLong += R"(\u0041)";
    for (const std::string& member : {'"' + tooLong + "\":1", R"("x":")" + tooLong + '"'}) {
        const std::string text = R"({"status":true,"data":{"items":[]},)" + member + '}';
        EXPECT_FALSE(byNlohmann(text));
        EXPECT_FALSE(bySimdjson(text));
    }
}

TEST(Parsers, AgreeOnNumbersAndTexts) {
    for (const char* value : {"-0",
                              "1.10",
                              "1e2",
                              "12345678901234567890",
                              "1e400",
                              "01",
                              "1.",
                              "-",
                              "1.5.2",
                              R"("\ud83d")",
                              R"("\ud83d\ude00")",
                              R"("\u0000")",
                              "\"\x01\"",
                              "\"\xff\"",
                              "truE",
                              "nul",
                              "\"a",
                              "[1,]",
                              R"({"a":1,})",
                              "[}",
                              "1 2",
                              "\"\\x\"",
                              "[1 2]"}) {
        const std::string text = std::string(R"({"status":true,"data":{"items":[{"versionCode":)") + value + "}]}}";
        if (const auto quick = bySimdjson(text)) {
            EXPECT_EQ(quick, byNlohmann(text)) << text;
        }
    }
}

}  // namespace
}  // namespace applivery::detail
