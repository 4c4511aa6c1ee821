/// @file
/// Days and weeks of UTC, which has no daylight saving: each day is as long as any other, wherever the program runs.
#pragma once

#include "text/time_text.hpp"

#include <chrono>
#include <ratio>
#include <string>

namespace applivery::program {

/// Since 1970-01-01.
using Days = std::chrono::duration<int, std::ratio<86'400>>;

[[nodiscard]] Days dayOf(TimePoint time);

/// The Monday of the day's week.
[[nodiscard]] Days mondayOf(Days day);

/// `2024-11-11`.
[[nodiscard]] std::string dayText(Days day);

/// The week by ISO 8601, `2024-W46`: the first of a year is that of its first Thursday.
[[nodiscard]] std::string weekText(Days day);

}  // namespace applivery::program
