/// @file
/// The sections of a report's page about failures and about provisioning profiles.
#pragma once

#include "report/report.hpp"

#include <string>

namespace applivery::program {

/// Returns the failures by errorCode, with examples.
[[nodiscard]] std::string failureSection(const Report& report);

/// Returns the provisioning profiles by expiry.
[[nodiscard]] std::string profileSection(const Report& report);

}  // namespace applivery::program
