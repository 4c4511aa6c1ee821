#include "list/column_fields.hpp"

#include <applivery/build_json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace applivery::program {
namespace {

constexpr const char* usual[] = {"id",
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

bool endsWithPart(const std::string& path, const std::string& part) {
    return path.size() > part.size() && path[path.size() - part.size() - 1] == '.' &&
           path.compare(path.size() - part.size(), part.size(), part) == 0;
}

// A whole path; else each that ends in these parts.
std::vector<std::string> pathsNamed(const std::string& name) {
    if (buildFieldText(Build{}, name)) return {name};
    std::vector<std::string> found;
    const std::vector<std::string> paths = buildFieldPaths();
    std::copy_if(paths.begin(), paths.end(), std::back_inserter(found),
                 [&](const std::string& path) { return endsWithPart(path, name); });
    return found;
}

}  // namespace

std::string BuildField::text(const Build& build) const {
    return buildFieldText(build, path).value_or("");
}

const DeployerInfo& deployerOf(const Build& build) {
    static const DeployerInfo none;
    return build.deployer && build.deployer->info ? *build.deployer->info : none;
}

std::string platformOf(const Build& build) {
    return build.os.text().empty() ? build.buildPlatform.value_or("") : build.os.text();
}

std::string faultOfFieldName(const std::string& name) {
    const std::vector<std::string> paths = pathsNamed(name);
    if (paths.size() == 1) return {};
    if (paths.empty()) return fmt::format("\"{}\" is none of {}", name, fmt::join(buildFieldPaths(), ", "));
    return fmt::format("\"{}\" may be {}", name, fmt::join(paths, " or "));
}

BuildFields fieldsOf(const std::vector<std::string>& names) {
    BuildFields fields;
    for (const std::string& name : names) fields.push_back({name, pathsNamed(name).at(0)});
    if (names.empty()) {
        for (const char* const path : usual) fields.push_back({path, path});
    }
    return fields;
}

}  // namespace applivery::program
