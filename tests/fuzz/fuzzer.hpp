/// @file
/// Helpers of the fuzzers. A fuzzer receives arbitrary bytes and aborts if an invariant does not hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace applivery::fuzz {

inline std::string_view textOf(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// Removes and returns the next line.
inline std::string takeLine(std::string_view& text) {
    const std::size_t end = text.find('\n');
    std::string line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

inline void require(bool holds, std::string_view what) {
    if (holds) return;
    std::cerr << "does not hold: " << what << '\n';
    std::abort();
}

/// Checks that the text cannot affect a terminal or a log.
inline void requireOneLine(std::string_view text) {
    for (const char c : text) require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f, "no control character");
}

}  // namespace applivery::fuzz
