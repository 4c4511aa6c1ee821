/// @file
/// Encoding and decoding of builds and pages.
#include "mock_server/build_generator.hpp"
#include "support/matchers.hpp"
#include "support/samples.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace applivery {
namespace {

using testing::HasSubstr;

Build buildOf(const std::string& members) {
    const auto build = buildFromJson('{' + members + '}');
    EXPECT_TRUE(build) << build.error();
    return build.value_or(Build{});
}

void expectEqualAfterRoundTrip(const BuildPage& page) {
    const auto restored = pageFromJson(toJson(page));
    ASSERT_TRUE(restored) << restored.error() << '\n' << toJson(page);
    EXPECT_EQ(*restored, page) << toJson(page);
}

TEST(BuildJson, RestoresAPage) {
    for (const char* name : {"v01_docs_list_builds_200.json", "v04_docs_employees_list_200_pagination.json"}) {
        const auto page = pageFromJson(test::sample(name));
        ASSERT_TRUE(page) << page.error();
        expectEqualAfterRoundTrip(*page);
    }
}

TEST(BuildJson, RestoresEveryGeneratedBuild) {
    BuildPage page;
    for (const auto& build : mock::generateBuilds(200)) page.items.push_back(buildFromJson(build.json).value());
    page.number = 3;
    page.limit = 200;
    page.totalPages = 7;
    page.totalItems = 1300;
    page.hasNextPage = true;
    expectEqualAfterRoundTrip(page);
}

TEST(BuildJson, WritesABuildOfAnOlderFormInTheCurrentForm) {
    const Build build =
        buildOf(R"("id":"b","size":"7","uploadedBy":"u1","deployer":{"name":"ci","git_branch":"main"})");
    EXPECT_EQ(toJson(build),
              R"({"id":"b","size":7,"deployer":{"name":"ci","info":{"branch":"main"}},"uploadedBy":{"id":"u1"}})");
    EXPECT_EQ(buildFromJson(toJson(build)).value(), build);
}

TEST(BuildJson, OmitsAbsentFields) {
    EXPECT_EQ(toJson(Build{}), "{}");
    EXPECT_EQ(toJson(BuildPage{}), R"({"status":true,"data":{"items":[],"page":1}})");
}

TEST(BuildJson, KeepsAnEmptyObject) {
    const Build build = buildOf(R"("deployer":{},"info":{"ios":{"plist":{}}})");
    EXPECT_EQ(toJson(build), R"({"info":{"ios":{"plist":{}}},"deployer":{}})");
}

TEST(BuildJson, EscapesTexts) {
    Build build;
    build.changelog = "a\"b\\c\n\x01 \u00e9\U0001F600";
    EXPECT_EQ(toJson(build), "{\"changelog\":\"a\\\"b\\\\c\\n\\u0001 \u00e9\U0001F600\"}");
    EXPECT_EQ(buildFromJson(toJson(build)).value(), build);
}

TEST(BuildJson, ReplacesInvalidUtf8) {
    Build build;
    build.versionName = "a\xff";
    EXPECT_EQ(buildFromJson(toJson(build)).value().versionName, "a\uFFFD");
}

TEST(BuildJson, WritesOneReplacementForEachBrokenCharacter) {
    Build build;
    build.versionName = "\xF0\x9F\x98 \xC3(\xE2\x82\xFFz";
    EXPECT_EQ(toJson(build), "{\"versionName\":\"\uFFFD \uFFFD(\uFFFD\uFFFDz\"}");
}

TEST(BuildJson, KeepsTheValueOfNumbers) {
    for (const char* number : {"0", "7", "1.5", "0.1", "123456789.25", "1e+300", "-2.5"}) {
        const Build build = buildOf(std::string("\"processTime\":") + number);
        EXPECT_EQ(toJson(build), std::string("{\"processTime\":") + number + '}');
        EXPECT_EQ(buildFromJson(toJson(build)).value(), build);
    }
}

TEST(BuildJson, WritesAsManyDigitsAsATimeRequires) {
    using namespace std::chrono_literals;
    const auto second = std::chrono::system_clock::time_point(1'731'324'455s);
    const auto encoded = [](std::chrono::system_clock::time_point time) {
        Build build;
        build.createdAt = time;
        EXPECT_EQ(buildFromJson(toJson(build)).value(), build);
        return toJson(build);
    };
    EXPECT_EQ(encoded(second), R"({"createdAt":"2024-11-11T11:27:35.000Z"})");
    EXPECT_EQ(encoded(second + 446ms), R"({"createdAt":"2024-11-11T11:27:35.446Z"})");
    EXPECT_EQ(encoded(second + 446001us), R"({"createdAt":"2024-11-11T11:27:35.446001Z"})");
    EXPECT_EQ(encoded(std::chrono::system_clock::time_point(-1ms)), R"({"createdAt":"1969-12-31T23:59:59.999Z"})");
    EXPECT_EQ(encoded(std::chrono::system_clock::time_point(951'782'400s)),
              R"({"createdAt":"2000-02-29T00:00:00.000Z"})");
}

TEST(BuildJson, KeepsTheFirstAndTheLastTimeOfTheClock) {
    using namespace std::chrono_literals;
    using Time = std::chrono::system_clock::time_point;
    for (const Time time : {Time::min(), Time::min() + 2s, Time::max() - 2s, Time::max()}) {
        Build build;
        build.createdAt = time;
        EXPECT_EQ(buildFromJson(toJson(build)).value(), build) << toJson(build);
    }
}

TEST(BuildJson, AcceptsOnlyAnObjectAsABuild) {
    for (const char* text : {"null", "7", "\"abc\"", "true", "[]", ""}) {
        EXPECT_THAT(buildFromJson(text), test::FailsWith(ErrorKind::invalidResponse)) << text;
    }
    EXPECT_THAT(buildFromJson("[]").error().message(), HasSubstr("is not an object"));
}

TEST(BuildJson, RefusesAnEnvelope) {
    for (const std::string& text :
         {test::sample("v01_docs_list_builds_200.json"), toJson(BuildPage{}),
          std::string(R"({"status":true,"data":{"id":"b"}})"), std::string(R"({"status":false,"data":{"items":[]}})"),
          std::string(R"({"status":"true","id":"b"})")}) {
        const auto build = buildFromJson(text);
        ASSERT_THAT(build, test::FailsWith(ErrorKind::invalidResponse)) << text;
        EXPECT_THAT(build.error().message(), HasSubstr("pageFromJson()")) << text;
    }
}

TEST(BuildJson, RefusesAnErrorOfTheService) {
    EXPECT_THAT(buildFromJson(errorToJson(3001, "Entity not found")), test::FailsWith(ErrorKind::invalidResponse));
}

TEST(BuildJson, RefusesAnObjectWithoutAnyFieldOfABuild) {
    for (const char* text :
         {R"({"items":[{"id":"b"}],"page":1})", R"({"data":{"items":[]}})", R"({"name":"Meridian"})"}) {
        EXPECT_THAT(buildFromJson(text), test::FailsWith(ErrorKind::invalidResponse)) << text;
    }
}

TEST(BuildJson, RefusesABuildAsAPage) {
    for (const char* text : {R"({"id":"b","status":"processed","error":"e"})", R"([{"id":"b"}])", "{}"}) {
        EXPECT_THAT(pageFromJson(text), test::FailsWith(ErrorKind::invalidResponse)) << text;
    }
}

TEST(BuildJson, NamesThePathOfAWrongValue) {
    const auto build = buildFromJson(R"({"info":{"ios":"x"}})");
    EXPECT_THAT(build, test::FailsWith(ErrorKind::invalidResponse));
    EXPECT_THAT(build.error().message(), HasSubstr("the text is not a build: info.ios is not an object"));
}

TEST(BuildJson, ReturnsNoRetryableErrorForTruncatedText) {
    EXPECT_FALSE(buildFromJson("{").error().isRetryable());
}

TEST(BuildJson, WritesAnErrorLikeTheService) {
    EXPECT_EQ(errorToJson(api_code::invalidToken, "Invalid \"Token\""),
              R"({"status":false,"error":{"code":4004,"message":"Invalid \"Token\""}})");
    EXPECT_EQ(pageFromJson(errorToJson(3001, "Entity not found")).error().kind(), ErrorKind::notFound);
    EXPECT_EQ(errorToJson(1, "\xFF"), "{\"status\":false,\"error\":{\"code\":1,\"message\":\"\xEF\xBF\xBD\"}}");
}

TEST(BuildJson, RestoresAnErrorWithoutAnHttpStatus) {
    const auto page = pageFromJson(test::sample("v02_docs_error_401_code4002.json"));
    EXPECT_THAT(page, test::FailsWith(ErrorKind::authentication));
    EXPECT_EQ(page.error().apiCode(), api_code::noAuthToken);
    EXPECT_EQ(page.error().httpStatus(), std::nullopt);
}

TEST(BuildJson, RefusesAPageBeyondTheMemoryLimit) {
    std::string items = "{}";
    for (int i = 0; i < 200'000; ++i) items += ",{}";
    EXPECT_THAT(pageFromJson(R"({"status":true,"data":{"items":[)" + items + "]}}"),
                test::FailsWith(ErrorKind::responseTooLarge));
}

}  // namespace
}  // namespace applivery
