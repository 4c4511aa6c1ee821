/// @file
/// Converts ASCII letters to lower case, and compares texts without regard to the case of ASCII letters. The locale has
/// no effect.
#pragma once

#include <string>
#include <string_view>

namespace applivery::program {

/// Returns the text with all letters of ASCII in lower case.
[[nodiscard]] inline std::string lowerCase(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

/// Returns whether the text begins with `prefix`, which must be in lower case.
[[nodiscard]] inline bool startsWithIgnoringCase(std::string_view text, std::string_view prefix) {
    return lowerCase(text.substr(0, prefix.size())) == prefix;
}

}  // namespace applivery::program
