/// @file
/// Decoding of responses: errors by code and status, paths of errors, and hostile bodies.
#include "response/response.hpp"
#include "support/gtest_names.hpp"
#include "support/matchers.hpp"
#include "support/scale.hpp"

#include <applivery/testing/fake_transport.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>

namespace applivery::detail {
namespace {

Result<BuildPage> read(int status, std::string body, std::size_t memoryLimit = std::size_t{64} << 20U) {
    DecodeOptions options;
    options.memoryLimit = memoryLimit;
    return readResponse(FakeTransport::answer(status, std::move(body)), options, Secret());
}

std::string item(const std::string& members) {
    return R"({"status":true,"data":{"items":[{},{)" + members + "}]}}";
}

struct Failure {
    const char* name;
    int status;
    const char* body;
    ErrorKind kind;
    std::optional<int> code;
    bool retryable;
};

void PrintTo(const Failure& row, std::ostream* out) {
    *out << row.name;
}

class FailedResponse : public testing::TestWithParam<Failure> {};

TEST_P(FailedResponse, HasTheKindOfItsCodeOrStatus) {
    const auto page = read(GetParam().status, GetParam().body);
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().kind(), GetParam().kind);
    EXPECT_EQ(page.error().apiCode(), GetParam().code);
    EXPECT_EQ(page.error().httpStatus(), GetParam().status);
    EXPECT_EQ(page.error().isRetryable(), GetParam().retryable) << page.error();
}

constexpr const char* e4002 = R"({"status":false,"error":{"code":4002,"message":"No auth token"}})";
constexpr const char* e4004 = R"({"status":false,"error":{"code":4004,"message":"Invalid Token"}})";
constexpr const char* e4003 = R"({"status":false,"error":{"code":4003,"message":"Forbidden"}})";
constexpr const char* e3001 = R"({"status":false,"error":{"code":3001,"message":"Entity not found"}})";
constexpr const char* e1002 = R"({"status":false,"error":{"code":1002,"message":"Route not found"}})";
constexpr const char* e1000 = R"({"status":false,"error":{"code":1000,"message":"Internal error"}})";
constexpr const char* e5003 =
    R"({"status":false,"error":{"code":5003,"message":"Limit exceeded","data":{"limit":3000}}})";
constexpr const char* e5004 = R"({"status":false,"error":{"code":5004,"message":"Plan"}})";
constexpr const char* eOld = R"({"status":true,"error":{"code":2001,"message":"Token not valid"}})";
constexpr const char* html = "<html><body>Bad Gateway</body></html>";

INSTANTIATE_TEST_SUITE_P(
    ResponseDecoder, FailedResponse,
    testing::Values(
        Failure{"Code4002", 401, e4002, ErrorKind::authentication, 4002, false},
        Failure{"Code4004", 401, e4004, ErrorKind::authentication, 4004, false},
        Failure{"Code4003", 403, e4003, ErrorKind::permissionDenied, 4003, false},
        Failure{"Code3001", 404, e3001, ErrorKind::notFound, 3001, false},
        Failure{"Code1002", 404, e1002, ErrorKind::notFound, 1002, false},
        Failure{"Code1000", 500, e1000, ErrorKind::server, 1000, true},
        Failure{"Code5003", 429, e5003, ErrorKind::planLimit, 5003, false},
        Failure{"Code5004", 402, e5004, ErrorKind::planLimit, 5004, false},
        Failure{"CodeInA200", 200, e3001, ErrorKind::notFound, 3001, false},
        Failure{"UnknownCodeInA200", 200, eOld, ErrorKind::server, 2001, false},
        Failure{"UnknownCodeInA401", 401, eOld, ErrorKind::authentication, 2001, false},
        Failure{"Empty401", 401, "", ErrorKind::authentication, std::nullopt, false},
        Failure{"Empty402", 402, "", ErrorKind::planLimit, std::nullopt, false},
        Failure{"Empty408", 408, "", ErrorKind::timeout, std::nullopt, true},
        Failure{"Empty425", 425, "", ErrorKind::server, std::nullopt, true},
        Failure{"Empty422", 422, "", ErrorKind::invalidRequest, std::nullopt, false},
        Failure{"Empty429", 429, "", ErrorKind::rateLimited, std::nullopt, true},
        Failure{"Html502", 502, html, ErrorKind::server, std::nullopt, true},
        Failure{"Html521", 521, html, ErrorKind::server, std::nullopt, true},
        Failure{"Status501", 501, "", ErrorKind::server, std::nullopt, false},
        Failure{"Redirect", 302, "", ErrorKind::invalidResponse, std::nullopt, false},
        Failure{"Html200", 200, html, ErrorKind::invalidResponse, std::nullopt, true},
        Failure{"Empty200", 200, "", ErrorKind::invalidResponse, std::nullopt, true},
        Failure{"CutOff", 200, R"({"status":true,"da)", ErrorKind::invalidResponse, std::nullopt, true},
        Failure{"TrailingGarbage", 200, R"({"status":true,"data":{"items":[]}} x)", ErrorKind::invalidResponse,
                std::nullopt, true},
        Failure{"InvalidUtf8", 200, "{\"status\":true,\"x\":\"\xFF\"}", ErrorKind::invalidResponse, std::nullopt, true},
        Failure{"StatusAsText", 200, R"({"status":"true","data":{"items":[]}})", ErrorKind::invalidResponse,
                std::nullopt, false},
        Failure{"NoStatus", 200, R"({"data":{"items":[]}})", ErrorKind::invalidResponse, std::nullopt, false},
        Failure{"NoItems", 200, R"({"status":true,"data":{}})", ErrorKind::invalidResponse, std::nullopt, false},
        Failure{"NullItems", 200, R"({"status":true,"data":{"items":null}})", ErrorKind::invalidResponse, std::nullopt,
                false},
        Failure{"ItemsAsObject", 200, R"({"status":true,"data":{"items":{}}})", ErrorKind::invalidResponse,
                std::nullopt, false},
        Failure{"NoObject", 200, "[]", ErrorKind::invalidResponse, std::nullopt, false}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ErrorStatus, IsTransientIfAGatewayMaySendIt) {
    for (const int status : {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530}) {
        EXPECT_TRUE(read(status, "").error().isRetryable()) << status;
    }
    for (const int status : {400, 409, 422, 424, 426, 501, 505, 507, 511, 519, 528, 531, 599}) {
        EXPECT_FALSE(read(status, "").error().isRetryable()) << status;
    }
}

TEST(ResponseDecoder, KeepsTheTextOfAnError) {
    const Error error = read(401, e4002).error();
    EXPECT_NE(error.message().find("No auth token"), std::string::npos);
    EXPECT_NE(error.message().find("4002"), std::string::npos);
}

TEST(ResponseDecoder, KeepsTheDataOfAnError) {
    EXPECT_EQ(read(200, e5003).error().apiData(), R"({"limit":3000})");
}

TEST(ResponseDecoder, EscapesControlCharactersOfTheServer) {
    const Error error = read(400, R"({"status":false,"error":{"message":"a\u001b[31m\nb\u202e"}})").error();
    EXPECT_EQ(error.message().find('\x1b'), std::string::npos);
    EXPECT_EQ(error.message().find('\n'), std::string::npos);
    EXPECT_EQ(error.message().find("\u202e"), std::string::npos);
}

struct Fault {
    const char* members;
    const char* place;
};

class FaultyBuild : public testing::TestWithParam<Fault> {};

TEST_P(FaultyBuild, NamesThePlace) {
    const auto page = read(200, item(GetParam().members));
    ASSERT_FALSE(page);
    EXPECT_THAT(page, test::FailsWith(ErrorKind::invalidResponse));
    EXPECT_FALSE(page.error().isRetryable());
    EXPECT_NE(page.error().message().find(std::string(GetParam().place) + ' '), std::string::npos) << page.error();
}

INSTANTIATE_TEST_SUITE_P(ResponseDecoder, FaultyBuild,
                         testing::Values(Fault{R"("size":"big")", "data.items[1].size"},
                                         Fault{R"("size":{})", "data.items[1].size"},
                                         Fault{R"("size":12345678901234567890)", "data.items[1].size"},
                                         Fault{R"("size":[1])", "data.items[1].size"},
                                         Fault{R"("hasEmmJson":3)", "data.items[1].hasEmmJson"},
                                         Fault{R"("createdAt":true)", "data.items[1].createdAt"},
                                         Fault{R"("versionName":{})", "data.items[1].versionName"},
                                         Fault{R"("tags":{})", "data.items[1].tags"},
                                         Fault{R"("tags":["a",["b"]])", "data.items[1].tags[1]"},
                                         Fault{R"("tags":[null,{}])", "data.items[1].tags[1]"},
                                         Fault{R"("info":{"ios":"x"})", "data.items[1].info.ios"},
                                         Fault{R"("info":{"ios":{"plist":[]}})", "data.items[1].info.ios.plist"}));

TEST(ResponseDecoder, NamesAnItemOtherThanAnObject) {
    const auto page = read(200, R"({"status":true,"data":{"items":[{},{},7]}})");
    ASSERT_FALSE(page);
    EXPECT_NE(page.error().message().find("data.items[2] "), std::string::npos) << page.error();
}

TEST(ResponseDecoder, CountsNullItems) {
    const auto page = read(200, R"({"status":true,"data":{"items":[null,{"id":"a"},null,{"size":{}}]}})");
    ASSERT_FALSE(page);
    EXPECT_NE(page.error().message().find("data.items[3].size "), std::string::npos) << page.error();
}

TEST(ResponseDecoder, RefusesBytesAfterTheBody) {
    const std::string whole = R"({"status":true,"data":{"items":[]}})";
    EXPECT_TRUE(read(200, whole + " \r\n"));
    for (const char* number : {"-", "01", "1.", "1.2.3", "7"}) {
        EXPECT_THAT(read(200, whole + number), test::FailsWith(ErrorKind::invalidResponse)) << number;
    }
    for (const std::string& more : {std::string("\0", 1), std::string("\0x", 2), std::string("x"), whole}) {
        const auto page = read(200, whole + more);
        EXPECT_THAT(page, test::FailsWith(ErrorKind::invalidResponse));
        EXPECT_NE(page.error().message().find("not JSON at byte 36"), std::string::npos) << page.error();
    }
}

TEST(ResponseDecoder, RefusesInvalidNumbers) {
    for (const char* number :
         {"01", "1.", ".5", "+1", "1.5.2", "1e5e5", "1e", "-", "--1", "1-2", "0x1", "1.e5", "NaN"}) {
        EXPECT_THAT(read(200, item(std::string("\"x\":") + number)), test::FailsWith(ErrorKind::invalidResponse))
            << number;
    }
    for (const char* number : {"0", "-0", "0.5", "-1.5e-7", "1E+5", "10", "0e0"}) {
        EXPECT_TRUE(read(200, item(std::string("\"x\":") + number))) << number;
    }
}

TEST(ResponseDecoder, IgnoresACodeOutOfRange) {
    for (const char* code : {"18446744073709551615", "4294971298", "4002.5", "-1e30", "\"x\""}) {
        const auto page = read(400, std::string(R"({"status":false,"error":{"message":"m","code":)") + code + "}}");
        EXPECT_EQ(page.error().apiCode(), std::nullopt) << code;
    }
}

TEST(ResponseDecoder, RefusesAnOverlongText) {
    constexpr std::size_t limit = std::size_t{1} << 20U;
    const auto changelog = [](std::size_t size) { return item("\"changelog\":\"" + std::string(size, 'x') + '"'); };
    EXPECT_TRUE(read(200, changelog(limit / 16), limit));
    EXPECT_THAT(read(200, changelog(limit / 16 + 1), limit), test::FailsWith(ErrorKind::responseTooLarge));
    EXPECT_THAT(read(200, item("\"x\":\"" + std::string(limit / 16 + 1, 'x') + '"'), limit),
                test::FailsWith(ErrorKind::responseTooLarge));
}

TEST(ResponseDecoder, ReadsAnErrorWithALongText) {
    const std::string trace(70'000, 'x');
    const auto page = read(429, R"({"status":false,"error":{"code":5003,"message":"m","data":")" + trace + "\"}}");
    EXPECT_THAT(page, test::FailsWith(ErrorKind::planLimit));
}

TEST(ResponseDecoder, ReadsSmallItemsAfterLargeItemsInTime) {
    std::string items;
    for (int i = 0; i < 8; ++i) items += (i == 0 ? R"({"x":")" : R"(,{"x":")") + std::string(100'000, 'x') + "\"}";
    for (int i = 0; i < 20'000; ++i) items += ",{}";
    const auto page = read(200, R"({"status":true,"data":{"items":[)" + items + "]}}");
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->items.size(), 20'008U);
    EXPECT_LT(page->items.capacity(), 23'000U);
}

TEST(ResponseDecoder, RecognizesHtmlWithAByteOrderMark) {
    EXPECT_NE(read(200, "\xEF\xBB\xBF<html>").error().message().find("HTML"), std::string::npos);
}

TEST(ResponseDecoder, RefusesMillionsOfNestedLists) {
    const auto page = read(200, R"({"status":true,"x":)" + std::string(2'000'000, '['));
    EXPECT_THAT(page, test::FailsWith(ErrorKind::invalidResponse));
}

TEST(ResponseDecoder, RefusesDeeplyNestedErrorData) {
    const std::size_t depth = 400'000;
    const auto page = read(400, R"({"status":false,"error":{"code":1,"message":"m","data":)" + std::string(depth, '[') +
                                    std::string(depth, ']') + "}}");
    EXPECT_THAT(page, test::FailsWith(ErrorKind::invalidRequest));
}

TEST(ResponseDecoder, ShowsTheContextOfAnInvalidField) {
    const std::string many(200, ' ');
    const auto page =
        read(200, R"({"status":true,"data":{"items":[{"id":"before","size":{},"after":1)" + many + "}]}}");
    ASSERT_FALSE(page);
    EXPECT_NE(page.error().message().find("before"), std::string::npos) << page.error();
    EXPECT_NE(page.error().message().find("after"), std::string::npos) << page.error();
}

TEST(ResponseDecoder, HidesAUserNameInARedirect) {
    const auto page = readResponse(
        FakeTransport::answer(302, "", {{"Location", "https://me:hidden@elsewhere.example/x"}}), {}, Secret());
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().message().find("hidden"), std::string::npos) << page.error();
    EXPECT_NE(page.error().message().find("https://elsewhere.example/x"), std::string::npos) << page.error();
}

TEST(ResponseDecoder, LimitsTheMemoryOfManySmallItems) {
    std::string body = R"({"status":true,"data":{"items":[{})";
    for (int i = 0; i < 100'000; ++i) body += ",{}";
    const auto page = read(200, body + "]}}", std::size_t{1} << 20U);
    EXPECT_THAT(page, test::FailsWith(ErrorKind::responseTooLarge));
}

TEST(ResponseDecoder, RefusesANumberOutOfRange) {
    const auto page = read(200, item(R"("size":1e400)"));
    EXPECT_THAT(page, test::FailsWith(ErrorKind::invalidResponse));
    EXPECT_FALSE(page.error().isRetryable());
}

TEST(ResponseDecoder, ReportsACutOffBodyWithAnyLineBreaks) {
    const std::string message =
        read(200, "{\r\n\t\t\"status\": true,\r\n\t\t\"data\": {\r\n\t\t\t\"items\": [").error().message();
    EXPECT_NE(message.find("cut off at byte 48"), std::string::npos) << message;
    const std::string wrong = read(200, "{\r\n\t\t\"status\": true,\r\n\t\t\"data\": oops}").error().message();
    EXPECT_NE(wrong.find("not JSON at byte 33"), std::string::npos) << wrong;
    for (const char* cut :
         {"{\n    \"status\": true,\n    \"da", "{\n    \"status\": tr", "{\"x\": 12.", "{\"x\": \"\\u00"}) {
        const std::string said = read(200, cut).error().message();
        EXPECT_NE(said.find("cut off at byte " + std::to_string(std::string(cut).size())), std::string::npos) << said;
    }
}

TEST(ResponseDecoder, UsesLittleMoreMemoryThanTheBuilds) {
    constexpr std::size_t count = 500;
    std::string items;
    for (std::size_t i = 0; i < count; ++i) {
        items += i == 0 ? "" : ",";
        items +=
            R"({"id":")" + std::to_string(i) + R"(","tags":["a","b"],"changelog":")" + std::string(i % 7, 'x') + "\"}";
    }
    const auto page = read(200, R"({"status":true,"data":{"items":[)" + items + "]}}");
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->items.size(), count);
    EXPECT_LT(page->items.capacity(), count + count / 5);
}

TEST(ResponseDecoder, ReadsALongTextOfEscapes) {
    for (const char* escape : {R"(\n)", R"(\")", R"(\\)", R"(\ud83d)", R"(\ud83d\ude00)"}) {
        std::string text;
        while (text.size() < static_cast<std::size_t>(test::scaled(3'000'000))) text += escape;
        const auto page = read(200, item("\"changelog\":\"" + text + '"'));
        EXPECT_TRUE(page) << escape << page.error();
    }
}

TEST(ResponseDecoder, ReadsALongText) {
    const std::string text(4'000'000, 'x');
    const auto page = read(200, item("\"changelog\":\"" + text + '"'));
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->items.at(1).changelog->size(), text.size());
}

TEST(ResponseDecoder, ShortensALongPathInTheMiddle) {
    const auto page = read(200, item(R"("info":{"ios":{"plist":{"CFBundleIcons":)" + std::string(400, '[') + "x"));
    ASSERT_FALSE(page);
    EXPECT_LT(page.error().message().size(), 500U);
    EXPECT_NE(page.error().message().find("data.items[1].info.ios.plist.CFBundleIcons[0][0]"), std::string::npos)
        << page.error();
    EXPECT_NE(page.error().message().find("..."), std::string::npos) << page.error();
}

}  // namespace
}  // namespace applivery::detail
