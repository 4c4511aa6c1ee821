/// @file
/// Points in time as the service writes them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::detail {

using TimePoint = std::chrono::system_clock::time_point;

/// Reads a time, without regard to white space around it. A time without a zone is in UTC. Absent for any other text.
///
/// - RFC 3339: `2024-11-11T11:27:35.446Z`
/// - RFC 2822: `Mon, 11 Nov 2024 11:27:35 +0000`
/// - seconds or milliseconds since 1970: `1731324455`, `1731324455446`
[[nodiscard]] std::optional<TimePoint> parseTime(std::string_view text) noexcept;

/// The same, in UTC: with milliseconds, and with as many digits more as it takes.
[[nodiscard]] std::string formatTime(TimePoint time);

/// Seconds or milliseconds since 1970, told apart by their size, to the millisecond. Absent where it is out of range.
[[nodiscard]] std::optional<TimePoint> timeFromNumber(double number) noexcept;

}  // namespace applivery::detail
