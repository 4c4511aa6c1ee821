/// @file
/// A server echoes the token in every text of a response. No part of the token may appear in the output of the library.
#include "mock_server/connection_handlers.hpp"
#include "mock_server/raw_server.hpp"
#include "support/matchers.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <exception>
#include <functional>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace applivery {
namespace {

namespace raw = mock::raw;

// Characters that every format escapes differently.
const std::string awkwardToken = "tok/en+\"&0123456789";
constexpr std::string_view partOfToken = "0123456789";

struct Echo {
    const char* name;
    std::function<std::string(const std::string& token)> response;
};

std::ostream& operator<<(std::ostream& out, const Echo& echo) {
    return out << echo.name;
}

std::string escaped(const std::string& text) {
    std::string json;
    for (const char c : text) json += c == '"' ? "\\\"" : c == '/' ? "\\/" : std::string(1, c);
    return json;
}

std::string envelope(const std::string& message, const std::string& data = "null") {
    return R"({"status":false,"error":{"code":5003,"message":")" + message + R"(","data":)" + data + "}}";
}

const std::vector<Echo>& echoes() {
    static const std::vector<Echo> all{
        {"InTheStatusLine", [](auto& text) { return "HTTP/1.1 400 " + text + "\r\nContent-Length: 0\r\n\r\n"; }},
        {"InARedirect", [](auto& text) { return raw::response(302, "", "Location: https://x.test/" + text + "\r\n"); }},
        {"InAHeader", [](auto& text) { return raw::response(429, "", "Retry-After: " + text + "\r\n"); }},
        {"InTheEncoding", [](auto& text) { return raw::response(200, "x", "Content-Encoding: " + text + "\r\n"); }},
        {"InHtml", [](auto& text) { return raw::response(400, "<html>" + text + "</html>"); }},
        {"InRetriedHtml", [](auto& text) { return raw::response(503, "<html>" + text + "</html>"); }},
        {"InTheMessage", [](auto& text) { return raw::response(402, envelope(escaped(text))); }},
        {"InTheData", [](auto& text) { return raw::response(402, envelope("no", "[\"" + escaped(text) + "\"]")); }},
        {"InAKeyOfTheData",
         [](auto& text) { return raw::response(402, envelope("no", "{\"" + escaped(text) + "\":1}")); }},
        {"InInvalidJson", [](auto& text) { return raw::response(200, text); }},
        {"InAKeyBeforeASyntaxError",
         [](auto& text) { return raw::response(200, "{\"" + escaped(text) + "\":[truly]}"); }},
        {"InAFieldOfTheWrongType",
         [](auto& text) { return raw::response(200, R"({"status":true,"data":{"items":")" + escaped(text) + "\"}}"); }},
        {"InInvalidHttp", [](auto& text) { return text + "\r\n\r\n"; }},
        {"InAPage",
         [](auto& text) {
             return raw::response(
                 200, R"({"status":true,"data":{"items":[{"id":"b1","notes":")" + escaped(text) + R"("}]}})");
         }},
    };
    return all;
}

// Returns all texts of the outcome of a call.
std::string shown(const Result<BuildPage>& page) {
    if (page) return page->rawJson;
    std::ostringstream out;
    out << page.error() << page.error().message() << page.error().apiData();
    try {
        (void)page.value();
    } catch (const std::exception& exception) {
        out << exception.what();
    }
    return out.str();
}

class TokenEcho : public testing::TestWithParam<Echo> {};

TEST_P(TokenEcho, IsRedactedEverywhere) {
    const mock::RawServer server(raw::respondOnce(GetParam().response(awkwardToken)));
    ClientOptions options;
    options.baseUrl = server.baseUrl();
    options.keepRawJson = true;
    options.retry.maxAttempts = 2;
    options.retry.initialDelay = std::chrono::milliseconds{1};
    std::string log;
    options.log = [&](LogLevel, std::string_view line) { log += line; };
    const auto page = BuildsClient(AppToken{awkwardToken}, options).listBuilds();
    EXPECT_EQ(shown(page).find(partOfToken), std::string::npos) << shown(page);
    EXPECT_FALSE(log.empty());
    EXPECT_EQ(log.find(partOfToken), std::string::npos) << log;
    for (const std::string& head : server.requestHeads()) {
        EXPECT_EQ(head.substr(0, head.find("\r\n")).find(partOfToken), std::string::npos) << head;
    }
}

// "Bearer " and the token, and the same in base64 with a line break.
const std::string folded = "Bearer tok/en+\r\n \"&0123456789";
const std::string encoded = "QmVhcmVyIHRvay9lbisi\\r\\nJjAxMjM0NTY3ODk=";

TEST(EncodedTokenEcho, IsRedactedEverywhere) {
    for (const std::string& body : {"<html>" + folded + "</html>", "<html>" + encoded + "</html>", envelope(encoded),
                                    envelope("no", "[\"" + encoded + "\"]")}) {
        const mock::RawServer server(raw::respondOnce(raw::response(400, body)));
        ClientOptions options;
        options.baseUrl = server.baseUrl();
        const std::string text = shown(BuildsClient(AppToken{awkwardToken}, options).listBuilds());
        for (const char* part : {"0123456789", "MjM0NTY3", "ay9lbi"}) {
            EXPECT_EQ(text.find(part), std::string::npos) << text;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Everywhere, TokenEcho, testing::ValuesIn(echoes()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace applivery
