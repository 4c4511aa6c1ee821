/// @file
/// The structs that a table describes, as JSON.
#pragma once

#include "json/field.hpp"

#include <string>

namespace applivery::detail {

/// The object, in the rows' order, on one line. What is absent is left out. Text that is not UTF-8 has U+FFFD instead.
[[nodiscard]] std::string writeJson(const Fields& fields, const void* object);

}  // namespace applivery::detail
