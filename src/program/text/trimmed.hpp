/// @file
/// Removes white space and a byte order mark around the text of a file or a variable.
#pragma once

#include <cstddef>
#include <string_view>

namespace applivery::program {

/// Returns the text without a byte order mark of UTF-8.
[[nodiscard]] inline std::string_view withoutByteOrderMark(std::string_view text) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    return text.substr(0, mark.size()) == mark ? text.substr(mark.size()) : text;
}

/// Returns the text without white space at either end.
[[nodiscard]] inline std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n\v\f";
    const std::size_t first = text.find_first_not_of(space);
    return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(space) - first + 1);
}

}  // namespace applivery::program
