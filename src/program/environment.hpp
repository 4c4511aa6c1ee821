// A variable of the environment, where an unset one is as good as an empty one.
#pragma once

#include <cstdlib>
#include <string>

namespace applivery::program {

inline std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
}

}  // namespace applivery::program
