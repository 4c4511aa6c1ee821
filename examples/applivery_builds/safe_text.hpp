/// @file
/// Server text is data: what a terminal, a CI runner or a spreadsheet would act on is made harmless here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace applivery::program {

/// For people: one line; control characters, direction overrides and bytes that are no UTF-8 become `?`, and a leading
/// workflow command (`::error`, `##vso[`) is broken.
[[nodiscard]] std::string shown(std::string_view text);

/// How many columns a terminal needs for it; wide characters count two.
[[nodiscard]] std::size_t displayWidth(std::string_view text);

/// At most so many columns, with an ellipsis where something was left out.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);

/// As a JSON string, with its quotes.
[[nodiscard]] std::string jsonQuoted(std::string_view text);

/// As a cell of RFC 4180.
[[nodiscard]] std::string csvQuoted(std::string_view text);

}  // namespace applivery::program
