/// @file
/// The fields of a build that can be printed by themselves: by their path in the schema, or the end of it.
#pragma once

#include <applivery/build.hpp>

#include <string>
#include <vector>

namespace applivery::program {

struct BuildField {
    std::string name;  ///< As the user named it.
    std::string path;  ///< Of the library's buildFieldText().

    /// As the service sent it; times as RFC 3339. Empty where it is absent.
    [[nodiscard]] std::string text(const Build& build) const;
};

using BuildFields = std::vector<BuildField>;

/// What the build's deployer said of it; empty where there was none.
[[nodiscard]] const DeployerInfo& deployerOf(const Build& build);

/// Returns the operating system of the build, or the platform of a build without one; empty if the service sent
/// neither.
[[nodiscard]] std::string platformOf(const Build& build);

/// What is wrong with the name of a field; empty where it names one.
[[nodiscard]] std::string faultOfFieldName(const std::string& name);

/// Those that are named, all of which must be known; without names, the usual ones.
[[nodiscard]] BuildFields fieldsOf(const std::vector<std::string>& names);

}  // namespace applivery::program
