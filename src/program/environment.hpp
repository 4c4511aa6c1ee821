/// @file
/// Variables of the environment.
#pragma once

#include <cstdlib>
#include <string>

namespace applivery::program {

/// Returns the value of a variable; empty if the variable is not set.
inline std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
}

}  // namespace applivery::program
