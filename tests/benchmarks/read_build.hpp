/// @file
/// Reads the structs of a build from a JSON document, as a user would by hand. All compared parsers use this code, so
/// that all fill the same structs.
#pragma once

#include "json/time.hpp"

#include <applivery/build.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace applivery::benchmarks {

// A Node is a value of the document and cheap to copy. Each parser defines for its nodes:
//   std::optional<Node> find(Node& object, const char* name);   a member that is not null
//   std::string asText(Node), std::vector<std::string> asTexts(Node), std::int64_t asInteger(Node), double
//   asReal(Node), bool asBoolean(Node)

template <typename Node>
OptionalText text(Node& object, const char* name) {
    auto member = find(object, name);
    return member ? OptionalText(asText(*member)) : std::nullopt;
}

template <typename Node>
std::vector<std::string> texts(Node& object, const char* name) {
    auto member = find(object, name);
    return member ? asTexts(*member) : std::vector<std::string>{};
}

template <typename Node>
std::optional<std::int64_t> integer(Node& object, const char* name) {
    auto member = find(object, name);
    return member ? std::optional<std::int64_t>(asInteger(*member)) : std::nullopt;
}

template <typename Node>
std::optional<double> real(Node& object, const char* name) {
    auto member = find(object, name);
    return member ? std::optional<double>(asReal(*member)) : std::nullopt;
}

template <typename Node>
std::optional<bool> boolean(Node& object, const char* name) {
    auto member = find(object, name);
    return member ? std::optional<bool>(asBoolean(*member)) : std::nullopt;
}

template <typename Node>
OptionalTime time(Node& object, const char* name) {
    auto member = find(object, name);
    return member ? detail::parseTime(asText(*member)) : std::nullopt;
}

template <typename Enum, typename Node>
OpenEnum<Enum> enumeration(Node& object, const char* name) {
    return OpenEnum<Enum>::fromText(text(object, name).value_or(""));
}

template <typename Node>
AndroidInfo android(Node json) {
    return {text(json, "targetSdkVersion"),
            text(json, "minSDKVersion"),
            text(json, "packageName"),
            text(json, "platformBuildVersionName"),
            text(json, "platformBuildVersionCode"),
            text(json, "versionName"),
            text(json, "versionCode"),
            text(json, "icon")};
}

template <typename Node>
IosInfo ios(Node json) {
    IosInfo info;
    if (auto plist = find(json, "plist")) {
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
    if (auto provision = find(json, "mobileprovision")) {
        MobileProvision& out = info.mobileProvision.emplace();
        out.expirationDate = time(*provision, "ExpirationDate");
        out.teamIdentifier = text(*provision, "TeamIdentifier");
        out.provisionsAllDevices = boolean(*provision, "ProvisionsAllDevices");
        out.teamName = text(*provision, "TeamName");
        out.provisionedDevices = texts(*provision, "ProvisionedDevices");
        out.signingType = enumeration<SigningType>(*provision, "signingType");
    }
    return info;
}

template <typename Node>
BuildInfo buildInfo(Node json) {
    BuildInfo info;
    info.icon = text(json, "icon");
    if (auto part = find(json, "android")) info.android = android(*part);
    if (auto part = find(json, "ios")) info.ios = ios(*part);
    if (auto part = find(json, "pkg")) {
        info.pkg = PkgInfo{text(*part, "CFBundleDisplayName"), text(*part, "CFBundleIdentifier"),
                           text(*part, "CFBundleShortVersionString"), text(*part, "CFBundleVersion"),
                           text(*part, "CFBundleName")};
    }
    return info;
}

template <typename Node>
Deployer deployer(Node json) {
    Deployer out;
    out.name = text(json, "name");
    if (auto info = find(json, "info")) {
        out.info = DeployerInfo{text(*info, "commitMessage"),    text(*info, "commit"),      text(*info, "branch"),
                                text(*info, "triggerTimestamp"), text(*info, "buildUrl"),    text(*info, "ciUrl"),
                                text(*info, "repositoryUrl"),    text(*info, "buildNumber"), text(*info, "tag")};
    }
    return out;
}

template <typename Node>
Build build(Node json) {
    Build out;
    out.id = text(json, "id").value_or("");
    out.status = enumeration<BuildStatus>(json, "status");
    out.tags = texts(json, "tags");
    out.versionName = text(json, "versionName");
    out.application = text(json, "application");
    if (auto info = find(json, "applicationInfo")) {
        out.applicationInfo = {text(*info, "id"), text(*info, "name"), text(*info, "slug"), text(*info, "picture")};
    }
    out.changelog = text(json, "changelog");
    if (auto info = find(json, "info")) out.info = buildInfo(*info);
    out.size = integer(json, "size");
    out.processTime = real(json, "processTime");
    out.queuedTime = real(json, "queuedTime");
    out.versionCode = text(json, "versionCode");
    out.error = text(json, "error");
    out.errorCode = text(json, "errorCode");
    out.os = enumeration<Os>(json, "os");
    if (auto part = find(json, "deployer")) out.deployer = deployer(*part);
    if (auto part = find(json, "uploadedBy")) {
        out.uploadedBy = Uploader{text(*part, "id"), text(*part, "email"), text(*part, "firstName"),
                                  text(*part, "lastName"), text(*part, "picture")};
    }
    out.originalExtension = text(json, "originalExtension");
    if (auto part = find(json, "storageProvider")) {
        out.storageProvider = StorageProvider{text(*part, "id"), text(*part, "name"), text(*part, "region")};
    }
    out.hasEmmJson = boolean(json, "hasEmmJson");
    out.updatedAt = time(json, "updatedAt");
    out.createdAt = time(json, "createdAt");
    out.disabled = boolean(json, "disabled");
    out.buildPlatform = text(json, "buildPlatform");
    return out;
}

}  // namespace applivery::benchmarks
