/// @file
/// A build of the mock server.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::mock {

using Time = std::chrono::system_clock::time_point;

/// Returns the current time of a server.
using TimeSource = std::function<Time()>;

/// The default time of the newest build: 2024-11-11T11:27:35.446Z.
inline constexpr Time newestTime{
    std::chrono::duration_cast<Time::duration>(std::chrono::milliseconds{1'731'324'455'446})};

/// Formats a time as `2024-11-11T11:27:35.446Z`.
[[nodiscard]] std::string isoTime(Time time);

/// Parses a time in UTC such as `2024-11-11T11:27:35Z` or `2024-11-11T11:27:35.446Z`.
[[nodiscard]] std::optional<Time> parseIsoTime(const std::string& text);

/// The JSON of a build and the fields by which requests filter.
struct MockBuild {
    std::string id{};
    std::string status{};
    std::string os{};
    std::string versionName{};
    std::string json{};
};

/// Accepts any JSON object as a build, even an object that the service would not send.
///
/// @throws std::exception if the text is not a JSON object.
[[nodiscard]] MockBuild buildFromJson(std::string json);

/// Returns the build with this status. All other members and their order stay unchanged.
[[nodiscard]] MockBuild withStatus(const MockBuild& build, const std::string& status);

/// The fields that differ from build to build. makeBuild() adds the other fields of the schema. The JSON omits `os` and
/// each text of the last group if the text is empty.
struct BuildSpec {
    std::string id = "6731e9e7a1b2c3d4e5f60718";
    std::string status = "processed";
    std::string os = "ios";   ///< `ios` and `android` have their own part of `info`. All other systems have `info.pkg`.
                              ///< A console build has an empty `os`, and no such part.
    bool hasPackage = false;  ///< Adds `info.pkg` for `ios` and `android`.
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

/// Creates a build of about 2 kB with all fields of the schema that apply to its status:
///
/// - A pending build has no `info`, no `queuedTime` and no `processTime`.
/// - A build in progress has no `info` and no `processTime`.
/// - A failed build has no `info`.
///
/// `updatedAt` is the time of the last change of the status.
[[nodiscard]] MockBuild makeBuild(const BuildSpec& spec);

/// Creates the value of `info` of a processed build.
[[nodiscard]] std::string makeInfo(const BuildSpec& spec);

}  // namespace applivery::mock
