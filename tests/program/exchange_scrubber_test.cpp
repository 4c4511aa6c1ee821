/// @file
/// Replacement of private data of a response in a recording.
#include "recording/exchange_scrubber.hpp"

#include "mock_server/published_build.hpp"
#include "recording/allowed_value.hpp"
#include "support/mutations.hpp"
#include "support/scale.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>

namespace applivery::program {
namespace {

std::string scrubbed(const std::string& body) {
    return ExchangeScrubber().body(body);
}

std::string scrubbedField(const std::string& member) {
    const std::string text = ExchangeScrubber().body(R"({"data":{"items":[{)" + member + "}]}}");
    return text.substr(19, text.size() - 23);
}

TEST(ExchangeScrubber, KeepsTheNamesAndTypesOfFields) {
    EXPECT_EQ(scrubbed(R"( {"a" : null, "b":"", "c":[], "d":{},"e":true , "f":[1,-20.5e+30, 0.25], "g":"7"} )"),
              R"( {"a" : null, "b":"", "c":[], "d":{},"e":true , "f":[2,-10.1e+30, 0.01], "g":"1"} )");
}

// Fails if the schema gets another field that contains fields. A developer must then decide whether a recording may
// keep the values in that field.
TEST(ExchangeScrubber, ListsAllFieldsWithSubfields) {
    for (std::string path : buildFieldPaths()) {
        for (std::size_t dot = path.rfind('.'); dot != std::string::npos; dot = path.rfind('.')) {
            path.erase(dot);
            EXPECT_TRUE(containsFields(path.substr(path.rfind('.') + 1))) << path;
        }
    }
}

TEST(ExchangeScrubber, KeepsAllowedValuesOfKnownFields) {
    for (const char* const member :
         {R"("status":"in_progress")", R"("status":"tomorrows_state")", R"("os":"ios")", R"("size":48213877)",
          R"("size":"48213877")", R"("processTime":37.5)", R"("versionName":"v2.4.0-beta.1")",
          R"("versionName":"RC-1")", R"("versionCode":2482)", R"("createdAt":"2024-11-11T11:27:35.446Z")",
          R"("createdAt":"2024-13-11T")", R"("errorCode":"E_1001")", R"("originalExtension":"ipa")",
          R"("originalExtension":"nsp")", R"("buildPlatform":"xbox-series","disabled":true)",
          R"("buildPlatform":"tvos")",
          R"("info":{"ios":{"plist":{"UIDeviceFamily":["1",2],"MinimumOSVersion":"15.0"}}})",
          R"("deployer":{"info":{"triggerTimestamp":"1731324455\n"}})"}) {
        EXPECT_EQ(scrubbedField(member), member);
    }
}

TEST(ExchangeScrubber, ReplacesAllOtherValuesOfKnownFields) {
    EXPECT_EQ(scrubbedField(R"("versionName":"main")"), R"("versionName":"xxxy")");
    EXPECT_EQ(scrubbedField(R"("versionName":"2.4-ada")"), R"("versionName":"0.0-xxy")");
    EXPECT_EQ(scrubbedField(R"("status":"Ada's 1st")"), R"("status":"Xxx'x 0xy")");
    EXPECT_EQ(scrubbedField(R"("createdAt":"Monday")"), R"("createdAt":"Xxxxxy")");
    EXPECT_EQ(scrubbedField(R"("versionName":"1rc11111111111111111111111111x")"),
              R"("versionName":"0xx00000000000000000000000000y")");
    EXPECT_EQ(scrubbedField(R"("originalExtension":"acme")"), R"("originalExtension":"xxxy")");
    EXPECT_EQ(scrubbedField(R"("buildPlatform":"acme-5")"), R"("buildPlatform":"xxxx-1")");
}

TEST(ExchangeScrubber, IdentifiesFieldsByTheirPath) {
    EXPECT_EQ(scrubbedField(R"("metadata":{"status":"acme","size":1234})"),
              R"("metadata":{"status":"xxxy","size":1001})");
}

TEST(ExchangeScrubber, ReplacesUnknownNames) {
    EXPECT_EQ(scrubbed(R"({"snake_case":1,"com.acme":1,"ada@acme.com":1,"6731e9e7a1b2c3d4e5f60718":1})"),
              R"({"snake_case":2,"xxx.xxxy":2,"xxx@xxxx.xxy":2,"000000000000000000000001":2})");
}

TEST(ExchangeScrubber, ReplacesNamesOfPossibleData) {
    EXPECT_EQ(scrubbedField(R"("members":{"ada":1,"AdaKeller":1,"deadbeefcafedeadbeefcafe":1,"status":1})"),
              R"("members":{"xxy":2,"XxxXxxxxy":2,"xxxxxxxxxxxxxxxxxxxxxxxy":2,"status":2})");
    EXPECT_EQ(scrubbedField(R"("AdaKeller":1,"acme-prod":1,"deadbeefcafedeadbeefcafe":1)"),
              R"("XxxXxxxxy":2,"xxxx-xxxy":2,"xxxxxxxxxxxxxxxxxxxxxxxy":2)");
    EXPECT_EQ(scrubbedField(R"("novel":1,"buildPlatform":{},"_id2":null)"),
              R"("novel":2,"buildPlatform":{},"_id2":null)");
    EXPECT_EQ(ExchangeScrubber().target("/v1/integrations/builds?limit=1&AdaKeller=1"),
              "/v1/integrations/builds?limit=1&XxxXxxxxy=1");
}

TEST(ExchangeScrubber, KeepsOnlyAllowedWordsAndCodes) {
    EXPECT_EQ(scrubbedField(R"("status":"AdaKeller")"), R"("status":"XxxXxxxxy")");
    EXPECT_EQ(scrubbedField(R"("os":"acme-corp-os")"), R"("os":"xxxx-xxxx-xy")");
    EXPECT_EQ(scrubbedField(R"("errorCode":"00008020-001C2D3E4F50002E")"),
              R"("errorCode":"00000000-0000000000000001")");
    EXPECT_EQ(scrubbedField(R"("errorCode":34600123456)"), R"("errorCode":10000000001)");
    EXPECT_EQ(scrubbedField(R"("info":{"ios":{"mobileprovision":{"signingType":"AcmeEnterprise"}}})"),
              R"("info":{"ios":{"mobileprovision":{"signingType":"XxxxXxxxxxxxxy"}}})");
    EXPECT_EQ(scrubbedField(R"("info":{"ios":{"mobileprovision":{"signingType":"ad-hoc"}}})"),
              R"("info":{"ios":{"mobileprovision":{"signingType":"ad-hoc"}}})");
    EXPECT_EQ(scrubbed(R"({"error":{"code":4004,"status":"denied_ada"}})"),
              R"({"error":{"code":4004,"status":"xxxxxx_xxy"}})");
    EXPECT_EQ(ExchangeScrubber().target("/v1?sort=Acme:prod"), "/v1?sort=Xxxx%3Axxxy");
}

TEST(ExchangeScrubber, KeepsOnlyAllowedNumbersAndTimes) {
    EXPECT_EQ(scrubbedField(R"("versionName":34600123456)"), R"("versionName":10000000001)");
    EXPECT_EQ(scrubbedField(R"("info":{"pkg":{"CFBundleVersion":"192.168.1.20"}})"),
              R"("info":{"pkg":{"CFBundleVersion":"000.000.0.01"}})");
    EXPECT_EQ(scrubbedField(R"("versionName":"2.4-rc10.20.30.40")"), R"("versionName":"0.0-xx00.00.00.01")");
    EXPECT_EQ(scrubbedField(R"("createdAt":"+34 600-123-456")"), R"("createdAt":"+00 000-000-001")");
    EXPECT_EQ(scrubbedField(R"("createdAt":34600123456)"), R"("createdAt":10000000001)");
    EXPECT_EQ(scrubbedField(R"("deployer":{"info":{"triggerTimestamp":"10.20.30.40"}})"),
              R"("deployer":{"info":{"triggerTimestamp":"00.00.00.01"}})");
    EXPECT_EQ(scrubbedField(R"("originalExtension":34600123456)"), R"("originalExtension":10000000001)");
    EXPECT_EQ(scrubbedField(R"("size":34600123456,"processTime":60012345)"),
              R"("size":10000000001,"processTime":10000001)");
    EXPECT_EQ(ExchangeScrubber().target("/v1?limit=600123456&page=1&sort=createdAt"),
              "/v1?limit=000000001&page=1&sort=createdAt");
}

TEST(ExchangeScrubber, ReplacesEqualTextsByEqualPseudonyms) {
    ExchangeScrubber scrubber;
    const std::string id = "6731e9e7a1b2c3d4e5f60718";
    const std::string madeUp = "000000000000000000000001";
    EXPECT_EQ(scrubber.target("https://api.example.com/gateway/v1/organizations/acme/apps/" + id + "/builds?a=" + id),
              "/v1/organizations/xxxy/apps/" + madeUp + "/builds?a=" + madeUp);
    EXPECT_EQ(scrubber.body(R"({"_id":")" + id + R"(","parent":")" + id + R"(","other":"5d5d3183ab0c040ae22c4651"})"),
              R"({"_id":")" + madeUp + R"(","parent":")" + madeUp + R"(","other":"000000000000000000000002"})");
    EXPECT_EQ(scrubber.body(R"({"slug":"acme","team":"acne"})"), R"({"slug":"xxxy","team":"xxxz"})");
}

TEST(ExchangeScrubber, ReplacesDifferentTextsByDifferentPseudonyms) {
    ExchangeScrubber scrubber;
    std::set<std::string> seen;
    for (int number = 1000; number < 3000; ++number) seen.insert(scrubber.body(std::to_string(number)));
    EXPECT_EQ(seen.size(), 2000U);
    for (const std::string& text : seen) EXPECT_NE(text.at(0), '0') << "no JSON";
}

TEST(ExchangeScrubber, MasksLongTexts) {
    const std::string text(5000, 'a');
    EXPECT_EQ(scrubbed("[\"" + text + R"(b\u00fc7\n",")" + text + "c\"]"),
              "[\"" + std::string(5001, 'x') + R"(\u00c00\n",")" + std::string(5001, 'x') + "\"]");
    EXPECT_EQ(scrubbed("[-0." + std::string(5000, '7') + "e+12]"), "[-0." + std::string(5000, '0') + "e+12]");
}

TEST(ExchangeScrubber, KeepsEscapesAndTheLengthOfCharacters) {
    EXPECT_EQ(scrubbed("[\"a\\n\\\"b\\/\\u0041\\u00fc\\ud83d\\ude00\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80\\n\"]"),
              "[\"x\\n\\\"x\\/\\u0058\\u00c0\\ud83d\\ude00\xC3\x80\xE4\xB8\x80\xF0\x9F\x98\x81\\n\"]");
}

TEST(ExchangeScrubber, KeepsTheDefectsOfAText) {
    EXPECT_EQ(scrubbed("[\"\\q\\ud83d \xFC\tx"), "[\"\\x\\ud83d \xFF\ty");
    EXPECT_EQ(scrubbed("{'name': undefined, NaN, nothing, tru"), "{'xxxy': xxxxxxxxy, NaN, nxxxxxx, tru");
    EXPECT_EQ(scrubbed("{trudy, nullify, true"), "{nulxx, nullxxx, true");
}

TEST(ExchangeScrubber, KeepsKnownParameters) {
    EXPECT_EQ(
        ExchangeScrubber().target("http://localhost/v1/integrations/builds?page=2&limit=100&status=processed&os=ios&"
                                  "sort=createdAt%3Aasc&versionName=f%C3%BCr%20Ada&x%20y=z&flag"),
        "/v1/integrations/builds?page=2&limit=100&status=processed&os=ios&sort=createdAt%3Aasc&"
        "versionName=x%C3%80x%20Xxy&x%20y=y&flag");
}

TEST(ExchangeScrubber, TreatsNoValueAsANameIfCommasReplaceColons) {
    EXPECT_EQ(scrubbed(R"({"first","Ada","last","Lee)"), R"({"xxxxy","Xxy","xxxy","Xxz)");
}

TEST(ExchangeScrubber, ReplacesAValueAfterTheValueOfAField) {
    EXPECT_EQ(scrubbed(R"({"status":false, owner:"adakeller", phone: 34600123456})"),
              R"({"status":false, xxxxy:"xxxxxxxxy", xxxxz: 10000000001})");
    EXPECT_EQ(scrubbedField(R"("size":1, udid: 1234567812345678, "versionName":"1.0", ip: "2.4.0")"),
              R"("size":1, xxxy: 1000000000000001, "versionName":"1.0", xy: "0.0.1")");
    EXPECT_EQ(scrubbedField(R"("versionName":"1.0" owner: "2.4.0")"), R"("versionName":"1.0" xxxxy: "0.0.1")");
    EXPECT_EQ(scrubbed(R"({"data":{}, items:{"size":7}})"), R"({"data":{}, xxxxy:{"size":2}})");
    EXPECT_EQ(scrubbed(R"({"data":{} items {"size":7}})"), R"({"data":{} xxxxy {"size":2}})");
}

TEST(ExchangeScrubber, KeepsTheElementsOfAPage) {
    EXPECT_EQ(scrubbed("<p>Ask Ada <ada@acme.com></P>"), "<p>Xxx Xxx <xxx@xxxx.xxx></P>");
    EXPECT_EQ(scrubbed("<!DOCTYPE html>\n<h1>502 at Acme</h1><a href=\"https://acme.com/7\">Grüße</a>"),
              "<!DOCTYPE xxxx>\n<h1>000 xx Xxxx</h1><a xxxx=\"xxxxx://xxxx.xxx/0\">XxÀÀx</a>");
}

TEST(ExchangeScrubber, KeepsFewHeaders) {
    EXPECT_EQ(ExchangeScrubber::header("Content-Type", "application/json; charset=utf-8"), "application/json");
    EXPECT_EQ(ExchangeScrubber::header("Content-Type", "x/acme"), "x/xxxx");
    EXPECT_EQ(ExchangeScrubber::header("date", "Sun, 06 Nov 1994 08:49:37 GMT"), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(ExchangeScrubber::header("Retry-After", "120"), "120");
    EXPECT_EQ(ExchangeScrubber::header("Retry-After", "ask Ada"), "xxx Xxx");
    EXPECT_EQ(ExchangeScrubber::header("X-RateLimit-Remaining", "9999"), "9999");
    EXPECT_EQ(ExchangeScrubber::header("ratelimit-reset", "1731324455"), "1731324455");
    EXPECT_EQ(ExchangeScrubber::header("X-RateLimit-User-ada.acme.com", "1"), std::nullopt);
    EXPECT_EQ(ExchangeScrubber::header("Set-Cookie", "session=1"), std::nullopt);
    EXPECT_EQ(ExchangeScrubber::header("Location", "https://acme.com"), std::nullopt);
}

// Returns the number of builds in the body, or the error without the excerpt of the body.
std::string parseResultOf(const std::string& body) {
    const Result<BuildPage> page = pageFromJson(body);
    if (page) return std::to_string(page->items.size());
    return std::string(toString(page.error().kind())) +
           page.error().message().substr(0, page.error().message().find('"'));
}

TEST(ExchangeScrubber, KeepsTheErrorOfAnInvalidBody) {
    const std::string body = R"({"status":true,"data":{"items":[)" + mock::publishedBuildJson() + "]}}";
    std::mt19937 random(20);  // NOLINT(bugprone-random-generator-seed): the same texts in every run
    for (int i = 0; i < test::scaled(2000); ++i) {
        const std::string wrong = test::mutated(body, random);
        ASSERT_EQ(parseResultOf(scrubbed(wrong)), parseResultOf(wrong)) << wrong << "\nbecame\n" << scrubbed(wrong);
    }
}

TEST(ExchangeScrubber, KeepsANumberOutOfRange) {
    for (const std::string size : {"9223372036854775807", "9223372036854775808", "18446744073709551616"}) {
        const std::string body = R"({"status":true,"data":{"items":[{"id":"a","size":)" + size + "}]}}";
        EXPECT_EQ(parseResultOf(scrubbed(body)), parseResultOf(body)) << size;
    }
}

TEST(ExchangeScrubber, KeepsTheRangeOfANumber) {
    for (const auto& [number, replacement] :
         std::initializer_list<std::pair<const char*, const char*>>{{"2147483647", "1000000001"},
                                                                    {"2147483648", "2147483648"},
                                                                    {"3460012345", "3000000001"},
                                                                    {"4600123456", "9900000001"},
                                                                    {"9007199254740991", "1000000000000001"},
                                                                    {"9007199254740992", "9007199254740992"},
                                                                    {"9007199254740993", "9900000000000001"},
                                                                    {"-9007199254740993", "-9900000000000001"},
                                                                    {"9007199254740993.5", "9900000000000000.1"},
                                                                    {"0.9007199254740993e16", "0.9900000000000001e16"},
                                                                    {"9223372036854775807", "1000000000000000001"},
                                                                    {"-9223372036854775808", "-9223372036854775808"},
                                                                    {"9223372036854775809", "9900000000000000001"},
                                                                    {"18446744073709551615", "10000000000000000001"},
                                                                    {"18446744073709551616", "18446744073709551616"},
                                                                    {"18446744073709551617", "30000000000000000001"},
                                                                    {"5e19", "2e19"},
                                                                    {"9.5e18", "9.9e18"},
                                                                    {"1.7e308", "1.1e308"},
                                                                    {"1.8e308", "3.1e308"},
                                                                    {"0.0", "0.0"},
                                                                    {"7.0", "2.0"}}) {
        EXPECT_EQ(scrubbedField(std::string("\"novel\":") + number), std::string("\"novel\":") + replacement);
    }
}

TEST(ExchangeScrubber, KeepsTheErrorOfANumericText) {
    for (const std::string size : {"\"12345678901\"", "\"9223372036854775807\"", "\"9223372036854775808\"",
                                   "\"18446744073709551616\"", "12345678901.0", "12345678901.5"}) {
        const std::string body = R"({"status":true,"data":{"items":[{"id":"a","size":)" + size + "}]}}";
        EXPECT_EQ(parseResultOf(scrubbed(body)), parseResultOf(body)) << size;
    }
}

TEST(ExchangeScrubber, KeepsTheEndOfACutOffBody) {
    const std::string body = R"({"status":true,"data":{"items":[)" + mock::publishedBuildJson() + "]}}";
    for (std::size_t length = 0; length < body.size(); length += test::isSanitized ? 7 : 1) {
        const std::string cut = body.substr(0, length);
        const std::string shown = scrubbed(cut);
        ASSERT_EQ(parseResultOf(shown), parseResultOf(cut)) << cut;
        ASSERT_EQ(shown.size(), length);
    }
}

}  // namespace
}  // namespace applivery::program
