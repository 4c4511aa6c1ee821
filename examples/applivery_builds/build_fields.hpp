/// @file
/// The fields of a build that can be printed by themselves, by name.
#pragma once

#include <applivery/build.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace applivery::program {

struct BuildField {
    std::string_view name;
    std::string (*text)(const Build&);  ///< As the service sent it; times as RFC 3339. Empty where it is absent.
};

using BuildFields = std::vector<const BuildField*>;

/// What the build's deployer said of it; empty where there was none.
[[nodiscard]] const DeployerInfo& deployerOf(const Build& build);

/// The names of all, in their usual order.
[[nodiscard]] std::vector<std::string> fieldNames();

/// Those that are named, all of which must be known; without names, the usual ones.
[[nodiscard]] BuildFields fieldsOf(const std::vector<std::string>& names);

}  // namespace applivery::program
