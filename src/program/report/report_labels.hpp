/// @file
/// Labels that several formats of a report have in common.
#pragma once

#include "report/report.hpp"

#include <string>

namespace applivery::program {

/// Returns a time such as `2024-11-11 11:27 UTC`.
[[nodiscard]] std::string readable(TimePoint time);

/// Returns which builds the report is about: `all builds that the service lists`, or `builds since 2024-11-11 11:27 UTC
/// with os=ios`.
[[nodiscard]] std::string scopeOf(const Report& report);

/// Returns the name of an app: as the user named it, or else the service's name.
[[nodiscard]] std::string appLabel(const Report& report, const std::string& app);

/// Returns the name of an app on the page: nameOf(), or else appLabel().
[[nodiscard]] std::string pageNameOf(const Report& report, const std::string& app);

}  // namespace applivery::program
