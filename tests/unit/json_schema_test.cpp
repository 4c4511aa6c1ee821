/// @file
/// The formats in which the decoder accepts fields, and pagination.
#include "mock_server/temporary_directory.hpp"
#include "response/response.hpp"
#include "support/gtest_names.hpp"
#include "support/matchers.hpp"
#include "support/process.hpp"
#include "support/samples.hpp"

#include <applivery/build_json.hpp>
#include <applivery/testing/fake_transport.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <clocale>
#include <cstdlib>
#include <string>
#include <vector>

namespace applivery::detail {
namespace {

using test::sample;
using Texts = std::vector<std::string>;

Result<BuildPage> read(std::string body) {
    return readResponse(FakeTransport::answer(200, std::move(body)), {}, Secret());
}

// Decodes a list with one build of these members.
Build buildOf(const std::string& members) {
    auto page = read(R"({"status":true,"data":{"items":[{)" + members + "}]}}");
    EXPECT_TRUE(page) << page.error();
    return page ? page->items.at(0) : Build{};
}

std::int64_t millisecondsOf(const OptionalTime& time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.value().time_since_epoch()).count();
}

TEST(Schema, DecodesAnEmptyBuild) {
    const Build build = buildOf("");
    EXPECT_TRUE(build.id.empty());
    EXPECT_EQ(build.status, BuildStatus::unknown);
    EXPECT_FALSE(build.versionName || build.size || build.deployer || build.info.ios || build.createdAt);
}

TEST(Schema, TreatsNullAsAbsent) {
    const Build build = buildOf(R"("id":null,"tags":null,"size":null,"info":null,"deployer":null,"createdAt":null)");
    EXPECT_TRUE(build.id.empty());
    EXPECT_TRUE(build.tags.empty());
    EXPECT_FALSE(build.size || build.deployer || build.createdAt);
}

TEST(Schema, SkipsUnknownFieldsAtAnyDepth) {
    EXPECT_EQ(buildOf(R"("files":[{"id":"x","file":{"size":[1,{"id":"y"}]}}],"id":"b1","metadata":{"id":"z"})").id,
              "b1");
}

TEST(Schema, AcceptsFieldsInAnyOrder) {
    const Build build = buildOf(R"("createdAt":"2024-11-11T11:27:35.446Z","os":"android","id":"b1")");
    EXPECT_EQ(build.id, "b1");
    EXPECT_EQ(build.os, Os::android);
    EXPECT_EQ(millisecondsOf(build.createdAt), 1731324455446);
}

TEST(Schema, AcceptsSizeAsANumberOrText) {
    EXPECT_EQ(buildOf(R"("size":123456789012)").size, 123456789012);
    EXPECT_EQ(buildOf(R"("size":"123456789012")").size, 123456789012);
    EXPECT_EQ(buildOf(R"("size":1.5e3)").size, 1500);
}

TEST(Schema, AcceptsTimesAsFractionsOrText) {
    EXPECT_EQ(buildOf(R"("processTime":12.5)").processTime, 12.5);
    EXPECT_EQ(buildOf(R"("queuedTime":"7")").queuedTime, 7);
}

TEST(Schema, RefusesANonNumericText) {
    for (const std::string& text :
         {std::string(R"(1.5\u0000x)"), std::string(" 7 "), std::string("0x1"), std::string("nan"),
          std::string(R"([[[[)"), std::string("1,5"), std::string(2000, '1')}) {
        for (const char* member : {"processTime", "size"}) {
            EXPECT_FALSE(
                read(R"({"status":true,"data":{"items":[{")" + std::string(member) + "\":\"" + text + "\"}]}}"))
                << member << text;
        }
    }
}

TEST(Schema, AcceptsTheIdOfAnUploader) {
    EXPECT_EQ(buildOf(R"("uploadedBy":"u1")").uploadedBy.value().id, "u1");
}

TEST(Schema, AcceptsAFlatDeployer) {
    const Build build = buildOf(R"("deployer":{"name":"ci","info":{"git_branch":"main"},"build_trigger_timestamp":"1",
        "build_url":"b","app_url":"c","git_repository_url":"r","build_number":"42","commit":"abc","tag":"v1"})");
    const DeployerInfo& info = build.deployer.value().info.value();
    EXPECT_EQ(build.deployer->name, "ci");
    EXPECT_EQ(info.branch, "main");
    EXPECT_EQ(info.triggerTimestamp, "1");
    EXPECT_EQ(info.buildUrl, "b");
    EXPECT_EQ(info.ciUrl, "c");
    EXPECT_EQ(info.repositoryUrl, "r");
    EXPECT_EQ(info.buildNumber, "42");
    EXPECT_EQ(info.commit, "abc");
    EXPECT_EQ(info.tag, "v1");
}

IosInfo iosOf(const std::string& members) {
    return buildOf(R"("info":{"ios":{)" + members + "}}").info.ios.value();
}

TEST(Schema, AcceptsProvisionedDevicesAsAListOrText) {
    EXPECT_EQ(iosOf(R"("mobileprovision":{"ProvisionedDevices":["a","b"]})").mobileProvision->provisionedDevices,
              (Texts{"a", "b"}));
    EXPECT_EQ(iosOf(R"("mobileprovision":{"ProvisionedDevices":"a"})").mobileProvision->provisionedDevices, Texts{"a"});
}

TEST(Schema, AcceptsDeviceFamiliesAsNumbers) {
    EXPECT_EQ(iosOf(R"("plist":{"UIDeviceFamily":[1,"2"]})").plist->deviceFamily, (Texts{"1", "2"}));
}

TEST(Schema, AcceptsIconsAsAnObject) {
    const IosInfo ios = iosOf(R"("plist":{"CFBundleIcons":{"CFBundlePrimaryIcon":{"CFBundleIconFiles":["a","b"],
        "CFBundleIconName":"AppIcon","UIPrerenderedIcon":false}},"CFBundleName":"n"})");
    EXPECT_EQ(ios.plist->bundleIcons, (Texts{"a", "b", "AppIcon"}));
    EXPECT_EQ(ios.plist->bundleName, "n");
}

TEST(Schema, AcceptsAVersionCodeAsANumber) {
    EXPECT_EQ(buildOf(R"("versionCode":4711)").versionCode, "4711");
}

TEST(Schema, KeepsTheTextOfAnUnknownValue) {
    const Build build = buildOf(R"("status":"archived","os":"visionos")");
    EXPECT_EQ(build.status, BuildStatus::unknown);
    EXPECT_EQ(build.status.text(), "archived");
    EXPECT_EQ(build.os.text(), "visionos");
}

TEST(Schema, TreatsAnInvalidDateAsAbsent) {
    EXPECT_FALSE(buildOf(R"("createdAt":"string")").createdAt);
}

TEST(Schema, UsesTheLastOfTwoKeys) {
    const Build build = buildOf(R"("id":"a","tags":["x"],"id":"b","tags":["y"])");
    EXPECT_EQ(build.id, "b");
    EXPECT_EQ(build.tags, Texts{"y"});
}

TEST(Schema, ResetsAFieldByALaterNull) {
    const Build build = buildOf(R"("id":"a","tags":["x"],"deployer":{"name":"ci"},"size":7,
        "id":null,"tags":null,"deployer":null,"size":null)");
    EXPECT_EQ(build, Build{});
}

TEST(Schema, ReplacesAFieldByALaterObject) {
    EXPECT_EQ(buildOf(R"("info":{"icon":"i","ios":{}},"info":{"icon":"j"})"), buildOf(R"("info":{"icon":"j"})"));
    EXPECT_EQ(buildOf(R"("uploadedBy":{"email":"e"},"uploadedBy":"u1")"), buildOf(R"("uploadedBy":"u1")"));
}

TEST(Schema, KeepsADeployerBesideANullOfTheOlderForm) {
    const Build build = buildOf(R"("deployer":{"info":{"branch":"main"},"branch":null,"commit":"c"})");
    EXPECT_EQ(build.deployer->info->branch, "main");
    EXPECT_EQ(build.deployer->info->commit, "c");
    EXPECT_FALSE(buildOf(R"("deployer":{"name":"ci","commit":null,"commit":null})").deployer->info);
}

TEST(Schema, SkipsANumberOutOfRangeInAnUnknownField) {
    EXPECT_EQ(buildOf(R"("x":1e400,"y":[-1e400,)" + std::string(400, '9') + R"(],"id":"b1")").id, "b1");
}

TEST(Schema, KeepsTheDigitsOfANumberAsText) {
    for (const char* number : {"1.10", "-0", "1e400", "12345678901234567890", "0.0", "1E+2"}) {
        EXPECT_EQ(buildOf(std::string("\"versionCode\":") + number).versionCode, number);
    }
}

TEST(Schema, ConvertsABooleanToItsName) {
    EXPECT_EQ(buildOf(R"("versionCode":true,"versionName":false)").versionCode, "true");
    EXPECT_EQ(buildOf(R"("versionCode":true,"versionName":false)").versionName, "false");
    EXPECT_EQ(buildOf(R"("hasEmmJson":"true")").hasEmmJson, true);
    EXPECT_EQ(buildOf(R"("hasEmmJson":"false")").hasEmmJson, false);
}

TEST(Schema, ReplacesHalfOfASurrogatePair) {
    EXPECT_EQ(buildOf(R"("changelog":"cut emoji \ud83d")").changelog, "cut emoji \uFFFD");
    EXPECT_EQ(buildOf(R"("changelog":"\ud83d\ud83d\ude00\ude00x")").changelog, "\uFFFD\U0001F600\uFFFDx");
    EXPECT_EQ(buildOf(R"("changelog":"\\ud83d \uD83Dx\n")").changelog, "\\ud83d \uFFFDx\n");
    EXPECT_EQ(buildOf(R"("x":"\ud83d","id":"b1")").id, "b1");
}

TEST(Schema, DecodesNoProvisionedDeviceAsAnEmptyList) {
    EXPECT_EQ(buildOf(R"("info":{"ios":{"mobileprovision":{"ProvisionedDevices":""}}})")
                  .info.ios->mobileProvision->provisionedDevices,
              Texts{});
}

TEST(Schema, AcceptsATimeAsANumber) {
    EXPECT_EQ(millisecondsOf(buildOf(R"("createdAt":1731324455)").createdAt), 1731324455000);
    EXPECT_EQ(millisecondsOf(buildOf(R"("createdAt":1731324455446)").createdAt), 1731324455446);
    EXPECT_EQ(millisecondsOf(buildOf(R"("createdAt":1731324455.446)").createdAt), 1731324455446);
    for (const char* number : {"1e300", "99999999999999999999", "9e18"}) {
        EXPECT_FALSE(buildOf(std::string("\"createdAt\":") + number).createdAt) << number;
    }
}

// Uses a locale with a decimal comma. Creates the locale if the system has none.
class DecimalComma : public testing::Test {
protected:
    void SetUp() override {
        const std::string locale = (directory_.path() / name).string();
        if (std::setlocale(LC_ALL, name) == nullptr) {
            const auto outcome = test::runInShell("localedef -i de_DE -f UTF-8 " + locale);
            setenv("LOCPATH", directory_.path().c_str(), 1);
            ASSERT_NE(std::setlocale(LC_ALL, name), nullptr) << outcome.text;
        }
        ASSERT_STREQ(std::localeconv()->decimal_point, ",");
    }
    void TearDown() override {
        std::setlocale(LC_ALL, "C");
        unsetenv("LOCPATH");
    }

private:
    static constexpr const char* name = "de_DE.UTF-8";
    mock::TemporaryDirectory directory_;
};

TEST_F(DecimalComma, ChangesNothing) {
    EXPECT_EQ(buildOf(R"("processTime":"1.5")").processTime, 1.5);
    EXPECT_EQ(buildOf(R"("queuedTime":2.5)").queuedTime, 2.5);
    EXPECT_EQ(buildOf(R"("versionCode":1.10)").versionCode, "1.10");
    EXPECT_EQ(toJson(buildOf(R"("queuedTime":2.5)")), R"({"queuedTime":2.5})");
}

TEST(Schema, DecodesPaginationIfPresent) {
    const auto page = read(sample("v04_docs_employees_list_200_pagination.json"));
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->items.size(), 3U);
    EXPECT_EQ(page->number, 1);
    EXPECT_EQ(page->limit, 100);
    EXPECT_EQ(page->totalPages, 1);
    EXPECT_EQ(page->totalItems, 3);
    EXPECT_EQ(page->hasNextPage, false);
}

TEST(Schema, AcceptsTotalsOfZero) {
    const auto page = read(R"({"status":true,"data":{"items":[],"page":1,"limit":1,"totalPages":0,"totalDocs":0}})");
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->number, 1);
    EXPECT_EQ(page->limit, 1);
    EXPECT_EQ(page->totalPages, 0);
    EXPECT_EQ(page->totalItems, 0);
}

TEST(Schema, AcceptsAByteOrderMark) {
    EXPECT_TRUE(read("\xEF\xBB\xBF{\"status\":true,\"data\":{\"items\":[]}}"));
}

}  // namespace
}  // namespace applivery::detail
