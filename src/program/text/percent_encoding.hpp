/// @file
/// Percent-encoding of URLs (RFC 3986).
#pragma once

#include <string>
#include <string_view>

namespace applivery::program {

/// Encodes a segment of a path, or a name or value of a query: all characters except the unreserved ones.
[[nodiscard]] std::string percentEncoded(std::string_view text);

/// Decodes text. A `%` without two hexadecimal digits stays.
[[nodiscard]] std::string percentDecoded(std::string_view text);

}  // namespace applivery::program
