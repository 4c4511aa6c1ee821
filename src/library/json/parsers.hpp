/// @file
/// The parsers that can drive a SchemaReader.
#pragma once

#include "json/parse.hpp"

#include <algorithm>
#include <cstddef>

namespace applivery::detail {

/// The one that judges: what it refuses is refused, in its words.
[[nodiscard]] std::optional<DecodeFailure> parseByNlohmann(const JsonText& text, const Field& row, void* object,
                                                           const Secret& secret);

/// A quick one, which is only there with APPLIVERY_SIMDJSON, for rows without RawJson. `false`, with the object filled
/// in part: it is for the other to judge. What it accepts, the other accepts, with the same result.
[[nodiscard]] bool parseBySimdjson(const JsonText& text, const Field& row, void* object, const Secret& secret);

/// A longer string, in bytes, is not one of the service's. Parsers keep several copies of each, which all of them
/// together must not take more than the structs may.
[[nodiscard]] inline std::size_t longestString(const JsonText& text) {
    constexpr std::size_t copies = 16;
    return std::max(text.memoryLimit / copies, std::size_t{1});
}

}  // namespace applivery::detail
