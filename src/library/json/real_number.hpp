/// @file
/// Parses and formats real numbers in the syntax of JSON, independently of the locale of the program.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace applivery::detail {

/// Parses a JSON number. Returns std::nullopt for any other text, and for a number that a double cannot represent.
[[nodiscard]] std::optional<double> parseReal(std::string_view text);

/// Returns a JSON number that parseReal() parses to the same double. A whole number has no fraction. Returns `null` if
/// the value is not finite.
[[nodiscard]] std::string formatReal(double value);

}  // namespace applivery::detail
