/// @file
/// Fault injection: a connection handler that fails for the first requests, or for all requests.
#pragma once

#include "mock_server/fault_matrix.hpp"
#include "mock_server/http_message.hpp"

#include <chrono>
#include <cstddef>
#include <functional>

namespace applivery::mock {

struct FaultInjection {
    ConnectionHandler fault{};
    std::size_t count = 0;                                              ///< Number of faults. 0 for every request.
    std::function<bool(const RecordedRequest&)> bypasses{};             ///< Returns whether a request never fails.
    std::function<void(const RecordedRequest&)> log{};                  ///< Called for each request that fails.
    std::chrono::milliseconds latency{0};                               ///< Before each response.
    std::function<ScriptedResponse(const RecordedRequest&)> respond{};  ///< Response to a request that does not fail.
};

/// Creates a handler that applies the fault to the first `count` requests and responds to all others.
///
/// After a fault, the connection ends. A connection without a request counts only for a fault that waits for no
/// request.
[[nodiscard]] ConnectionHandler injectFaults(FaultInjection injection);

}  // namespace applivery::mock
