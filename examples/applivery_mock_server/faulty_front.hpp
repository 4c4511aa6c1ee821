/// @file
/// A server that goes wrong: for ever, or for the first requests.
#pragma once

#include "mock_server/exchange.hpp"
#include "mock_server/fault_matrix.hpp"

#include <chrono>
#include <cstddef>
#include <functional>

namespace applivery::mock {

/// Does the fault to the first `count` requests, which then end their connections, and lets `answer` have those that
/// follow, each after the latency. A count of 0 does it to every connection.
[[nodiscard]] ConnectionHandler faultThenAnswers(ConnectionHandler fault, std::size_t count,
                                                 std::chrono::milliseconds latency,
                                                 std::function<ScriptedAnswer(const RecordedRequest&)> answer);

}  // namespace applivery::mock
