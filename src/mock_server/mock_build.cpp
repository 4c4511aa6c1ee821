#include "mock_server/mock_build.hpp"

#include "mock_server/json_object.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <ctime>
#include <stdexcept>

namespace applivery::mock {
namespace {

using Json = nlohmann::ordered_json;

std::string textOf(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

MockBuild fromObject(const Json& object, std::string json) {
    return {textOf(object, "id"), textOf(object, "status"), textOf(object, "os"), textOf(object, "versionName"),
            std::move(json)};
}

void writeUnlessEmpty(JsonObject& object, std::string_view name, const std::string& value) {
    if (!value.empty()) object.text(name, value);
}

void writeAndroid(JsonObject& android, const BuildSpec& spec) {
    android.text("targetSdkVersion", "34");
    android.text("minSDKVersion", "26");
    android.text("packageName", spec.bundleId);
    android.text("platformBuildVersionName", "14");
    android.text("platformBuildVersionCode", "34");
    android.text("versionName", spec.versionName);
    android.text("versionCode", spec.versionCode);
    android.text("icon", "https://storage.example.com/icons/" + spec.id + "/ic_launcher.png");
}

void writeBundleNames(JsonObject& bundle, const BuildSpec& spec) {
    bundle.text("CFBundleDisplayName", spec.appName);
    bundle.text("CFBundleIdentifier", spec.bundleId);
    bundle.text("CFBundleShortVersionString", spec.versionName);
    bundle.text("CFBundleVersion", spec.versionCode);
    bundle.text("CFBundleName", spec.appName);
}

void writeIos(JsonObject& ios, const BuildSpec& spec) {
    ios.object("plist", [&spec](JsonObject& plist) {
        writeBundleNames(plist, spec);
        plist.texts("CFBundleSupportedPlatforms", {"iPhoneOS"});
        plist.text("MinimumOSVersion", "15.0");
        plist.texts("CFBundleIcons", {"AppIcon60x60", "AppIcon76x76"});
        plist.texts("UIDeviceFamily", {"1", "2"});
    });
    ios.object("mobileprovision", [&spec](JsonObject& profile) {
        profile.text("ExpirationDate", isoTime(spec.createdAt + std::chrono::hours{24 * 365}));
        profile.text("TeamIdentifier", "9QX2ZK7L4M");
        profile.boolean("ProvisionsAllDevices", false);
        profile.text("TeamName", "Example Cartography Ltd");
        profile.texts("ProvisionedDevices", {"00008030-001C2D3E4F500A2E", "00008110-000A1B2C3D4E501E"});
        profile.text("signingType", "ad-hoc");
    });
}

void writeInfo(JsonObject& info, const BuildSpec& spec) {
    info.text("icon", "https://storage.example.com/icons/" + spec.id + "/icon.png");
    const bool isMobile = spec.os == "android" || spec.os == "ios";
    const bool isConsole = spec.os.empty();
    if (spec.os == "android") info.object("android", [&spec](JsonObject& android) { writeAndroid(android, spec); });
    if (spec.os == "ios") info.object("ios", [&spec](JsonObject& ios) { writeIos(ios, spec); });
    if ((!isMobile && !isConsole) || spec.hasPackage)
        info.object("pkg", [&spec](JsonObject& pkg) { writeBundleNames(pkg, spec); });
}

void writeDeployer(JsonObject& deployer, const BuildSpec& spec) {
    using std::chrono::duration_cast;
    using std::chrono::seconds;
    deployer.text("name", "bitrise");
    deployer.object("info", [&spec](JsonObject& info) {
        const std::string job = "https://ci.example.com/meridian/builds/" + spec.buildNumber;
        writeUnlessEmpty(info, "commitMessage", spec.commitMessage);
        writeUnlessEmpty(info, "commit", spec.commit);
        writeUnlessEmpty(info, "branch", spec.branch);
        info.text("triggerTimestamp",
                  std::to_string(duration_cast<seconds>(spec.createdAt.time_since_epoch()).count()));
        info.text("buildUrl", job);
        info.text("ciUrl", "https://ci.example.com/meridian");
        info.text("repositoryUrl", "https://git.example.com/cartography/meridian.git");
        writeUnlessEmpty(info, "buildNumber", spec.buildNumber);
        writeUnlessEmpty(info, "tag", spec.tag);
    });
}

const char* extensionOf(const BuildSpec& spec) {
    if (spec.os == "ios") return "ipa";
    if (spec.os == "android") return "apk";
    return spec.os.empty() ? "nsp" : "pkg";
}

void writeOrigin(JsonObject& build, const BuildSpec& spec) {
    build.object("deployer", [&spec](JsonObject& deployer) { writeDeployer(deployer, spec); });
    build.object("uploadedBy", [](JsonObject& person) {
        person.text("id", "5e9f8a7b6c5d4e3f2a1b0c9d");
        person.text("email", "ada.keller@example.com");
        person.text("firstName", "Ada");
        person.text("lastName", "Keller");
        person.text("picture", "https://storage.example.com/people/ada-keller.png");
    });
    build.text("originalExtension", extensionOf(spec));
    build.object("storageProvider", [](JsonObject& storage) {
        storage.text("id", "5c0d1e2f3a4b5c6d7e8f9a0b");
        storage.text("name", "Google Cloud Storage");
        storage.text("region", "europe-west1");
    });
    build.boolean("hasEmmJson", spec.os == "android");
}

void writeApplication(JsonObject& build, const BuildSpec& spec) {
    build.text("application", spec.applicationId);
    build.object("applicationInfo", [&spec](JsonObject& app) {
        app.text("id", spec.applicationId);
        app.text("name", spec.appName);
        app.text("slug", spec.appSlug);
        app.text("picture", "https://storage.example.com/apps/" + spec.appSlug + ".png");
    });
}

std::string tagsJson(const std::vector<std::string>& tags) {
    std::string json = "[";
    for (const std::string& tag : tags) {
        if (json.size() > 1) json += ',';
        appendQuoted(json, tag);
    }
    return json += ']';
}

bool hasInfo(const BuildSpec& spec) {
    return spec.status != "pending" && spec.status != "in_progress" && spec.status != "error";
}

// Writes the durations that a build of this status has. @return the sum of these durations.
std::chrono::seconds writeTimes(JsonObject& build, const BuildSpec& spec) {
    if (spec.status == "pending") return std::chrono::seconds{0};
    const bool isInProgress = spec.status == "in_progress";
    if (!isInProgress) build.number("processTime", spec.processTime);
    build.number("queuedTime", spec.queuedTime);
    return std::chrono::seconds{spec.queuedTime + (isInProgress ? 0 : spec.processTime)};
}

void writeBuild(JsonObject& build, const BuildSpec& spec) {
    build.text("id", spec.id);
    build.text("status", spec.status);
    build.json("tags", tagsJson(spec.tags));
    build.text("versionName", spec.versionName);
    writeApplication(build, spec);
    build.text("changelog", spec.changelog);
    if (hasInfo(spec)) build.json("info", makeInfo(spec));
    build.number("size", spec.size);
    const std::chrono::seconds timeUntilUpdate = writeTimes(build, spec);
    build.text("versionCode", spec.versionCode);
    writeUnlessEmpty(build, "error", spec.error);
    writeUnlessEmpty(build, "errorCode", spec.errorCode);
    writeUnlessEmpty(build, "os", spec.os);
    writeOrigin(build, spec);
    build.text("updatedAt", isoTime(spec.createdAt + timeUntilUpdate));
    build.text("createdAt", isoTime(spec.createdAt));
    if (spec.disabled) build.boolean("disabled", *spec.disabled);
    writeUnlessEmpty(build, "buildPlatform", spec.buildPlatform);
}

}  // namespace

std::string isoTime(Time time) {
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    const auto sinceEpoch = duration_cast<milliseconds>(time.time_since_epoch()).count();
    const auto seconds = static_cast<std::time_t>(sinceEpoch / 1000);
    std::tm utc{};
    if (sinceEpoch < 0 || ::gmtime_r(&seconds, &utc) == nullptr)
        throw std::invalid_argument("formatting a time failed: the time is before 1970");
    std::array<char, 32> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &utc);
    const std::string oneAndFraction = std::to_string(1000 + sinceEpoch % 1000);  // with leading zeros
    return std::string(text.data(), length) + '.' + oneAndFraction.substr(1) + 'Z';
}

std::optional<Time> parseIsoTime(const std::string& text) {
    std::tm utc{};
    const char* const rest = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &utc);
    constexpr int lastYear = 2261;  // a time_point in nanoseconds ends in 2262
    if (rest == nullptr || utc.tm_year < 70 || utc.tm_year > lastYear - 1900) return std::nullopt;
    const Time seconds = std::chrono::system_clock::from_time_t(::timegm(&utc));
    unsigned milliseconds = 0;  // unsigned, so that from_chars() accepts no sign
    const bool hasFraction = *rest == '.';
    if (hasFraction) std::from_chars(rest + 1, text.data() + text.size(), milliseconds);
    const Time time = seconds + std::chrono::milliseconds{milliseconds};
    // Formatting again detects a day that the month does not have, and text after the time.
    constexpr std::size_t secondsEnd = sizeof "2024-11-11T11:27:35" - 1;
    const std::string formatted = isoTime(time);
    const bool isSame = hasFraction ? text == formatted : text == formatted.substr(0, secondsEnd) + 'Z';
    return isSame ? std::optional(time) : std::nullopt;
}

MockBuild buildFromJson(std::string json) {
    const Json object = Json::parse(json);
    if (!object.is_object()) throw std::invalid_argument("a build must be a JSON object");
    return fromObject(object, std::move(json));
}

MockBuild withStatus(const MockBuild& build, const std::string& status) {
    Json object = Json::parse(build.json);
    object["status"] = status;
    return fromObject(object, object.dump());
}

std::string makeInfo(const BuildSpec& spec) {
    std::string json;
    {
        JsonObject info(json);  // the destructor writes the closing brace
        writeInfo(info, spec);
    }
    return json;
}

MockBuild makeBuild(const BuildSpec& spec) {
    MockBuild build{spec.id, spec.status, spec.os, spec.versionName, {}};
    constexpr std::size_t usualSize = 2560;  // bytes
    build.json.reserve(usualSize);
    {
        JsonObject object(build.json);  // the destructor writes the closing brace
        writeBuild(object, spec);
    }
    return build;
}

}  // namespace applivery::mock
