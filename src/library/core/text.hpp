/// @file
/// Provides operations on text. Letters, digits and white space are those of ASCII, in every locale.
#pragma once

#include <applivery/http_transport.hpp>

#include <string>
#include <string_view>

namespace applivery::detail {

inline constexpr std::string_view whiteSpace = " \t\r\n\v\f";

[[nodiscard]] constexpr bool isDigit(char c) noexcept {
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr char toLower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Returns whether all characters are digits. Returns true for an empty text.
[[nodiscard]] bool isAllDigits(std::string_view text) noexcept;

/// Returns the text without the white space at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// Returns whether the text contains a C0 control character or DEL.
[[nodiscard]] bool hasControlCharacter(std::string_view text) noexcept;

/// Compares two texts without regard to case.
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept;

/// Appends the two hexadecimal digits of a byte, in lowercase.
void appendHex(std::string& out, char byte);

/// Percent-encodes all bytes except the unreserved characters of RFC 3986. The result has no delimiter of a URL, and
/// can be one segment of a path, or one name or value of a query.
[[nodiscard]] std::string percentEncoded(std::string_view text);

/// Returns the value of the first header with this name, or null if there is none. Ignores the case of the name.
[[nodiscard]] const std::string* findHeader(const HttpHeaders& headers, std::string_view name) noexcept;

}  // namespace applivery::detail
