/// @file
/// Variables of the environment.
#pragma once

#include "text/trimmed.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

namespace applivery::program {

/// Returns the value of a variable without white space around it; empty if the variable is not set.
inline std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return std::string(value != nullptr ? trimmed(value) : "");
}

/// Returns whether a CI system runs this process. Most systems set `CI`; the others set a variable of their own.
inline bool isCiJob() {
    constexpr std::array<const char*, 3> others{"TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION"};
    const std::string ci = environment("CI");
    const bool isSet = !ci.empty() && ci != "false" && ci != "0";
    return isSet ||
           std::any_of(others.begin(), others.end(), [](const char* name) { return !environment(name).empty(); });
}

}  // namespace applivery::program
