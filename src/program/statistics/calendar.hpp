/// @file
/// Days and weeks in UTC, which has no daylight saving time: all days are equally long.
#pragma once

#include "text/time_text.hpp"

#include <chrono>
#include <ratio>
#include <string>

namespace applivery::program {

/// Days since 1970-01-01.
using Days = std::chrono::duration<int, std::ratio<86'400>>;

[[nodiscard]] Days dayOf(TimePoint time);

/// Returns the Monday of the day's week.
[[nodiscard]] Days mondayOf(Days day);

/// Returns a day such as `2024-11-11`.
[[nodiscard]] std::string dayText(Days day);

/// Returns the week of ISO 8601, such as `2024-W46`. The first week of a year contains its first Thursday.
[[nodiscard]] std::string weekText(Days day);

}  // namespace applivery::program
