/// @file
/// A response of the mock server that does not arrive during a test.
#pragma once

#include "mock_server/responses.hpp"

#include <chrono>

namespace applivery::test {

[[nodiscard]] inline mock::ScriptedResponse responseThatNeverArrives() {
    mock::ScriptedResponse response = mock::ok("{}");
    response.delay = std::chrono::hours{1};
    return response;
}

}  // namespace applivery::test
