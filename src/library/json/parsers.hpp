/// @file
/// Declares the parsers that pass their events to a SchemaReader.
#pragma once

#include "json/parse.hpp"

#include <algorithm>
#include <cstddef>

namespace applivery::detail {

/// Parses by nlohmann/json. This parser defines which texts are valid, and creates the error messages.
[[nodiscard]] std::optional<DecodeFailure> parseByNlohmann(const JsonInput& input, const Field& row, void* object,
                                                           const Secret& secret);

/// Parses by simdjson, which is faster. Available only with APPLIVERY_SIMDJSON, and only for rows without RawJson.
///
/// Returns false, with the object partially filled, if parseByNlohmann() must decide. If this function returns true,
/// parseByNlohmann() would succeed with the same result.
[[nodiscard]] bool parseBySimdjson(const JsonInput& input, const Field& row, void* object, const Secret& secret);

/// Returns the maximum length of a string, in bytes. A parser keeps several copies of each string, and all copies
/// together must stay within the memory limit.
[[nodiscard]] inline std::size_t maxStringLength(const JsonInput& input) {
    constexpr std::size_t copies = 16;
    return std::max(input.memoryLimit / copies, std::size_t{1});
}

}  // namespace applivery::detail
