/// @file
/// Alternative formats of some fields of a build.
#pragma once

#include "mock_server/service_rules.hpp"

#include <string>

namespace applivery::mock {

/// Converts fields to the formats of the rules.
/// @param items JSON objects separated by commas.
[[nodiscard]] std::string withFieldFormats(std::string items, const ServiceRules& rules);

}  // namespace applivery::mock
