/// @file
/// Replaces private data in JSON.
#pragma once

#include "recording/pseudonyms.hpp"

#include <string>
#include <string_view>

namespace applivery::program {

/// Returns the JSON with each value replaced by another one of its type, unless the value is allowed. Text that is
/// invalid or cut off is treated in the same way, and a parser rejects the result at the same position.
[[nodiscard]] std::string scrubbedJson(std::string_view text, Pseudonyms& pseudonyms);

}  // namespace applivery::program
