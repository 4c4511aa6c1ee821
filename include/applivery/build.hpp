/// @file
/// Defines Build and its parts, which have the fields of the service's schema.
///
/// Each member has the name of its field, unless the comment gives another name. The service guarantees no field. A
/// field that is absent or null is std::nullopt; an absent list is empty.
///
/// All types are plain values without invariants. Large optional parts are BoxedOptional, which behaves like
/// std::optional and keeps a Build small.
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

/// Holds text of the service: any Unicode, control characters included. Display it with printable().
using OptionalText = std::optional<std::string>;
/// Holds a time in UTC. The service sends milliseconds.
///
/// A text that is not a date is read as absent. So is a date that std::chrono::system_clock cannot represent: with
/// libstdc++, a date before 1677-09-21 or after 2262-04-11.
using OptionalTime = std::optional<std::chrono::system_clock::time_point>;

/// Describes the app of a build (`applicationInfo`).
struct ApplicationInfo {
    OptionalText id{};       ///< Same as Build::application.
    OptionalText name{};     ///< Display name.
    OptionalText slug{};     ///< Short name in URLs.
    OptionalText picture{};  ///< URL.
};

/// Holds the data that the service read from an APK or AAB (`info.android`).
struct AndroidInfo {
    OptionalText targetSdkVersion{};          ///< API level, such as `34`.
    OptionalText minSdkVersion{};             ///< `minSDKVersion`
    OptionalText packageName{};               ///< Such as `com.example.app`.
    OptionalText platformBuildVersionName{};  ///< Android version that the app was compiled against.
    OptionalText platformBuildVersionCode{};  ///< API level that the app was compiled against.
    OptionalText versionName{};               ///< `android:versionName` of the manifest.
    OptionalText versionCode{};               ///< `android:versionCode` of the manifest.
    OptionalText icon{};                      ///< Icon of the app.
};

/// Holds the app's `Info.plist` (`info.ios.plist`).
struct IosPlist {
    OptionalText bundleDisplayName{};                     ///< `CFBundleDisplayName`
    std::vector<std::string> bundleSupportedPlatforms{};  ///< `CFBundleSupportedPlatforms`
    OptionalText minimumOsVersion{};                      ///< `MinimumOSVersion`
    OptionalText bundleIdentifier{};                      ///< `CFBundleIdentifier`
    OptionalText bundleShortVersionString{};              ///< `CFBundleShortVersionString`
    OptionalText bundleVersion{};                         ///< `CFBundleVersion`
    OptionalText bundleName{};                            ///< `CFBundleName`
    std::vector<std::string> bundleIcons{};               ///< `CFBundleIcons`: all strings, at any depth.
    std::vector<std::string> deviceFamily{};              ///< `UIDeviceFamily`; a number is read as text.
};

/// Holds the provisioning profile (`info.ios.mobileprovision`).
struct MobileProvision {
    OptionalTime expirationDate{};                  ///< `ExpirationDate`
    OptionalText teamIdentifier{};                  ///< `TeamIdentifier`
    std::optional<bool> provisionsAllDevices{};     ///< `ProvisionsAllDevices`
    OptionalText teamName{};                        ///< `TeamName`
    std::vector<std::string> provisionedDevices{};  ///< `ProvisionedDevices`; a single string is read as a list.
    OpenEnum<SigningType> signingType{};            ///< Way in which the app is signed.
};

/// Holds the data that the service read from an IPA (`info.ios`).
struct IosInfo {
    std::optional<IosPlist> plist{};                   ///< `plist`
    std::optional<MobileProvision> mobileProvision{};  ///< `mobileprovision`
};

/// Holds the data that the service read from a macOS package (`info.pkg`).
struct PkgInfo {
    OptionalText bundleDisplayName{};         ///< `CFBundleDisplayName`
    OptionalText bundleIdentifier{};          ///< `CFBundleIdentifier`
    OptionalText bundleShortVersionString{};  ///< `CFBundleShortVersionString`
    OptionalText bundleVersion{};             ///< `CFBundleVersion`
    OptionalText bundleName{};                ///< `CFBundleName`
};

/// Holds the data that the service read from the uploaded file (`info`).
struct BuildInfo {
    OptionalText icon{};                   ///< Icon of the app.
    BoxedOptional<AndroidInfo> android{};  ///< Data of an APK or AAB.
    BoxedOptional<IosInfo> ios{};          ///< Data of an IPA.
    BoxedOptional<PkgInfo> pkg{};          ///< Data of a macOS package.
};

/// Describes the CI job that uploaded a build (`deployer.info`).
///
/// The texts come from the uploader, and may be empty or end in a newline. The library also reads older responses,
/// which have these fields in `deployer`, some under other names such as `git_branch`.
struct DeployerInfo {
    OptionalText commitMessage{};     ///< Commit message; may have several lines.
    OptionalText commit{};            ///< Commit hash, as the uploader wrote it.
    OptionalText branch{};            ///< Branch of the repository.
    OptionalText triggerTimestamp{};  ///< Time in epoch seconds, epoch milliseconds or ISO 8601, as uploaded.
    OptionalText buildUrl{};          ///< URL of the CI job.
    OptionalText ciUrl{};             ///< URL of the CI system.
    OptionalText repositoryUrl{};     ///< URL of the source code.
    OptionalText buildNumber{};       ///< Build number of the CI system.
    OptionalText tag{};               ///< Tag of the repository.
};

/// Describes the tool that uploaded a build (`deployer`).
struct Deployer {
    OptionalText name{};                 ///< Such as `fastlane`.
    std::optional<DeployerInfo> info{};  ///< Absent if the tool sent no data.
};

/// Describes the person or token that uploaded a build (`uploadedBy`). If the service sends only an id instead of an
/// object, only `id` is set.
struct Uploader {
    OptionalText id{};         ///< Id of the person or token.
    OptionalText email{};      ///< Personal data: store it with care.
    OptionalText firstName{};  ///< Personal data.
    OptionalText lastName{};   ///< Personal data.
    OptionalText picture{};    ///< URL.
};

/// Describes the storage of the uploaded file (`storageProvider`).
struct StorageProvider {
    OptionalText id{};      ///< Opaque.
    OptionalText name{};    ///< Display name.
    OptionalText region{};  ///< Such as `eu-west-1`.
};

/// Represents a build: an uploaded app file and the state of its processing.
///
/// @code
/// if (build.status == applivery::BuildStatus::error) {
///     std::cout << build.id << ": " << applivery::printable(build.error.value_or("no reason")) << '\n';
/// }
/// if (build.info.android) std::cout << applivery::printable(build.info.android->packageName.value_or("-")) << '\n';
/// @endcode
struct Build {
    std::string id{};                      ///< Opaque; empty only if the service sent none.
    OpenEnum<BuildStatus> status{};        ///< State of the processing.
    std::vector<std::string> tags{};       ///< Set by the uploader, or later in the service.
    OptionalText versionName{};            ///< Set by the uploader; not unique.
    OptionalText application{};            ///< Id of the app.
    ApplicationInfo applicationInfo{};     ///< Members are absent if the service sends none.
    OptionalText changelog{};              ///< Notes of the uploader; may have several lines.
    BuildInfo info{};                      ///< Data of the file; set by the processing.
    std::optional<std::int64_t> size{};    ///< Bytes.
    std::optional<double> processTime{};   ///< Duration of the processing. The service documents no unit.
    std::optional<double> queuedTime{};    ///< Time in the service's queue. The service documents no unit.
    OptionalText versionCode{};            ///< Such as an Android `versionCode` or a bundle version; a number as text.
    OptionalText error{};                  ///< Reason for the failure of the processing, for people.
    OptionalText errorCode{};              ///< Opaque. See the service's page "Build Processing Codes".
    OpenEnum<Os> os{};                     ///< Operating system. A console build has a `buildPlatform` instead.
    BoxedOptional<Deployer> deployer{};    ///< Absent for a manual upload.
    BoxedOptional<Uploader> uploadedBy{};  ///< Absent if the service does not send it.
    OptionalText originalExtension{};      ///< Extension of the uploaded file, such as `ipa`.
    BoxedOptional<StorageProvider> storageProvider{};  ///< Absent if the service does not send it.
    std::optional<bool> hasEmmJson{};                  ///< Whether a file of managed configuration was uploaded.
    OptionalTime updatedAt{};                          ///< Time of the last change, also of the status.
    OptionalTime createdAt{};                          ///< Time of the upload.
    std::optional<bool> disabled{};                    ///< Whether the build was disabled in the service.
    /// Platform, such as `ios`, `macos`, `android`, `ps4`, `ps5`, `switch`, `xbox-one` or `xbox-series`.
    OptionalText buildPlatform{};
    /// JSON object with the fields of the build for which this struct has no member.
    ///
    /// The object is on one line, in the order of the service. The text is empty if there are no such fields. Unknown
    /// fields inside `info`, `deployer` and the other parts are not kept. Set by requests with
    /// ClientOptions::keepUnknownFields, and by buildFromJson() and pageFromJson(). toJson() writes these fields
    /// after the known ones, and omits a text that is not a JSON object.
    std::string unknownFields{};
};

/// @{
/// Returns whether all members are equal.
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

/// Returns whether any member of two builds, or of two parts of the same type, differs.
template <typename T, typename = std::enable_if_t<detail::isPartOfBuild<T>>>
[[nodiscard]] bool operator!=(const T& a, const T& b) {
    return !(a == b);
}

/// Prints one line that identifies the build: id, version name, version code, status, and operating system. If the
/// operating system is absent, prints the platform.
APPLIVERY_API std::ostream& operator<<(std::ostream& out, const Build& build);

}  // namespace applivery
