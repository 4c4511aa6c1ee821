/// @file
/// Gzip compression of response bodies.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace applivery::mock {

/// Compresses the bytes into one gzip member.
[[nodiscard]] std::string gzip(std::string_view bytes);

/// Returns a gzip member that inflates to the prefix and `count` spaces. Never holds all the spaces in memory.
[[nodiscard]] std::string gzipOfSpaces(std::string_view prefix, std::size_t count);

}  // namespace applivery::mock
