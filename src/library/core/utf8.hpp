/// @file
/// UTF-8, character by character.
#pragma once

#include <cstddef>
#include <string_view>

namespace applivery::detail {

/// Represents the first character of a text.
struct Utf8Character {
    char32_t code = 0;
    std::size_t length = 0;  ///< In bytes; 0 if the text does not begin with a character of UTF-8.
};

/// Decodes the first character of a text, which must not be empty.
[[nodiscard]] Utf8Character firstCharacter(std::string_view text) noexcept;

}  // namespace applivery::detail
