/// @file
/// What several forms of a report say in the same words.
#pragma once

#include "report/report.hpp"

#include <string>

namespace applivery::program {

/// `2024-11-11 11:27 UTC`
[[nodiscard]] std::string readable(TimePoint time);

/// Which builds it is about: `all builds that the service lists`, or `builds since 2024-11-11 11:27 UTC with os=ios`.
[[nodiscard]] std::string scopeOf(const Report& report);

}  // namespace applivery::program
