/// @file
/// Times and durations as people write them, and as the program prints them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::program {

using TimePoint = std::chrono::system_clock::time_point;

/// RFC 3339 in UTC, with milliseconds.
[[nodiscard]] std::string timeText(TimePoint time);

/// To the minute: `2024-11-11T11:27Z`.
[[nodiscard]] std::string minuteText(TimePoint time);

/// `1h30m`, `90s`; parseDuration() reads it.
[[nodiscard]] std::string durationText(std::chrono::milliseconds duration);

/// How long ago it was, in whole seconds; 0 in the future. Of any two times, also those whose difference in nanoseconds
/// no number holds.
[[nodiscard]] std::chrono::seconds ageOf(TimePoint time, TimePoint now);

/// `45s`, `3h`, `12d`: in its largest unit alone. What is below 0 is `0s`.
[[nodiscard]] std::string ageText(std::chrono::seconds age);

/// `90s`, `1h30m`, `7d`; a bare number counts seconds.
[[nodiscard]] std::optional<std::chrono::seconds> parseDuration(std::string_view text);

/// `2024-11-11T11:27:35Z` or with an offset, `2024-11-11` (midnight in UTC), or an age as of parseDuration() with its
/// unit. From 1700 to 2200.
[[nodiscard]] std::optional<TimePoint> parseWhen(std::string_view text, TimePoint now);

}  // namespace applivery::program
