/// @file
/// The parsers that can drive a SchemaReader.
#pragma once

#include "json/parse.hpp"

namespace applivery::detail {

/// The one that judges: what it refuses is refused, in its words.
[[nodiscard]] std::optional<DecodeFailure> parseByNlohmann(const JsonText& text, const Field& row, void* object,
                                                           const Secret& secret);

}  // namespace applivery::detail
