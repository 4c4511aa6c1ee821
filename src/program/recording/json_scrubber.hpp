/// @file
/// What is private in JSON, replaced where it stands.
#pragma once

#include "recording/pseudonyms.hpp"

#include <string>
#include <string_view>

namespace applivery::program {

/// JSON in which each value that is not harmless is another of its type. What is no JSON, or is cut off, is read as far
/// as it looks like it, and fails in the same place.
[[nodiscard]] std::string scrubbedJson(std::string_view text, Pseudonyms& pseudonyms);

}  // namespace applivery::program
