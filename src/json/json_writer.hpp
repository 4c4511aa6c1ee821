/// @file
/// The structs that a table describes, as JSON.
#pragma once

#include "json/field.hpp"

#include <string>

namespace applivery::detail {

/// The object, in the rows' order, on one line. What is absent is left out. Text that is not UTF-8 has U+FFFD instead.
[[nodiscard]] std::string writeJson(const Fields& fields, const void* object);

/// A number as JSON writes it: whole where it is, else as short as it reads the same. `null` where it is none.
[[nodiscard]] std::string realText(double value);

}  // namespace applivery::detail
