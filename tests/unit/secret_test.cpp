/// @file
/// How a token is found and left out, in each spelling and at each edge.
#include "core/secret.hpp"

#include <applivery/text.hpp>

#include <gtest/gtest.h>

#include <string>

namespace applivery::detail {
namespace {

const Secret secret("tok/en&+\"0123");

TEST(Secret, IsMaskedWhereverItStands) {
    EXPECT_EQ(secret.redacted("tok/en&+\"0123 and tok/en&+\"0123tok/en&+\"0123."),
              "[redacted] and [redacted][redacted].");
}

TEST(Secret, IsMaskedAtEitherEnd) {
    EXPECT_EQ(secret.redacted("tok/en&+\"0123"), "[redacted]");
    EXPECT_EQ(secret.redacted("tok/en&+\"0123 was refused"), "[redacted] was refused");
    EXPECT_EQ(secret.redacted("refused tok/en&+\"0123"), "refused [redacted]");
}

TEST(Secret, IsFoundInEachSpelling) {
    for (const char* spelling : {
             R"(tok\/en&+\"0123)",                         // JSON
             R"(tok\/en\u0026+\"0123)",                    // with escapes that are not needed
             R"(\u0074ok\u002Fen\u0026\u002b\u00220123)",  // in either case
             R"(tok\\\/en&+\\\"0123)",                     // JSON inside JSON
             "tok%2Fen%26%2B%220123",
             "tok%2fen%26%2b%220123",          // URLs
             "tok%252Fen%2526%252B%25220123",  // a URL inside a URL
             "tok/en&amp;+&quot;0123",         // HTML
             "tok&#47;en&#38;&#43;&#x22;0123",
         }) {
        EXPECT_EQ(secret.redacted(std::string("<") + spelling + ">"), "<[redacted]>") << spelling;
    }
}

TEST(Secret, UsersMayLeaveTheirsOutToo) {
    EXPECT_EQ(redacted(R"({"a":"Bearer tok\/en&+\"0123"})", secret.text()), R"({"a":"Bearer [redacted]"})");
    EXPECT_EQ(redacted("abc", ""), "abc");
}

TEST(Secret, IsFoundWhereItsOwnCharactersBeginEscapes) {
    const Secret awkward(R"(a\\\\\\\\\\\\b%25&amp;c)");
    EXPECT_EQ(awkward.redacted(std::string(R"(<a\\\\\\\\\\\\b%25&amp;c>)")), "<[redacted]>");
    std::string json = "<";
    for (const char c : awkward.text()) json += c == '\\' ? "\\\\" : std::string(1, c);
    EXPECT_EQ(awkward.redacted(json + '>'), "<[redacted]>");
    EXPECT_EQ(awkward.redacted(std::string("a") + std::string(200, '\\')), "a" + std::string(200, '\\'));
}

TEST(Secret, WhereATextWasCutItsBeginningIsMasked) {
    EXPECT_EQ(secret.redacted(std::string("Bearer tok/en&+\"012")), "Bearer [redacted]");
    EXPECT_EQ(secret.redacted(std::string("Bearer tok/e")), "Bearer [redacted]");
    EXPECT_EQ(secret.redacted(std::string(R"(Bearer tok\/en\u00)")), "Bearer [redacted]");
    EXPECT_EQ(secret.redacted(std::string("Bearer tok")), "Bearer tok") << "too little to tell";
}

TEST(Secret, OccurrencesThatOverlapAreMaskedWhole) {
    EXPECT_EQ(Secret("abcabc").redacted(std::string("<abcabcabc>")), "<[redacted]>");
    EXPECT_EQ(Secret("abcabc").redacted(std::string("<abcabcabcabc>")), "<[redacted]>");
}

TEST(Secret, WhatIsOnlyLikeItStays) {
    for (const char* text : {"tok/en&+\"012.", "ok/en&+\"0123", "tok%2Gen", "tok\\u002", "&#;", "%", "\\", ""}) {
        EXPECT_EQ(secret.redacted(std::string(text)), text);
    }
}

TEST(Secret, AShortOneIsNone) {
    EXPECT_EQ(Secret("12345").redacted(std::string("12345")), "12345");
    EXPECT_EQ(Secret().redacted(std::string("text")), "text");
}

TEST(Secret, APartMasksWhatReachesIntoIt) {
    const std::string text = "0123456789tok/en&+\"0123abcdefghij";
    for (std::size_t begin = 0; begin <= text.size(); ++begin) {
        for (std::size_t end = begin; end <= text.size() + 2; ++end) {
            const std::string part = secret.redacted(text, begin, end);
            for (const char* piece : {"/", "&", "+", "\"", "to", "ok", "en"}) {
                EXPECT_EQ(part.find(piece), std::string::npos) << begin << ' ' << end << ' ' << part;
            }
        }
    }
    EXPECT_EQ(secret.redacted(text, 8, 12), "89[redacted]");
    EXPECT_EQ(secret.redacted(text, 12, 25), "[redacted]ab");
    EXPECT_EQ(secret.redacted(text, 12, 14), "[redacted]");
    EXPECT_EQ(secret.redacted(text, 23, 99), "abcdefghij");
}

TEST(Secret, LongRunsThatCouldBeginAnEscapeAreReadOnce) {
    for (const char* run : {"\\", "%25", "&", "&#", "t"}) {
        std::string text;
        while (text.size() < (std::size_t{4} << 20U)) text += run;
        EXPECT_EQ(secret.redacted(text), text);
    }
}

TEST(Secret, ABodyFullOfItIsReadOnce) {
    std::string text;
    std::string masked;
    for (int i = 0; i < 500'000; ++i) {
        text += "tok/en&+\"0123,";
        masked += "[redacted],";
    }
    EXPECT_EQ(secret.redacted(text), masked);
}

}  // namespace
}  // namespace applivery::detail
