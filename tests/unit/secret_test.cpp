/// @file
/// Redaction of a token in every encoding and at every position.
#include "core/secret.hpp"

#include "support/scale.hpp"

#include <applivery/text.hpp>

#include <gtest/gtest.h>

#include <string>

namespace applivery::detail {
namespace {

const Secret secret("tok/en&+\"0123");

TEST(Secret, IsMaskedAnywhere) {
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
             R"(tok\/en\u0026+\"0123)",                    // with unnecessary escapes
             R"(\u0074ok\u002Fen\u0026\u002b\u00220123)",  // in upper and lower case
             R"(tok\\\/en&+\\\"0123)",                     // JSON inside JSON
             "tok%2Fen%26%2B%220123",                      // URL
             "tok%2fen%26%2b%220123",                      // URL in lower case
             "tok%252Fen%2526%252B%25220123",              // a URL inside a URL
             "tok/en&amp;+&quot;0123",                     // HTML
             "tok&#47;en&#38;&#43;&#x22;0123",             // HTML with numeric references
         }) {
        EXPECT_EQ(secret.redacted(std::string("<") + spelling + ">"), "<[redacted]>") << spelling;
    }
}

// @param special the last two characters of the alphabet: "+/", or "-_" in URLs.
std::string base64(const std::string& text, const char* special) {
    const std::string alphabet =
        std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") + special;
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        unsigned group = 0;
        for (std::size_t j = i; j < i + 3; ++j)
            group = group << 8U | (j < text.size() ? static_cast<unsigned char>(text[j]) : 0U);
        for (const unsigned shift : {18U, 12U, 6U, 0U}) out += alphabet[group >> shift & 0x3FU];
    }
    for (std::size_t missing = (3 - text.size() % 3) % 3; missing > 0; --missing) out[out.size() - missing] = '=';
    return out;
}

TEST(Secret, IsFoundInBase64) {
    const Secret binary("~~~?>?>tok>>>???en~~~");  // has special characters at every position
    for (const char* special : {"+/", "-_"}) {
        // The text before the token shifts the token within a group of three bytes.
        for (const char* before : {"", "u", "us", "Bearer ", "user:pass:"}) {
            for (const char* after : {"", "!", "??", "\r\nHost: x"}) {
                for (const Secret& hidden : {secret, binary}) {
                    const std::string text = base64(before + hidden.text() + after, special);
                    const std::string shown = hidden.redacted("<" + text + ">");
                    ASSERT_NE(shown.find("[redacted]"), std::string::npos) << shown;
                    // The unmasked characters encode `before` and `after`. The number 6 allows for rounding, padding,
                    // and a character at each end that also encodes bits of the token.
                    const std::size_t unmasked = (std::string(before).size() + std::string(after).size()) * 4 / 3 + 6;
                    EXPECT_LE(shown.size(), std::string("<[redacted]>").size() + unmasked) << text << ' ' << shown;
                }
            }
        }
    }
}

TEST(Secret, IsFoundInEscapedBase64) {
    const Secret binary("~~~?>?>tok>>>???en~~~");
    for (const std::string before : {"", "us"}) {  // after "us", the masked part begins with the escaped `+`
        const std::string text = base64(before + binary.text(), "+/");
        ASSERT_NE(text.find('/'), std::string::npos);
        std::string json;
        std::string url;
        for (const char c : text) {
            json += c == '/' ? "\\/" : std::string(1, c);
            url += c == '/' ? "%2F" : c == '+' ? "%2B" : std::string(1, c);
        }
        const std::size_t unmasked = before.empty() ? 0 : 3;
        const std::string expected = "<" + text.substr(0, unmasked) + "[redacted]";
        EXPECT_EQ(binary.redacted("<" + json + ">").substr(0, expected.size()), expected) << json;
        EXPECT_EQ(binary.redacted("<" + url + ">").substr(0, expected.size()), expected) << url;
    }
}

TEST(Secret, IsFoundIfWhiteSpaceBreaksIt) {
    for (const char* space :
         {" ", "\n", "\r\n    ", "\t", R"(\n)", R"(\r\n)", R"(\\n)", R"(\u000a)", "%20", "%0D%0A", "&#10;", "&#xA; "}) {
        EXPECT_EQ(secret.redacted("<tok/e" + std::string(space) + "n&+\"0123>"), "<[redacted]>") << space;
        std::string everywhere;
        for (const char c : secret.text()) everywhere += c + std::string(space);
        const std::string shown = secret.redacted("<" + everywhere + ">");
        EXPECT_EQ(shown, "<[redacted]" + std::string(space) + ">");
    }
    std::string folded = base64("Bearer " + secret.text(), "+/");
    folded.insert(14, "\r\n ");  // within the token, which begins at position 9
    EXPECT_EQ(secret.redacted(folded).find(folded.substr(10, 4)), std::string::npos);
}

TEST(Secret, IsMaskedByThePublicFunction) {
    EXPECT_EQ(redacted(R"({"a":"Bearer tok\/en&+\"0123"})", secret.text()), R"({"a":"Bearer [redacted]"})");
    EXPECT_EQ(redacted("abc", ""), "abc");
}

TEST(Secret, IsFoundIfItsCharactersLookLikeEscapes) {
    const Secret awkward(R"(a\\\\\\\\\\\\b%25&amp;c)");
    EXPECT_EQ(awkward.redacted(std::string(R"(<a\\\\\\\\\\\\b%25&amp;c>)")), "<[redacted]>");
    std::string json = "<";
    for (const char c : awkward.text()) json += c == '\\' ? "\\\\" : std::string(1, c);
    EXPECT_EQ(awkward.redacted(json + '>'), "<[redacted]>");
    EXPECT_EQ(awkward.redacted(std::string("a") + std::string(200, '\\')), "a" + std::string(200, '\\'));
}

TEST(Secret, IsMaskedIfTheTextIsCutWithinIt) {
    EXPECT_EQ(secret.redacted(std::string("Bearer tok/en&+\"012")), "Bearer [redacted]");
    EXPECT_EQ(secret.redacted(std::string("Bearer tok/e")), "Bearer [redacted]");
    EXPECT_EQ(secret.redacted(std::string(R"(Bearer tok\/en\u00)")), "Bearer [redacted]");
    EXPECT_EQ(secret.redacted(std::string("Bearer tok")), "Bearer tok") << "too short";
}

TEST(Secret, IsMaskedInOverlappingOccurrences) {
    EXPECT_EQ(Secret("abcabc").redacted(std::string("<abcabcabc>")), "<[redacted]>");
    EXPECT_EQ(Secret("abcabc").redacted(std::string("<abcabcabcabc>")), "<[redacted]>");
}

TEST(Secret, IsNotConfusedWithSimilarText) {
    for (const char* text : {"tok/en&+\"012.", "ok/en&+\"0123", "tok%2Gen", "tok\\u002", "&#;", "%", "\\", ""}) {
        EXPECT_EQ(secret.redacted(std::string(text)), text);
    }
}

TEST(Secret, IsIgnoredIfItIsShort) {
    EXPECT_EQ(Secret("12345").redacted(std::string("12345")), "12345");
    EXPECT_EQ(Secret().redacted(std::string("text")), "text");
}

TEST(Secret, IsMaskedIfItOverlapsTheEndsOfAnExcerpt) {
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

TEST(Secret, IsFoundInLinearTimeAmongPossibleEscapes) {
    for (const char* run : {"\\", "%25", "&", "&#", "t"}) {
        std::string text;
        while (text.size() < static_cast<std::size_t>(test::scaled(4 << 20))) text += run;
        EXPECT_EQ(secret.redacted(text), text);
    }
}

TEST(Secret, IsFoundInLinearTimeInABodyOfSecrets) {
    std::string text;
    std::string masked;
    for (int i = 0; i < test::scaled(500'000); ++i) {
        text += "tok/en&+\"0123,";
        masked += "[redacted],";
    }
    EXPECT_EQ(secret.redacted(text), masked);
}

}  // namespace
}  // namespace applivery::detail
