/// @file
/// A part of a server's text, fit for a message.
#pragma once

#include "core/secret.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace applivery::detail {

/// The beginning of the text in quotes, printable, without the secret, at most about 120 bytes.
[[nodiscard]] std::string excerpt(std::string_view text, const Secret& secret);

/// The surroundings of a position.
[[nodiscard]] std::string excerptAt(std::string_view text, std::size_t position, const Secret& secret);

}  // namespace applivery::detail
