/// @file
/// UTF-8, character by character. Decodes with utf8proc, which the program needs for the width of characters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace applivery::program {

/// A character of UTF-8, or one byte that is not part of a character.
struct Utf8Character {
    std::string_view bytes;
    std::int32_t code;  ///< Negative for such a byte.
};

/// Removes the first character from the text, which must not be empty. @return the character.
[[nodiscard]] Utf8Character takeCharacter(std::string_view& text);

/// Appends a character, which may be a surrogate, as UTF-8.
void appendUtf8(std::string& out, char32_t code);

/// Appends a character as a JSON escape, or as two escapes for a surrogate pair.
void appendJsonEscape(std::string& out, char32_t code);

}  // namespace applivery::program
