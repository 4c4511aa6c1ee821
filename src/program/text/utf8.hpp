/// @file
/// Text as characters, also where it is not UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace applivery::program {

/// A character of UTF-8, or a byte that belongs to none.
struct Character {
    std::string_view bytes;
    std::int32_t code;  ///< Negative for such a byte.
};

/// Takes the first one off the text, which must not be empty.
[[nodiscard]] Character takeCharacter(std::string_view& text);

/// The letters of ASCII, as in the names of headers.
[[nodiscard]] std::string lowerCase(std::string_view text);

}  // namespace applivery::program
