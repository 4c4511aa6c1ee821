/// @file
/// Text in a URL.
#pragma once

#include <string>
#include <string_view>

namespace applivery::program {

/// As a part of a path, or a name or value of a query: of RFC 3986 only what is unreserved stays.
[[nodiscard]] std::string percentEncoded(std::string_view text);

}  // namespace applivery::program
