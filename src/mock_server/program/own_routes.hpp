/// @file
/// The routes of the program that the service does not have.
#pragma once

#include "mock_server/http_message.hpp"
#include "state.hpp"

#include <string>

namespace applivery::mock {

/// Returns whether the path of a request begins with `/mock/`. Faults and the latency do not affect such a request, and
/// the journal does not contain it.
[[nodiscard]] bool isOwn(const RecordedRequest& request);

/// Returns the response to a request whose path begins with `/mock/`.
[[nodiscard]] ScriptedResponse ownResponse(State& state, const RecordedRequest& request);

/// Returns a description of each route, for the help.
[[nodiscard]] std::string describeOwnRoutes();

}  // namespace applivery::mock
