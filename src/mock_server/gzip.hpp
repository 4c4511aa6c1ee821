/// @file
/// Compression of answers, by zlib.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace applivery::mock {

/// The bytes as one gzip member.
[[nodiscard]] std::string gzip(std::string_view bytes);

/// A gzip member that inflates to the prefix and then `count` spaces, made without ever holding them.
[[nodiscard]] std::string gzipOfSpaces(std::string_view prefix, std::size_t count);

}  // namespace applivery::mock
