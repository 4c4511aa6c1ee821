/// @file
/// How builds as they came differ from what this library knows of them: by the names of fields and by types alone.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace applivery::program {

struct BodyShape {
    std::size_t builds = 0;
    std::set<std::string> unknown;     ///< Paths of fields that the library skips.
    std::set<std::string> unexpected;  ///< Paths of fields that are of a type which it does not read, with the type.
};

/// @param body an answer of the service, whether or not the library can decode it. What is no list has no builds.
[[nodiscard]] BodyShape shapeOf(std::string_view body);

}  // namespace applivery::program
