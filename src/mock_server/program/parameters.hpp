/// @file
/// The parameters of the program's own routes.
#pragma once

#include "mock_server/http_message.hpp"

#include <string>

namespace applivery::mock {

/// Returns the reason for which the parameters of a request are invalid; empty if they are valid. Invalid are:
/// - parameters of a route that has none
/// - a repeated parameter
/// - a parameter that is not UTF-8
/// - a body that may contain parameters
/// @param takesParameters whether the route has parameters.
[[nodiscard]] std::string validateParameters(const RecordedRequest& request, bool takesParameters);

}  // namespace applivery::mock
