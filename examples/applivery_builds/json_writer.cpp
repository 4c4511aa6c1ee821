#include "build_writer.hpp"
#include "text_format.hpp"
#include "time_text.hpp"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

/// An object under way. A value that is absent writes nothing.
class Object {
public:
    Object& add(const char* name, const OptionalText& value) { return value ? raw(name, jsonQuoted(*value)) : *this; }
    Object& add(const char* name, const std::string& value) {
        return value.empty() ? *this : raw(name, jsonQuoted(value));
    }
    Object& add(const char* name, const std::optional<bool>& value) {
        return value ? raw(name, *value ? "true" : "false") : *this;
    }
    Object& add(const char* name, const OptionalTime& value) {
        return value ? raw(name, '"' + timeText(*value) + '"') : *this;
    }
    Object& add(const char* name, const std::vector<std::string>& values) {
        std::string list;
        for (const auto& value : values) list += (list.empty() ? "" : ",") + jsonQuoted(value);
        return values.empty() ? *this : raw(name, '[' + list + ']');
    }
    template <typename Number>
    Object& number(const char* name, const std::optional<Number>& value) {
        return value ? raw(name, fmt::format("{}", *value)) : *this;
    }
    Object& add(const char* name, const Object& value) { return value.text_.empty() ? *this : raw(name, value.text()); }
    Object& raw(const char* name, const std::string& json) {
        text_ += (text_.empty() ? "\"" : ",\"") + std::string(name) + "\":" + json;
        return *this;
    }
    [[nodiscard]] std::string text() const { return '{' + text_ + '}'; }

private:
    std::string text_;
};

Object objectOf(const ApplicationInfo& info) {
    return std::move(
        Object().add("id", info.id).add("name", info.name).add("slug", info.slug).add("picture", info.picture));
}

Object objectOf(const AndroidInfo& info) {
    return std::move(Object()
                         .add("targetSdkVersion", info.targetSdkVersion)
                         .add("minSDKVersion", info.minSdkVersion)
                         .add("packageName", info.packageName)
                         .add("platformBuildVersionName", info.platformBuildVersionName)
                         .add("platformBuildVersionCode", info.platformBuildVersionCode)
                         .add("versionName", info.versionName)
                         .add("versionCode", info.versionCode)
                         .add("icon", info.icon));
}

Object objectOf(const IosPlist& plist) {
    return std::move(Object()
                         .add("CFBundleDisplayName", plist.bundleDisplayName)
                         .add("CFBundleSupportedPlatforms", plist.bundleSupportedPlatforms)
                         .add("MinimumOSVersion", plist.minimumOsVersion)
                         .add("CFBundleIdentifier", plist.bundleIdentifier)
                         .add("CFBundleShortVersionString", plist.bundleShortVersionString)
                         .add("CFBundleVersion", plist.bundleVersion)
                         .add("CFBundleName", plist.bundleName)
                         .add("CFBundleIcons", plist.bundleIcons)
                         .add("UIDeviceFamily", plist.deviceFamily));
}

Object objectOf(const MobileProvision& provision) {
    return std::move(Object()
                         .add("ExpirationDate", provision.expirationDate)
                         .add("TeamIdentifier", provision.teamIdentifier)
                         .add("ProvisionsAllDevices", provision.provisionsAllDevices)
                         .add("TeamName", provision.teamName)
                         .add("ProvisionedDevices", provision.provisionedDevices)
                         .add("signingType", provision.signingType.text()));
}

Object objectOf(const PkgInfo& pkg) {
    return std::move(Object()
                         .add("CFBundleDisplayName", pkg.bundleDisplayName)
                         .add("CFBundleIdentifier", pkg.bundleIdentifier)
                         .add("CFBundleShortVersionString", pkg.bundleShortVersionString)
                         .add("CFBundleVersion", pkg.bundleVersion)
                         .add("CFBundleName", pkg.bundleName));
}

Object objectOf(const BuildInfo& info) {
    Object object;
    object.add("icon", info.icon);
    if (info.android) object.add("android", objectOf(*info.android));
    if (info.ios) {
        Object ios;
        if (info.ios->plist) ios.add("plist", objectOf(*info.ios->plist));
        if (info.ios->mobileProvision) ios.add("mobileprovision", objectOf(*info.ios->mobileProvision));
        object.add("ios", ios);
    }
    if (info.pkg) object.add("pkg", objectOf(*info.pkg));
    return object;
}

Object objectOf(const DeployerInfo& info) {
    return std::move(Object()
                         .add("commitMessage", info.commitMessage)
                         .add("commit", info.commit)
                         .add("branch", info.branch)
                         .add("triggerTimestamp", info.triggerTimestamp)
                         .add("buildUrl", info.buildUrl)
                         .add("ciUrl", info.ciUrl)
                         .add("repositoryUrl", info.repositoryUrl)
                         .add("buildNumber", info.buildNumber)
                         .add("tag", info.tag));
}

Object objectOf(const Deployer& deployer) {
    Object object;
    object.add("name", deployer.name);
    if (deployer.info) object.add("info", objectOf(*deployer.info));
    return object;
}

Object objectOf(const Build& build) {
    Object object;
    object.add("id", build.id)
        .add("status", build.status.text())
        .add("tags", build.tags)
        .add("versionName", build.versionName)
        .add("application", build.application)
        .add("applicationInfo", objectOf(build.applicationInfo))
        .add("changelog", build.changelog)
        .add("info", objectOf(build.info))
        .number("size", build.size)
        .number("processTime", build.processTime)
        .number("queuedTime", build.queuedTime)
        .add("versionCode", build.versionCode)
        .add("error", build.error)
        .add("errorCode", build.errorCode)
        .add("os", build.os.text());
    if (build.deployer) object.add("deployer", objectOf(*build.deployer));
    if (build.uploadedBy) {
        object.add("uploadedBy", Object()
                                     .add("id", build.uploadedBy->id)
                                     .add("email", build.uploadedBy->email)
                                     .add("firstName", build.uploadedBy->firstName)
                                     .add("lastName", build.uploadedBy->lastName)
                                     .add("picture", build.uploadedBy->picture));
    }
    object.add("originalExtension", build.originalExtension);
    if (build.storageProvider) {
        object.add("storageProvider", Object()
                                          .add("id", build.storageProvider->id)
                                          .add("name", build.storageProvider->name)
                                          .add("region", build.storageProvider->region));
    }
    return std::move(
        object.add("hasEmmJson", build.hasEmmJson).add("updatedAt", build.updatedAt).add("createdAt", build.createdAt));
}

// The service's object, with the app as the user named it in front.
std::string lineOf(const Build& build, const std::string& application) {
    const std::string text = asJson(build);
    return application.empty() ? text : "{\"app\":" + jsonQuoted(application) + ',' + text.substr(1);
}

class JsonWriter final : public BuildWriter {
public:
    std::string begin() override { return R"({"schema":"applivery.builds/1","items":[)"; }

    std::string add(const Build& build, const std::string& application) override {
        return (std::exchange(isFirst_, false) ? "\n" : ",\n") + lineOf(build, application);
    }

    std::string end(const ListEnd& list) override {
        Object facts;
        facts.raw("complete", list.isComplete ? "true" : "false");
        if (list.page != nullptr) {
            facts.raw("page", std::to_string(list.page->number))
                .number("limit", list.page->limit)
                .number("totalPages", list.page->totalPages)
                .number("totalItems", list.page->totalItems)
                .add("hasNextPage", list.page->hasNextPage);
        }
        return "]," + facts.text().substr(1) + '\n';
    }

private:
    bool isFirst_ = true;
};

class NdjsonWriter final : public BuildWriter {
public:
    std::string add(const Build& build, const std::string& application) override {
        return lineOf(build, application) + '\n';
    }
};

}  // namespace

std::string asJson(const Build& build) {
    return objectOf(build).text();
}

std::unique_ptr<BuildWriter> makeJsonWriter() {
    return std::make_unique<JsonWriter>();
}

std::unique_ptr<BuildWriter> makeNdjsonWriter() {
    return std::make_unique<NdjsonWriter>();
}

}  // namespace applivery::program
