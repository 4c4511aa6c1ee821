/// @file
/// Keeps tokens out of what leaves the library.
#pragma once

#include <applivery/error.hpp>

#include <string>
#include <string_view>

namespace applivery::detail {

/// Replaces the token, also as JSON or a URL would write it. A token of less than six characters is left: it is no
/// secret, and replacing it would garble honest text.
[[nodiscard]] std::string redacted(std::string text, std::string_view token);

/// The error without the token in any of its texts.
[[nodiscard]] Error redacted(Error error, std::string_view token);

}  // namespace applivery::detail
