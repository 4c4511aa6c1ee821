/// @file
/// Real numbers as JSON writes them, in any locale of the host.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace applivery::detail {

/// Reads a number of JSON. Returns nothing for any other text, and for a number that no double can hold.
[[nodiscard]] std::optional<double> realNumber(std::string_view text);

/// Returns a number of JSON that is read as the same double: without a fraction if it is whole. Returns `null` for
/// infinity and for what is not a number.
[[nodiscard]] std::string realText(double value);

}  // namespace applivery::detail
