/// @file
/// Names and phrases that several formats of a report have in common.
#pragma once

#include "report/report.hpp"

#include <string>

namespace applivery::program {

/// Returns a time such as `2024-11-11 11:27 UTC`.
[[nodiscard]] std::string readableTime(TimePoint time);

/// Returns which builds the report is about: `all builds that the service lists`, or `builds since 2024-11-11 11:27 UTC
/// with os=ios`.
[[nodiscard]] std::string scopeOf(const Report& report);

/// Returns the app as the user named it. If the token implies the app, returns its name.
[[nodiscard]] std::string appLabelOf(const Report& report, const std::string& app);

/// Returns the name of an app on the page: appNameOrId(), or else appLabelOf().
[[nodiscard]] std::string displayNameOf(const Report& report, const std::string& app);

}  // namespace applivery::program
