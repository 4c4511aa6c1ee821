/// @file
/// Points in time as the service writes them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace applivery::detail {

using TimePoint = std::chrono::system_clock::time_point;

/// RFC 3339, such as `2024-11-11T11:27:35.446Z`; absent for any other text.
[[nodiscard]] std::optional<TimePoint> parseTime(std::string_view text) noexcept;

/// Seconds or milliseconds since 1970, told apart by their size.
[[nodiscard]] std::optional<TimePoint> timeFromNumber(std::int64_t number) noexcept;

}  // namespace applivery::detail
