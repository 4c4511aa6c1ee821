/// @file
/// Points in time as the service writes them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::detail {

using TimePoint = std::chrono::system_clock::time_point;

/// RFC 3339, such as `2024-11-11T11:27:35.446Z`; absent for any other text.
[[nodiscard]] std::optional<TimePoint> parseTime(std::string_view text) noexcept;

/// The same, in UTC: with milliseconds, and with as many digits more as it takes.
[[nodiscard]] std::string formatTime(TimePoint time);

/// Seconds or milliseconds since 1970, told apart by their size, to the millisecond. Absent where it is out of range.
[[nodiscard]] std::optional<TimePoint> timeFromNumber(double number) noexcept;

}  // namespace applivery::detail
