/// @file
/// Small operations on text that several rooms need.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace applivery::detail {

/// Without white space at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// Whether it holds a C0 control character or DEL.
[[nodiscard]] bool hasControlCharacter(std::string_view text) noexcept;

/// Compares ASCII without regard to case, as the names of headers compare.
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept;

/// An environment variable, trimmed; absent where it is unset or blank.
[[nodiscard]] std::optional<std::string> environment(const char* name);

}  // namespace applivery::detail
