/// @file
/// Reports whose builds have the same text in each field, for the tests of the page.
#pragma once

#include "program/report/report.hpp"
#include "program/report_time.hpp"

#include <applivery/build.hpp>

#include <chrono>
#include <cstddef>
#include <string>

namespace applivery::test {

/// Returns a build whose texts are all the given one.
[[nodiscard]] inline Build buildWithText(BuildStatus status, const std::string& text, std::chrono::hours age) {
    Build build;
    build.id = text;
    build.status = status;
    build.os = OpenEnum<Os>::fromText(text);
    build.versionName = text;
    build.versionCode = text;
    build.createdAt = now - age;
    build.processTime = 37.5;
    build.queuedTime = 2;
    build.size = 3'145'728;
    build.errorCode = text;
    build.error = text;
    build.applicationInfo.name = text;
    build.uploadedBy = Uploader{};
    build.uploadedBy->firstName = text;
    build.deployer = Deployer{text, DeployerInfo{}};
    build.deployer->info->branch = text;
    build.info.ios = IosInfo{IosPlist{}, MobileProvision{}};
    build.info.ios->plist->bundleIdentifier = text;
    build.info.ios->mobileProvision->teamName = text;
    build.info.ios->mobileProvision->expirationDate = now + std::chrono::hours{24 * 12};
    return build;
}

/// Returns a report with a processed, a failed and a pending build.
[[nodiscard]] inline program::Report reportWithText(const std::string& text, const std::string& app = "") {
    program::Report report = emptyReport();
    int age = 0;
    for (const BuildStatus status : {BuildStatus::processed, BuildStatus::error, BuildStatus::pending}) {
        report.statistics.add(buildWithText(status, text, std::chrono::hours{30 * ++age}), app);
    }
    return report;
}

[[nodiscard]] inline std::ptrdiff_t countOf(const std::string& text, const std::string& part) {
    std::ptrdiff_t count = 0;
    for (auto position = text.find(part); position != std::string::npos; position = text.find(part, position + 1)) {
        ++count;
    }
    return count;
}

}  // namespace applivery::test
