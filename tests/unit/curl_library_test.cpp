/// @file
/// Checks of the linked libcurl: version and features.
#include "http/curl_library.hpp"

#include <gtest/gtest.h>

#include <string>

namespace applivery {
namespace {

constexpr int everything = CURL_VERSION_SSL | CURL_VERSION_HTTP2 | CURL_VERSION_ASYNCHDNS | CURL_VERSION_LIBZ;

curl_version_info_data curlWith(int features, unsigned version = 0x075801, const char* name = "7.88.1") {
    curl_version_info_data linked{};
    linked.features = features;
    linked.version_num = version;
    linked.version = name;
    return linked;
}

TEST(LinkedCurl, IsAcceptedOnThisMachine) {
    EXPECT_FALSE(detail::errorIfUnsupported(*curl_version_info(CURLVERSION_NOW), "https://example.com/"));
}

TEST(LinkedCurl, IsRefusedBelowTheOldestSupportedVersion) {
    const auto refusal = detail::errorIfUnsupported(curlWith(everything, 0x074300, "7.67.0"), "https://example.com/");
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->kind(), ErrorKind::connection);
    EXPECT_EQ(refusal->message(), "libcurl 7.67.0 is too old. Install 7.68 or newer, or correct the library path.");
}

TEST(LinkedCurl, CanBeTheOldestSupportedVersion) {
    EXPECT_FALSE(detail::errorIfUnsupported(curlWith(everything, 0x074400, "7.68.0"), "https://example.com/"));
}

TEST(LinkedCurl, IsRefusedWithoutTlsForHttps) {
    const auto refusal = detail::errorIfUnsupported(curlWith(everything & ~CURL_VERSION_SSL), "https://example.com/");
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->kind(), ErrorKind::tls);
}

TEST(LinkedCurl, NeedsNoTlsForPlainHttp) {
    EXPECT_FALSE(detail::errorIfUnsupported(curlWith(everything & ~CURL_VERSION_SSL), "http://127.0.0.1/"));
}

TEST(LinkedCurl, WithEverythingHasNoShortcomings) {
    EXPECT_TRUE(detail::missingFeatures(curlWith(everything)).empty());
}

struct MissingFeature {
    int feature;
    std::string word;
};

class LinkedCurlShortcoming : public testing::TestWithParam<MissingFeature> {};

TEST_P(LinkedCurlShortcoming, IsReportedInASentence) {
    const auto sentences = detail::missingFeatures(curlWith(everything & ~GetParam().feature));
    ASSERT_EQ(sentences.size(), 1u);
    EXPECT_NE(sentences.front().find(GetParam().word), std::string::npos) << sentences.front();
}

INSTANTIATE_TEST_SUITE_P(AFeature, LinkedCurlShortcoming,
                         testing::Values(MissingFeature{CURL_VERSION_HTTP2, "HTTP/2"},
                                         MissingFeature{CURL_VERSION_ASYNCHDNS, "look-up"},
                                         MissingFeature{CURL_VERSION_LIBZ, "gzip"}));

}  // namespace
}  // namespace applivery
