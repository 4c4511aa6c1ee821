/// @file
/// Every field of the build that the reference of the service shows.
#include "response/response.hpp"
#include "support/gtest_names.hpp"
#include "support/samples.hpp"

#include <applivery/testing/fake_transport.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace applivery::detail {
namespace {

constexpr std::chrono::system_clock::time_point publishedTime{std::chrono::seconds{1'566'656'122}};

class PublishedBuild : public testing::Test {
protected:
    const Build build =
        readResponse(FakeTransport::answer(200, test::sample("v01_docs_list_builds_200.json")), {}, Secret())
            .value()
            .items.at(0);
};

TEST_F(PublishedBuild, HasItsOwnFields) {
    EXPECT_EQ(build.id, "string");
    EXPECT_EQ(build.status, BuildStatus::processed);
    EXPECT_EQ(build.tags, std::vector<std::string>{"string"});
    EXPECT_EQ(build.versionName, "string");
    EXPECT_EQ(build.application, "string");
    EXPECT_EQ(build.changelog, "string");
    EXPECT_EQ(build.size, 0);
    EXPECT_EQ(build.processTime, 0);
    EXPECT_EQ(build.queuedTime, 0);
    EXPECT_EQ(build.versionCode, "string");
    EXPECT_EQ(build.error, "string");
    EXPECT_EQ(build.errorCode, "string");
    EXPECT_EQ(build.os, Os::ios);
    EXPECT_EQ(build.originalExtension, "string");
    EXPECT_EQ(build.hasEmmJson, true);
    EXPECT_EQ(build.updatedAt, publishedTime);
    EXPECT_EQ(build.createdAt, publishedTime);
}

TEST_F(PublishedBuild, HasItsApplication) {
    EXPECT_EQ(build.applicationInfo.id, "string");
    EXPECT_EQ(build.applicationInfo.name, "string");
    EXPECT_EQ(build.applicationInfo.slug, "string");
    EXPECT_EQ(build.applicationInfo.picture, "string");
}

TEST_F(PublishedBuild, HasItsAndroidPart) {
    const AndroidInfo& android = build.info.android.value();
    for (const auto& field :
         {android.targetSdkVersion, android.minSdkVersion, android.packageName, android.platformBuildVersionName,
          android.platformBuildVersionCode, android.versionName, android.versionCode, android.icon, build.info.icon}) {
        EXPECT_EQ(field, "string");
    }
}

TEST_F(PublishedBuild, HasItsPlist) {
    const IosPlist& plist = build.info.ios.value().plist.value();
    for (const auto& field : {plist.bundleDisplayName, plist.minimumOsVersion, plist.bundleIdentifier,
                              plist.bundleShortVersionString, plist.bundleVersion, plist.bundleName}) {
        EXPECT_EQ(field, "string");
    }
    for (const auto& list : {plist.bundleSupportedPlatforms, plist.bundleIcons, plist.deviceFamily}) {
        EXPECT_EQ(list, std::vector<std::string>{"string"});
    }
}

TEST_F(PublishedBuild, HasItsProvisioning) {
    const MobileProvision& provision = build.info.ios.value().mobileProvision.value();
    EXPECT_EQ(provision.expirationDate, publishedTime);
    EXPECT_EQ(provision.teamIdentifier, "string");
    EXPECT_EQ(provision.provisionsAllDevices, true);
    EXPECT_EQ(provision.teamName, "string");
    EXPECT_EQ(provision.provisionedDevices, std::vector<std::string>{"string"});
    EXPECT_EQ(provision.signingType, SigningType::adHoc);
}

TEST_F(PublishedBuild, HasItsPackage) {
    const PkgInfo& pkg = build.info.pkg.value();
    for (const auto& field : {pkg.bundleDisplayName, pkg.bundleIdentifier, pkg.bundleShortVersionString,
                              pkg.bundleVersion, pkg.bundleName}) {
        EXPECT_EQ(field, "string");
    }
}

TEST_F(PublishedBuild, HasItsDeployer) {
    EXPECT_EQ(build.deployer.value().name, "string");
    const DeployerInfo& info = build.deployer->info.value();
    for (const auto& field : {info.commitMessage, info.commit, info.branch, info.triggerTimestamp, info.buildUrl,
                              info.ciUrl, info.repositoryUrl, info.buildNumber, info.tag}) {
        EXPECT_EQ(field, "string");
    }
}

TEST_F(PublishedBuild, HasItsUploaderAndStorage) {
    EXPECT_EQ(build.uploadedBy.value().id, "string");
    EXPECT_TRUE(build.uploadedBy->email && build.uploadedBy->firstName && build.uploadedBy->lastName &&
                build.uploadedBy->picture);
    EXPECT_EQ(build.storageProvider.value().id, "string");
    EXPECT_EQ(build.storageProvider->name, "string");
    EXPECT_EQ(build.storageProvider->region, "string");
}

}  // namespace
}  // namespace applivery::detail
