/// @file
/// The parameters of the program's own routes.
#pragma once

#include "mock_server/http_message.hpp"

#include <string>

namespace applivery::mock {

/// Returns why the parameters of a request are invalid: a parameter without a use, a repeated one, one that is not
/// UTF-8, or a body that may contain parameters. Empty if they are valid.
/// @param takesParameters whether the route has parameters.
[[nodiscard]] std::string validateParameters(const RecordedRequest& request, bool takesParameters);

}  // namespace applivery::mock
