/// @file
/// Writes structs as JSON, by the tables of the schema.
#pragma once

#include "json/field.hpp"

#include <string>

namespace applivery::detail {

/// Returns the struct as a JSON object on one line, with its members in the order of the rows. Omits absent members.
/// Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string writeJson(const Fields& fields, const void* object);

}  // namespace applivery::detail
