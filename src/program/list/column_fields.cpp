#include "list/column_fields.hpp"

#include "doctor/shallow_json.hpp"
#include "text/near_names.hpp"

#include <applivery/build_json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace applivery::program {
namespace {

// The columns of CSV and Markdown without --fields.
constexpr const char* defaultPaths[] = {"id",
                                        "status",
                                        "versionName",
                                        "versionCode",
                                        "os",
                                        "size",
                                        "createdAt",
                                        "deployer.info.branch",
                                        "deployer.info.commit",
                                        "deployer.info.tag",
                                        "deployer.info.buildNumber",
                                        "error",
                                        "errorCode"};

// Returns whether the path ends with these members, such as `deployer.info.branch` with `branch` or `info.branch`.
bool endsWithMembers(const std::string& path, const std::string& part) {
    return path.size() > part.size() && path[path.size() - part.size() - 1] == '.' &&
           path.compare(path.size() - part.size(), part.size(), part) == 0;
}

constexpr std::string_view unknownFieldsPrefix = "unknownFields.";

bool isUnknownField(const std::string& path) {
    return path.size() > unknownFieldsPrefix.size() && path.rfind(unknownFieldsPrefix, 0) == 0;
}

// Returns the value at the path; null if there is none. A name of a member can contain dots.
const nlohmann::json* findValue(const nlohmann::json& object, const std::string& path) {
    if (!object.is_object()) return nullptr;
    if (const auto member = object.find(path); member != object.end()) return &*member;
    for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.', dot + 1)) {
        const auto member = object.find(path.substr(0, dot));
        if (member == object.end()) continue;
        if (const auto* const value = findValue(*member, path.substr(dot + 1))) return value;
    }
    return nullptr;
}

std::string unknownFieldText(const Build& build, const std::string& path) {
    const nlohmann::json fields = parseShallow(build.unknownFields);
    const auto* const value = findValue(fields, path.substr(unknownFieldsPrefix.size()));
    if (value == nullptr || value->is_null()) return {};
    return value->is_string() ? value->get<std::string>() : value->dump();
}

// Returns the name itself if it is a path, or else each path that ends with it.
std::vector<std::string> pathsNamed(const std::string& name) {
    if (isUnknownField(name) || buildFieldText(Build{}, name)) return {name};
    std::vector<std::string> found;
    const std::vector<std::string> paths = buildFieldPaths();
    std::copy_if(paths.begin(), paths.end(), std::back_inserter(found),
                 [&](const std::string& path) { return endsWithMembers(path, name); });
    return found;
}

}  // namespace

std::string ColumnField::text(const Build& build) const {
    return isUnknownField(path) ? unknownFieldText(build, path) : buildFieldText(build, path).value_or("");
}

std::vector<std::string> fieldNames() {
    return buildFieldPaths();
}

std::string validateFieldName(const std::string& name) {
    const std::vector<std::string> paths = pathsNamed(name);
    if (paths.size() == 1) return {};
    if (paths.empty()) {
        const std::string question = suggestion(name, fieldNames());
        return fmt::format("\"{}\" is not a field; {}{}--fields help prints all fields", name, question,
                           question.empty() ? "" : " ");
    }
    return fmt::format("\"{}\" is ambiguous; write {}", name, fmt::join(paths, " or "));
}

ColumnFields columnFields(const std::vector<std::string>& names) {
    ColumnFields fields;
    for (const std::string& name : names) fields.push_back({name, pathsNamed(name).at(0)});
    if (names.empty()) {
        for (const char* const path : defaultPaths) fields.push_back({path, path});
    }
    return fields;
}

}  // namespace applivery::program
