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

/// What an app is called: as the user named it, or else as the service does, where the token says which it is.
[[nodiscard]] std::string appLabel(const Report& report, const std::string& app);

}  // namespace applivery::program
