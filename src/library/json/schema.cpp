/// @file
/// Defines the schema of a build: a row for each field, in the order in which the service sends them. To read another
/// field, add a member to build.hpp and a row here.
#include "json/schema.hpp"

#include "json/rows.hpp"

#include <applivery/build.hpp>

namespace applivery::detail {

// Declared before the tables, because a table refers to the tables of its nested structs.
template <>
Fields fieldsOf<ApplicationInfo>();
template <>
Fields fieldsOf<AndroidInfo>();
template <>
Fields fieldsOf<IosPlist>();
template <>
Fields fieldsOf<MobileProvision>();
template <>
Fields fieldsOf<IosInfo>();
template <>
Fields fieldsOf<PkgInfo>();
template <>
Fields fieldsOf<BuildInfo>();
template <>
Fields fieldsOf<DeployerInfo>();
template <>
Fields fieldsOf<Deployer>();
template <>
Fields fieldsOf<Uploader>();
template <>
Fields fieldsOf<StorageProvider>();
template <>
Fields fieldsOf<ListData>();
template <>
Fields fieldsOf<ListDataToWrite>();
template <>
Fields fieldsOf<IgnoredObject>();

namespace {

constexpr Field applicationInfo[] = {
    field<&ApplicationInfo::id>("id"),
    field<&ApplicationInfo::name>("name"),
    field<&ApplicationInfo::slug>("slug"),
    field<&ApplicationInfo::picture>("picture"),
};

constexpr Field androidInfo[] = {
    field<&AndroidInfo::targetSdkVersion>("targetSdkVersion"),
    field<&AndroidInfo::minSdkVersion>("minSDKVersion"),
    field<&AndroidInfo::packageName>("packageName"),
    field<&AndroidInfo::platformBuildVersionName>("platformBuildVersionName"),
    field<&AndroidInfo::platformBuildVersionCode>("platformBuildVersionCode"),
    field<&AndroidInfo::versionName>("versionName"),
    field<&AndroidInfo::versionCode>("versionCode"),
    field<&AndroidInfo::icon>("icon"),
};

constexpr Field iosPlist[] = {
    field<&IosPlist::bundleDisplayName>("CFBundleDisplayName"),
    field<&IosPlist::bundleSupportedPlatforms>("CFBundleSupportedPlatforms"),
    field<&IosPlist::minimumOsVersion>("MinimumOSVersion"),
    field<&IosPlist::bundleIdentifier>("CFBundleIdentifier"),
    field<&IosPlist::bundleShortVersionString>("CFBundleShortVersionString"),
    field<&IosPlist::bundleVersion>("CFBundleVersion"),
    field<&IosPlist::bundleName>("CFBundleName"),
    flattening(field<&IosPlist::bundleIcons>("CFBundleIcons")),
    field<&IosPlist::deviceFamily>("UIDeviceFamily"),
};

constexpr Field mobileProvision[] = {
    field<&MobileProvision::expirationDate>("ExpirationDate"),
    field<&MobileProvision::teamIdentifier>("TeamIdentifier"),
    field<&MobileProvision::provisionsAllDevices>("ProvisionsAllDevices"),
    field<&MobileProvision::teamName>("TeamName"),
    field<&MobileProvision::provisionedDevices>("ProvisionedDevices"),
    field<&MobileProvision::signingType>("signingType"),
};

constexpr Field iosInfo[] = {
    field<&IosInfo::plist>("plist"),
    field<&IosInfo::mobileProvision>("mobileprovision"),
};

constexpr Field pkgInfo[] = {
    field<&PkgInfo::bundleDisplayName>("CFBundleDisplayName"),
    field<&PkgInfo::bundleIdentifier>("CFBundleIdentifier"),
    field<&PkgInfo::bundleShortVersionString>("CFBundleShortVersionString"),
    field<&PkgInfo::bundleVersion>("CFBundleVersion"),
    field<&PkgInfo::bundleName>("CFBundleName"),
};

constexpr Field buildInfo[] = {
    field<&BuildInfo::icon>("icon"),
    field<&BuildInfo::android>("android"),
    field<&BuildInfo::ios>("ios"),
    field<&BuildInfo::pkg>("pkg"),
};

constexpr Field deployerInfo[] = {
    field<&DeployerInfo::commitMessage>("commitMessage"),
    field<&DeployerInfo::commit>("commit"),
    field<&DeployerInfo::branch>("branch"),
    field<&DeployerInfo::triggerTimestamp>("triggerTimestamp"),
    field<&DeployerInfo::buildUrl>("buildUrl"),
    field<&DeployerInfo::ciUrl>("ciUrl"),
    field<&DeployerInfo::repositoryUrl>("repositoryUrl"),
    field<&DeployerInfo::buildNumber>("buildNumber"),
    field<&DeployerInfo::tag>("tag"),
    alias<&DeployerInfo::branch>("git_branch"),  // older name
};

// The rows after `info` are for older responses, in which `deployer` itself has the fields of `info`.
constexpr Field deployer[] = {
    field<&Deployer::name>("name"),
    field<&Deployer::info>("info"),
    alias<&Deployer::info, &DeployerInfo::commitMessage>("commitMessage"),
    alias<&Deployer::info, &DeployerInfo::commit>("commit"),
    alias<&Deployer::info, &DeployerInfo::branch>("branch"),
    alias<&Deployer::info, &DeployerInfo::branch>("git_branch"),
    alias<&Deployer::info, &DeployerInfo::triggerTimestamp>("triggerTimestamp"),
    alias<&Deployer::info, &DeployerInfo::triggerTimestamp>("build_trigger_timestamp"),
    alias<&Deployer::info, &DeployerInfo::buildUrl>("buildUrl"),
    alias<&Deployer::info, &DeployerInfo::buildUrl>("build_url"),
    alias<&Deployer::info, &DeployerInfo::ciUrl>("ciUrl"),
    alias<&Deployer::info, &DeployerInfo::ciUrl>("app_url"),
    alias<&Deployer::info, &DeployerInfo::repositoryUrl>("repositoryUrl"),
    alias<&Deployer::info, &DeployerInfo::repositoryUrl>("git_repository_url"),
    alias<&Deployer::info, &DeployerInfo::buildNumber>("buildNumber"),
    alias<&Deployer::info, &DeployerInfo::buildNumber>("build_number"),
    alias<&Deployer::info, &DeployerInfo::tag>("tag"),
};

constexpr Field uploader[] = {
    field<&Uploader::id>("id"),
    field<&Uploader::email>("email"),
    field<&Uploader::firstName>("firstName"),
    field<&Uploader::lastName>("lastName"),
    field<&Uploader::picture>("picture"),
};

constexpr Field storageProvider[] = {
    field<&StorageProvider::id>("id"),
    field<&StorageProvider::name>("name"),
    field<&StorageProvider::region>("region"),
};

constexpr Field build[] = {
    field<&Build::id>("id"),
    field<&Build::status>("status"),
    field<&Build::tags>("tags"),
    field<&Build::versionName>("versionName"),
    field<&Build::application>("application"),
    field<&Build::applicationInfo>("applicationInfo"),
    field<&Build::changelog>("changelog"),
    field<&Build::info>("info"),
    field<&Build::size>("size"),
    field<&Build::processTime>("processTime"),
    field<&Build::queuedTime>("queuedTime"),
    field<&Build::versionCode>("versionCode"),
    field<&Build::error>("error"),
    field<&Build::errorCode>("errorCode"),
    field<&Build::os>("os"),
    field<&Build::deployer>("deployer"),
    field<&Build::uploadedBy>("uploadedBy"),
    field<&Build::originalExtension>("originalExtension"),
    field<&Build::storageProvider>("storageProvider"),
    field<&Build::hasEmmJson>("hasEmmJson"),
    field<&Build::updatedAt>("updatedAt"),
    field<&Build::createdAt>("createdAt"),
    field<&Build::disabled>("disabled"),
    field<&Build::buildPlatform>("buildPlatform"),
    forUnknownFields(field<&Build::unknownFields>("unknownFields")),
};

// Only the items are required for an iteration, so all other fields are lenient.
template <typename T>
constexpr Field listData[] = {
    field<&T::items>("items"),          lenient(field<&T::totalDocs>("totalDocs")),
    lenient(field<&T::limit>("limit")), lenient(field<&T::hasNextPage>("hasNextPage")),
    lenient(field<&T::page>("page")),   lenient(field<&T::totalPages>("totalPages")),
};

template <typename T>
constexpr Field envelope[] = {
    lenient(field<&T::status>("status")),  // a value of a wrong type reads as not true
    field<&T::data>("data"),
    lenient(field<&T::error>("error")),
};

}  // namespace

template <>
Fields fieldsOf<ApplicationInfo>() {
    return rows(applicationInfo);
}
template <>
Fields fieldsOf<AndroidInfo>() {
    return rows(androidInfo);
}
template <>
Fields fieldsOf<IosPlist>() {
    return rows(iosPlist);
}
template <>
Fields fieldsOf<MobileProvision>() {
    return rows(mobileProvision);
}
template <>
Fields fieldsOf<IosInfo>() {
    return rows(iosInfo);
}
template <>
Fields fieldsOf<PkgInfo>() {
    return rows(pkgInfo);
}
template <>
Fields fieldsOf<BuildInfo>() {
    return rows(buildInfo);
}
template <>
Fields fieldsOf<DeployerInfo>() {
    return rows(deployerInfo);
}
template <>
Fields fieldsOf<Deployer>() {
    return rows(deployer);
}
template <>
Fields fieldsOf<Uploader>() {
    return rows(uploader);
}
template <>
Fields fieldsOf<StorageProvider>() {
    return rows(storageProvider);
}

template <>
Fields fieldsOf<Build>() {
    return rows(build);
}
template <>
Fields fieldsOf<ListData>() {
    return rows(listData<ListData>);
}
template <>
Fields fieldsOf<ListDataToWrite>() {
    return rows(listData<ListDataToWrite>);
}
template <>
Fields fieldsOf<IgnoredObject>() {
    return {};
}
template <>
Fields fieldsOf<Envelope>() {
    return rows(envelope<Envelope>);
}
template <>
Fields fieldsOf<EnvelopeToWrite>() {
    return rows(envelope<EnvelopeToWrite>);
}

}  // namespace applivery::detail
