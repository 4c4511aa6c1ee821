/// @file
/// The parameters of the program's own routes.
#pragma once

#include "mock_server/http_message.hpp"

#include <string>

namespace applivery::mock {

/// Returns why the parameters of a request cannot be read: a parameter without a use, a repeated one, one that is not
/// UTF-8, or a body that may contain parameters. Empty if the parameters can be read.
[[nodiscard]] std::string unreadable(const RecordedRequest& request, bool takesParameters);

}  // namespace applivery::mock
