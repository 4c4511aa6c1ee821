/// @file
/// Parses and formats times and durations.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::program {

using TimePoint = std::chrono::system_clock::time_point;

/// Returns a time as RFC 3339 in UTC, with milliseconds.
[[nodiscard]] std::string timeText(TimePoint time);

/// Returns a time to the minute, such as `2024-11-11T11:27Z`.
[[nodiscard]] std::string minuteText(TimePoint time);

/// Returns a duration such as `1h30m` or `90s`, which parseDuration() reads.
[[nodiscard]] std::string durationText(std::chrono::milliseconds duration);

/// Returns the age of a time in whole seconds; 0 if it is in the future. Never overflows, also if the difference in
/// nanoseconds would.
[[nodiscard]] std::chrono::seconds ageOf(TimePoint time, TimePoint now);

/// Returns an age in its largest unit: `45s`, `3h`, `12d`. A negative age is `0s`.
[[nodiscard]] std::string ageText(std::chrono::seconds age);

/// Parses a duration such as `90s`, `1h30m`, `7d` or `2w`. A number without a unit is in seconds.
[[nodiscard]] std::optional<std::chrono::seconds> parseDuration(std::string_view text);

/// Parses a time of the years 1700 to 2200: `2024-11-11T11:27:35Z`, also with an offset; `2024-11-11`, which is
/// midnight in UTC; or an age, which is a duration with a unit.
[[nodiscard]] std::optional<TimePoint> parseWhen(std::string_view text, TimePoint now);

}  // namespace applivery::program
