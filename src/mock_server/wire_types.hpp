/// @file
/// The forms in which some fields of a build may come.
#pragma once

#include "mock_server/service_rules.hpp"

#include <string>

namespace applivery::mock {

/// The items of a page, with commas between them, in the forms that the rules say.
[[nodiscard]] std::string inWireTypes(std::string items, const ServiceRules& rules);

}  // namespace applivery::mock
