/// @file
/// The values of the service's enumerations that the library defines, with the service's texts as names.
#pragma once

#include <applivery/open_enum.hpp>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace applivery::program {

/// The names and the values of a choice, in the order in which `--help` lists them.
template <typename Enum>
using NamedValues = std::vector<std::pair<std::string, Enum>>;

/// Names each value by the service's text.
template <typename Enum>
[[nodiscard]] NamedValues<Enum> withServiceTexts(std::initializer_list<Enum> values) {
    NamedValues<Enum> named;
    for (const Enum value : values) named.emplace_back(toText(value), value);
    return named;
}

[[nodiscard]] inline NamedValues<BuildStatus> knownStatuses() {
    return withServiceTexts(
        {BuildStatus::pending, BuildStatus::inProgress, BuildStatus::processed, BuildStatus::error});
}

[[nodiscard]] inline NamedValues<Os> knownSystems() {
    return withServiceTexts({Os::ios, Os::android, Os::macos, Os::windows});
}

}  // namespace applivery::program
