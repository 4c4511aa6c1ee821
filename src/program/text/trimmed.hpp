/// @file
/// What editors put around text in a file, and does not belong to it.
#pragma once

#include <cstddef>
#include <string_view>

namespace applivery::program {

[[nodiscard]] inline std::string_view withoutByteOrderMark(std::string_view text) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    return text.substr(0, mark.size()) == mark ? text.substr(mark.size()) : text;
}

[[nodiscard]] inline std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n\v\f";
    const std::size_t first = text.find_first_not_of(space);
    return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(space) - first + 1);
}

}  // namespace applivery::program
