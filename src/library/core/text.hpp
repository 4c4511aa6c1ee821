/// @file
/// Small operations on text that several rooms need.
#pragma once

#include <applivery/http_transport.hpp>

#include <string>
#include <string_view>

namespace applivery::detail {

/// Without white space at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// Whether it holds a C0 control character or DEL.
[[nodiscard]] bool hasControlCharacter(std::string_view text) noexcept;

/// Compares ASCII without regard to case.
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept;

/// The value of the first header of that name, in any case; null where there is none.
[[nodiscard]] const std::string* findHeader(const HttpHeaders& headers, std::string_view name) noexcept;

}  // namespace applivery::detail
