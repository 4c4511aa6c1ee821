/// @file
/// Server text made fit for a message.
#pragma once

#include "core/secret.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace applivery::detail {

/// One line of printable text: control characters escaped, bytes that are not UTF-8 replaced.
[[nodiscard]] std::string escaped(std::string_view text);

/// The beginning of the text in quotes, escaped, without the secret, at most about 120 bytes.
[[nodiscard]] std::string excerpt(std::string_view text, const Secret& secret);

/// The surroundings of a position.
[[nodiscard]] std::string excerptAt(std::string_view text, std::size_t position, const Secret& secret);

}  // namespace applivery::detail
