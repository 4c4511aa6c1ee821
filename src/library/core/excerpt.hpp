/// @file
/// Creates excerpts of a response for error messages.
#pragma once

#include "core/secret.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace applivery::detail {

/// Returns the first 120 bytes of the text: in quotes, printable, and without the secret. Appends `...` to a part of a
/// longer text.
[[nodiscard]] std::string excerpt(std::string_view text, const Secret& secret);

/// Returns up to 60 bytes around a position: in quotes, printable, and without the secret.
[[nodiscard]] std::string excerptAt(std::string_view text, std::size_t position, const Secret& secret);

}  // namespace applivery::detail
