/// @file
/// How the builds of a response differ from the library's schema, by names of fields and types only.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace applivery::program {

/// The differences between the builds of a body and the schema.
struct BodyShape {
    std::size_t builds = 0;            ///< Number of builds.
    std::set<std::string> unknown;     ///< Paths of fields that are not in the schema.
    std::set<std::string> unexpected;  ///< Paths of fields whose type the library does not read, with the type.
};

/// Compares a body with the schema.
/// @param body of a response, which the library need not be able to decode. A body that is no list has no builds.
[[nodiscard]] BodyShape shapeOf(std::string_view body);

}  // namespace applivery::program
