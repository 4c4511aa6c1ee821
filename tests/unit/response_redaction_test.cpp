/// @file
/// Redaction of a token that a response repeats. An error contains only parts of long texts, and no part of the token.
#include "response/response.hpp"
#include "support/gtest_names.hpp"

#include <applivery/testing/fake_transport.hpp>

#include <gtest/gtest.h>

#include <string>

namespace applivery::detail {
namespace {

const std::string echoed = "Q9-ABCDEFGHIJKLMNOPQRSTUVWXYZ01234567";

bool containsPartOfToken(const std::string& text) {
    constexpr std::size_t shortestPart = 4;
    for (std::size_t at = 0; at + shortestPart <= echoed.size(); ++at) {
        if (text.find(echoed.substr(at, shortestPart)) != std::string::npos) return true;
    }
    return false;
}

// Puts the token at each position of a text, because an error contains only a part of a long text.
// @param respond creates a response that contains the text.
template <typename Respond>
void expectNoPartOfTheToken(Respond respond) {
    const Secret secret(echoed);
    for (std::size_t before = 0; before < 600; ++before) {
        const auto page = readResponse(respond(std::string(before, '.') + echoed + std::string(200, '.')), {}, secret);
        ASSERT_FALSE(page);
        ASSERT_FALSE(containsPartOfToken(page.error().message())) << before << ": " << page.error();
        ASSERT_FALSE(containsPartOfToken(page.error().apiData())) << before << ": " << page.error().apiData();
    }
}

TEST(EchoedToken, StaysOutOfTheExcerptOfAPage) {
    expectNoPartOfTheToken([](const std::string& text) { return FakeTransport::answer(401, "<html>" + text); });
}

TEST(EchoedToken, StaysOutOfAPageWithAGoodStatus) {
    expectNoPartOfTheToken([](const std::string& text) { return FakeTransport::answer(200, "<html>" + text); });
}

TEST(EchoedToken, StaysOutOfTheServicesMessage) {
    expectNoPartOfTheToken([](const std::string& text) {
        return FakeTransport::answer(
            400, R"({"error":{"code":1,"message":")" + text + R"(","data":{"seen":")" + text + "\"}}}");
    });
}

TEST(EchoedToken, StaysOutOfTheSurroundingsOfASyntaxError) {
    expectNoPartOfTheToken(
        [](const std::string& text) { return FakeTransport::answer(200, "{\"a\":\"" + text + "\"x}"); });
    expectNoPartOfTheToken(
        [](const std::string& text) { return FakeTransport::answer(200, "{\"a\":x\"" + text + "\"}"); });
}

TEST(EchoedToken, StaysOutOfTheSurroundingsOfAnInvalidField) {
    expectNoPartOfTheToken([](const std::string& text) {
        return FakeTransport::answer(200,
                                     R"({"status":true,"data":{"items":[{"changelog":")" + text + R"(","size":{}}]}})");
    });
    expectNoPartOfTheToken([](const std::string& text) {
        return FakeTransport::answer(200,
                                     R"({"status":true,"data":{"items":[{"size":{},"changelog":")" + text + R"("}]}})");
    });
}

TEST(EchoedToken, StaysOutOfTheTargetOfARedirect) {
    expectNoPartOfTheToken([](const std::string& text) {
        return FakeTransport::answer(302, "", {{"Location", "https://elsewhere.example/" + text}});
    });
}

}  // namespace
}  // namespace applivery::detail
