#include "benchmarks/dom_decoder.hpp"

#include "json/nlohmann.hpp"
#include "json/time.hpp"

#include <string>

namespace applivery::benchmarks {
namespace {

using Json = nlohmann::json;

const Json* find(const Json& object, const char* name) {
    const auto member = object.find(name);
    return member == object.end() || member->is_null() ? nullptr : &*member;
}

template <typename T>
std::optional<T> get(const Json& object, const char* name) {
    const Json* const member = find(object, name);
    return member != nullptr ? std::optional<T>(member->get<T>()) : std::nullopt;
}

OptionalText text(const Json& object, const char* name) {
    const Json* const member = find(object, name);
    return member != nullptr ? OptionalText(member->get_ref<const std::string&>()) : std::nullopt;
}

std::vector<std::string> texts(const Json& object, const char* name) {
    const Json* const member = find(object, name);
    return member != nullptr ? member->get<std::vector<std::string>>() : std::vector<std::string>{};
}

OptionalTime time(const Json& object, const char* name) {
    const Json* const member = find(object, name);
    return member != nullptr ? detail::parseTime(member->get_ref<const std::string&>()) : std::nullopt;
}

template <typename Enum>
OpenEnum<Enum> enumeration(const Json& object, const char* name) {
    return OpenEnum<Enum>::fromText(text(object, name).value_or(""));
}

AndroidInfo android(const Json& json) {
    return {text(json, "targetSdkVersion"),
            text(json, "minSDKVersion"),
            text(json, "packageName"),
            text(json, "platformBuildVersionName"),
            text(json, "platformBuildVersionCode"),
            text(json, "versionName"),
            text(json, "versionCode"),
            text(json, "icon")};
}

IosInfo ios(const Json& json) {
    IosInfo info;
    if (const Json* const plist = find(json, "plist")) {
        info.plist = IosPlist{text(*plist, "CFBundleDisplayName"),
                              texts(*plist, "CFBundleSupportedPlatforms"),
                              text(*plist, "MinimumOSVersion"),
                              text(*plist, "CFBundleIdentifier"),
                              text(*plist, "CFBundleShortVersionString"),
                              text(*plist, "CFBundleVersion"),
                              text(*plist, "CFBundleName"),
                              texts(*plist, "CFBundleIcons"),
                              texts(*plist, "UIDeviceFamily")};
    }
    if (const Json* const provision = find(json, "mobileprovision")) {
        MobileProvision& out = info.mobileProvision.emplace();
        out.expirationDate = time(*provision, "ExpirationDate");
        out.teamIdentifier = text(*provision, "TeamIdentifier");
        out.provisionsAllDevices = get<bool>(*provision, "ProvisionsAllDevices");
        out.teamName = text(*provision, "TeamName");
        if (const Json* const devices = find(*provision, "ProvisionedDevices")) {
            if (devices->is_array()) {
                out.provisionedDevices = devices->get<std::vector<std::string>>();
            } else {
                out.provisionedDevices = {devices->get<std::string>()};
            }
        }
        out.signingType = enumeration<SigningType>(*provision, "signingType");
    }
    return info;
}

BuildInfo buildInfo(const Json& json) {
    BuildInfo info;
    info.icon = text(json, "icon");
    if (const Json* const part = find(json, "android")) info.android = android(*part);
    if (const Json* const part = find(json, "ios")) info.ios = ios(*part);
    if (const Json* const part = find(json, "pkg")) {
        info.pkg = PkgInfo{text(*part, "CFBundleDisplayName"), text(*part, "CFBundleIdentifier"),
                           text(*part, "CFBundleShortVersionString"), text(*part, "CFBundleVersion"),
                           text(*part, "CFBundleName")};
    }
    return info;
}

Deployer deployer(const Json& json) {
    Deployer out;
    out.name = text(json, "name");
    if (const Json* const info = find(json, "info")) {
        out.info = DeployerInfo{text(*info, "commitMessage"),    text(*info, "commit"),      text(*info, "branch"),
                                text(*info, "triggerTimestamp"), text(*info, "buildUrl"),    text(*info, "ciUrl"),
                                text(*info, "repositoryUrl"),    text(*info, "buildNumber"), text(*info, "tag")};
    }
    return out;
}

Build build(const Json& json) {
    Build out;
    out.id = json.value("id", "");
    out.status = enumeration<BuildStatus>(json, "status");
    out.tags = texts(json, "tags");
    out.versionName = text(json, "versionName");
    out.application = text(json, "application");
    if (const Json* const info = find(json, "applicationInfo")) {
        out.applicationInfo = {text(*info, "id"), text(*info, "name"), text(*info, "slug"), text(*info, "picture")};
    }
    out.changelog = text(json, "changelog");
    if (const Json* const info = find(json, "info")) out.info = buildInfo(*info);
    out.size = get<std::int64_t>(json, "size");
    out.processTime = get<double>(json, "processTime");
    out.queuedTime = get<double>(json, "queuedTime");
    out.versionCode = text(json, "versionCode");
    out.error = text(json, "error");
    out.errorCode = text(json, "errorCode");
    out.os = enumeration<Os>(json, "os");
    if (const Json* const part = find(json, "deployer")) out.deployer = deployer(*part);
    if (const Json* const part = find(json, "uploadedBy")) {
        out.uploadedBy = Uploader{text(*part, "id"), text(*part, "email"), text(*part, "firstName"),
                                  text(*part, "lastName"), text(*part, "picture")};
    }
    out.originalExtension = text(json, "originalExtension");
    if (const Json* const part = find(json, "storageProvider")) {
        out.storageProvider = StorageProvider{text(*part, "id"), text(*part, "name"), text(*part, "region")};
    }
    out.hasEmmJson = get<bool>(json, "hasEmmJson");
    out.updatedAt = time(json, "updatedAt");
    out.createdAt = time(json, "createdAt");
    return out;
}

}  // namespace

std::vector<Build> decodeByDocument(std::string_view body) {
    const Json document = Json::parse(body);
    const Json& items = document.at("data").at("items");
    std::vector<Build> builds;
    builds.reserve(items.size());
    for (const Json& item : items) builds.push_back(build(item));
    return builds;
}

}  // namespace applivery::benchmarks
