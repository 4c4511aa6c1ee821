#include "build_fields.hpp"

#include "time_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace applivery::program {
namespace {

std::string time(const OptionalTime& value) {
    return value ? timeText(*value) : "";
}

template <typename Number>
std::string number(const std::optional<Number>& value) {
    return value ? fmt::format("{}", *value) : "";
}

template <OptionalText Build::*member>
std::string own(const Build& build) {
    return (build.*member).value_or("");
}

template <OptionalText DeployerInfo::*member>
std::string deployers(const Build& build) {
    return (deployerOf(build).*member).value_or("");
}

constexpr BuildField fields[] = {
    {"id", [](const Build& build) { return build.id; }},
    {"status", [](const Build& build) { return build.status.text(); }},
    {"versionName", own<&Build::versionName>},
    {"versionCode", own<&Build::versionCode>},
    {"os", [](const Build& build) { return build.os.text(); }},
    {"size", [](const Build& build) { return number(build.size); }},
    {"createdAt", [](const Build& build) { return time(build.createdAt); }},
    {"branch", deployers<&DeployerInfo::branch>},
    {"commit", deployers<&DeployerInfo::commit>},
    {"tag", deployers<&DeployerInfo::tag>},
    {"buildNumber", deployers<&DeployerInfo::buildNumber>},
    {"error", own<&Build::error>},
    {"errorCode", own<&Build::errorCode>},
    {"updatedAt", [](const Build& build) { return time(build.updatedAt); }},
    {"processTime", [](const Build& build) { return number(build.processTime); }},
    {"queuedTime", [](const Build& build) { return number(build.queuedTime); }},
    {"application", own<&Build::application>},
    {"changelog", own<&Build::changelog>},
    {"commitMessage", deployers<&DeployerInfo::commitMessage>},
    {"buildUrl", deployers<&DeployerInfo::buildUrl>},
};
constexpr std::size_t usual = 13;  // up to errorCode

}  // namespace

const DeployerInfo& deployerOf(const Build& build) {
    static const DeployerInfo none;
    return build.deployer && build.deployer->info ? *build.deployer->info : none;
}

std::vector<std::string> fieldNames() {
    std::vector<std::string> names;
    std::transform(std::begin(fields), std::end(fields), std::back_inserter(names),
                   [](const BuildField& field) { return std::string(field.name); });
    return names;
}

BuildFields fieldsOf(const std::vector<std::string>& names) {
    BuildFields found;
    for (const std::string& name : names) {
        found.push_back(std::find_if(std::begin(fields), std::end(fields),
                                     [&](const BuildField& field) { return field.name == name; }));
    }
    for (std::size_t i = 0; names.empty() && i < usual; ++i) found.push_back(&fields[i]);
    return found;
}

}  // namespace applivery::program
