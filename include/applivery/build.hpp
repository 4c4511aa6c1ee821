/// @file
/// A build, as the service describes it. The service guarantees no field: a field that is absent or null is
/// `std::nullopt`, and an absent list is empty. Each member has the name of its service field, unless the comment gives
/// another name.
///
/// All of these are plain values without invariants. Large parts that may be absent are BoxedOptional, which behaves
/// like std::optional and keeps a Build small.
#pragma once

#include <applivery/boxed_optional.hpp>
#include <applivery/export.hpp>
#include <applivery/open_enum.hpp>

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace applivery {

/// Text of the service; may hold any Unicode, control characters included. Show it by printable().
using OptionalText = std::optional<std::string>;
/// A time in UTC; the service sends milliseconds. Text that is not a date reads as absent. So does a date that
/// `std::chrono::system_clock` cannot represent; with libstdc++ those are the dates before 1677-09-21 and after
/// 2262-04-11.
using OptionalTime = std::optional<std::chrono::system_clock::time_point>;

/// The app that a build belongs to (`applicationInfo`).
struct ApplicationInfo {
    OptionalText id{};       ///< As Build::application.
    OptionalText name{};     ///< As people see it.
    OptionalText slug{};     ///< Its short name in URLs.
    OptionalText picture{};  ///< URL.
};

/// What the service read from an APK or AAB (`info.android`).
struct AndroidInfo {
    OptionalText targetSdkVersion{};          ///< API level, such as `34`.
    OptionalText minSdkVersion{};             ///< `minSDKVersion`
    OptionalText packageName{};               ///< Such as `com.example.app`.
    OptionalText platformBuildVersionName{};  ///< The Android that it was compiled against.
    OptionalText platformBuildVersionCode{};  ///< The API level of that.
    OptionalText versionName{};               ///< `android:versionName` of the manifest.
    OptionalText versionCode{};               ///< `android:versionCode` of the manifest.
    OptionalText icon{};                      ///< The app's icon.
};

/// The app's `Info.plist` (`info.ios.plist`).
struct IosPlist {
    OptionalText bundleDisplayName{};                     ///< `CFBundleDisplayName`
    std::vector<std::string> bundleSupportedPlatforms{};  ///< `CFBundleSupportedPlatforms`
    OptionalText minimumOsVersion{};                      ///< `MinimumOSVersion`
    OptionalText bundleIdentifier{};                      ///< `CFBundleIdentifier`
    OptionalText bundleShortVersionString{};              ///< `CFBundleShortVersionString`
    OptionalText bundleVersion{};                         ///< `CFBundleVersion`
    OptionalText bundleName{};                            ///< `CFBundleName`
    std::vector<std::string> bundleIcons{};               ///< `CFBundleIcons`; of an object, the strings inside it.
    std::vector<std::string> deviceFamily{};              ///< `UIDeviceFamily`; numbers as their text.
};

/// The provisioning profile (`info.ios.mobileprovision`).
struct MobileProvision {
    OptionalTime expirationDate{};                  ///< `ExpirationDate`
    OptionalText teamIdentifier{};                  ///< `TeamIdentifier`
    std::optional<bool> provisionsAllDevices{};     ///< `ProvisionsAllDevices`
    OptionalText teamName{};                        ///< `TeamName`
    std::vector<std::string> provisionedDevices{};  ///< `ProvisionedDevices`; a single string is a list of one.
    OpenEnum<SigningType> signingType{};            ///< How the app is signed.
};

/// What the service read from an IPA (`info.ios`).
struct IosInfo {
    std::optional<IosPlist> plist{};                   ///< The app's `Info.plist`.
    std::optional<MobileProvision> mobileProvision{};  ///< `mobileprovision`
};

/// What the service read from a macOS package (`info.pkg`).
struct PkgInfo {
    OptionalText bundleDisplayName{};         ///< `CFBundleDisplayName`
    OptionalText bundleIdentifier{};          ///< `CFBundleIdentifier`
    OptionalText bundleShortVersionString{};  ///< `CFBundleShortVersionString`
    OptionalText bundleVersion{};             ///< `CFBundleVersion`
    OptionalText bundleName{};                ///< `CFBundleName`
};

/// What the service read from the uploaded file (`info`).
struct BuildInfo {
    OptionalText icon{};                   ///< The app's icon.
    BoxedOptional<AndroidInfo> android{};  ///< Of an APK or AAB.
    BoxedOptional<IosInfo> ios{};          ///< Of an IPA.
    BoxedOptional<PkgInfo> pkg{};          ///< Of a macOS package.
};

/// What the uploading CI job said of itself (`deployer.info`): free text, which may be empty or end in a newline.
/// Older answers hold these fields in `deployer` itself, in snake case; they are read too.
struct DeployerInfo {
    OptionalText commitMessage{};     ///< May have many lines.
    OptionalText commit{};            ///< Hash, as the uploader wrote it.
    OptionalText branch{};            ///< Of the repository.
    OptionalText triggerTimestamp{};  ///< Epoch seconds, epoch milliseconds or ISO 8601, as the uploader sent it.
    OptionalText buildUrl{};          ///< Of the CI job.
    OptionalText ciUrl{};             ///< Of the CI system.
    OptionalText repositoryUrl{};     ///< Where the source is.
    OptionalText buildNumber{};       ///< That of the CI system.
    OptionalText tag{};               ///< Of the repository.
};

/// The tool that uploaded a build (`deployer`).
struct Deployer {
    OptionalText name{};                 ///< Such as `fastlane`.
    std::optional<DeployerInfo> info{};  ///< Absent where it said nothing.
};

/// The person or token that uploaded a build (`uploadedBy`); where the service sends only an id, only the id is here.
struct Uploader {
    OptionalText id{};         ///< Of the person or token.
    OptionalText email{};      ///< Personal data: mind where it is kept.
    OptionalText firstName{};  ///< Personal data.
    OptionalText lastName{};   ///< Personal data.
    OptionalText picture{};    ///< URL.
};

/// Where the service keeps the file (`storageProvider`).
struct StorageProvider {
    OptionalText id{};      ///< Opaque.
    OptionalText name{};    ///< As people see it.
    OptionalText region{};  ///< Such as `eu-west-1`.
};

/// One build: an app file that was uploaded, and what became of it.
struct Build {
    std::string id{};                     ///< Opaque; empty only if the service sent none.
    OpenEnum<BuildStatus> status{};       ///< How far the service has come with it.
    std::vector<std::string> tags{};      ///< Given by the uploader or later by people.
    OptionalText versionName{};           ///< Chosen by the uploader; not unique.
    OptionalText application{};           ///< The app's id.
    ApplicationInfo applicationInfo{};    ///< Empty members where the service sent none.
    OptionalText changelog{};             ///< The uploader's notes; may have many lines.
    BuildInfo info{};                     ///< What was read from the file, once it is processed.
    std::optional<std::int64_t> size{};   ///< Bytes.
    std::optional<double> processTime{};  ///< The service documents no unit.
    std::optional<double> queuedTime{};   ///< The service documents no unit.
    OptionalText versionCode{};  ///< Such as an Android `versionCode` or a bundle version; a number as its text.
    OptionalText error{};        ///< Why processing failed, for people.
    OptionalText errorCode{};    ///< Opaque; the service explains it on its page "Build Processing Codes".
    OpenEnum<Os> os{};           ///< The operating system; a console build has a `buildPlatform` instead.
    BoxedOptional<Deployer> deployer{};                ///< Absent for a manual upload.
    BoxedOptional<Uploader> uploadedBy{};              ///< Absent if the service does not send it.
    OptionalText originalExtension{};                  ///< Of the uploaded file, such as `ipa`.
    BoxedOptional<StorageProvider> storageProvider{};  ///< Absent if the service does not send it.
    std::optional<bool> hasEmmJson{};                  ///< A file of managed configuration came along.
    OptionalTime updatedAt{};                          ///< Last change, also of its status.
    OptionalTime createdAt{};                          ///< Upload.
    std::optional<bool> disabled{};                    ///< Whether the build was disabled in the service.
    /// The platform, such as `ios`, `macos`, `android`, `ps4`, `ps5`, `switch`, `xbox-one` or `xbox-series`.
    OptionalText buildPlatform{};
    /// A JSON object with the fields of the build that this struct has no member for, on one line and in the order of
    /// the service. Empty if there are none. Only with ClientOptions::keepUnknownFields, and by buildFromJson() and
    /// pageFromJson(). Fields that are unknown inside `info`, `deployer` and the other parts are not kept. toJson()
    /// writes the fields beside the others. It omits a text that is not such an object.
    std::string unknownFields{};
};

/// @{
/// Equal where every field is. Times and texts count as they are, not as they are shown.
[[nodiscard]] APPLIVERY_API bool operator==(const ApplicationInfo& a, const ApplicationInfo& b);
[[nodiscard]] APPLIVERY_API bool operator==(const AndroidInfo& a, const AndroidInfo& b);
[[nodiscard]] APPLIVERY_API bool operator==(const IosPlist& a, const IosPlist& b);
[[nodiscard]] APPLIVERY_API bool operator==(const MobileProvision& a, const MobileProvision& b);
[[nodiscard]] APPLIVERY_API bool operator==(const IosInfo& a, const IosInfo& b);
[[nodiscard]] APPLIVERY_API bool operator==(const PkgInfo& a, const PkgInfo& b);
[[nodiscard]] APPLIVERY_API bool operator==(const BuildInfo& a, const BuildInfo& b);
[[nodiscard]] APPLIVERY_API bool operator==(const DeployerInfo& a, const DeployerInfo& b);
[[nodiscard]] APPLIVERY_API bool operator==(const Deployer& a, const Deployer& b);
[[nodiscard]] APPLIVERY_API bool operator==(const Uploader& a, const Uploader& b);
[[nodiscard]] APPLIVERY_API bool operator==(const StorageProvider& a, const StorageProvider& b);
[[nodiscard]] APPLIVERY_API bool operator==(const Build& a, const Build& b);
/// @}

namespace detail {
template <typename T, typename... Ts>
inline constexpr bool isOneOf = (std::is_same_v<T, Ts> || ...);
template <typename T>
inline constexpr bool isPartOfBuild =
    isOneOf<T, ApplicationInfo, AndroidInfo, IosPlist, MobileProvision, IosInfo, PkgInfo, BuildInfo, DeployerInfo,
            Deployer, Uploader, StorageProvider, Build>;
}  // namespace detail

/// Unequal where any field is: of Build and each of its parts.
template <typename T, typename = std::enable_if_t<detail::isPartOfBuild<T>>>
[[nodiscard]] bool operator!=(const T& a, const T& b) {
    return !(a == b);
}

/// Prints one line that identifies the build: id, version, code, status, and the system or else the platform.
APPLIVERY_API std::ostream& operator<<(std::ostream& out, const Build& build);

}  // namespace applivery
