/// @file
/// One build as the mock serves it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::mock {

using Time = std::chrono::system_clock::time_point;

/// When the newest of the mock's builds was made, unless a test says otherwise: 2024-11-11T11:27:35.446Z.
inline constexpr Time newestTime{
    std::chrono::duration_cast<Time::duration>(std::chrono::milliseconds{1'731'324'455'446})};

/// `2024-11-11T11:27:35.446Z`.
[[nodiscard]] std::string isoTime(Time time);

/// A build's JSON, and what requests filter by.
struct MockBuild {
    std::string id{};
    std::string status{};
    std::string os{};
    std::string versionName{};
    std::string json{};
};

/// Takes any JSON object for a build, also one that the service would not send today.
///
/// @throws std::exception where the text is no JSON object.
[[nodiscard]] MockBuild buildFromJson(std::string json);

/// The same build with this status, and with everything else as it was, order included.
[[nodiscard]] MockBuild withStatus(const MockBuild& build, const std::string& status);

/// The same build as one that failed.
[[nodiscard]] MockBuild withFailure(const MockBuild& build, const std::string& error, const std::string& errorCode);

/// What differs from build to build; makeBuild() fills the rest of the schema to match. Empty texts of the last group
/// are left out of the JSON.
struct BuildSpec {
    std::string id = "6731e9e7a1b2c3d4e5f60718";
    std::string status = "processed";
    std::string os = "ios";   ///< `ios` and `android` get their part of `info`; every other one gets `info.pkg`. Empty
                              ///< for a console build, which has neither.
    bool hasPackage = false;  ///< `info.pkg` for `ios` and `android` too.
    std::string versionName = "1.0.0";
    std::string versionCode = "1";
    Time createdAt = newestTime;

    std::string applicationId = "5f1a2b3c4d5e6f7081920a1b";
    std::string appName = "Meridian";
    std::string appSlug = "meridian";
    std::string bundleId = "com.example.meridian";
    std::string changelog = "Faster start, fewer surprises.";
    std::vector<std::string> tags{};
    std::int64_t size = 48'213'877;
    int processTime = 37;
    int queuedTime = 2;

    std::string error{};
    std::string errorCode{};
    std::string branch = "main";
    std::string commit = "9f2c1d7e5b3a4860c1d2e3f405162738495a6b7c";
    std::string commitMessage = "Merge the new start screen";
    std::string tag{};
    std::string buildNumber = "412";
    std::string buildPlatform{};
    std::optional<bool> disabled{};
};

/// A build with all fields of the schema that apply to it, about 2 kB.
[[nodiscard]] MockBuild makeBuild(const BuildSpec& spec);

}  // namespace applivery::mock
