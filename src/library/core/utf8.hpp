/// @file
/// Decodes UTF-8, one character at a time.
#pragma once

#include <cstddef>
#include <string_view>

namespace applivery::detail {

/// Represents a decoded character.
struct Utf8Character {
    char32_t code = 0;
    std::size_t length = 0;  ///< In bytes; 0 if the text does not begin with a character of UTF-8.
};

/// Decodes the first character of a text, which must not be empty.
[[nodiscard]] Utf8Character firstCharacter(std::string_view text) noexcept;

}  // namespace applivery::detail
