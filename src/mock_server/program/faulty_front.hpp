/// @file
/// A server that goes wrong: for ever, or for the first requests.
#pragma once

#include "mock_server/exchange.hpp"
#include "mock_server/fault_matrix.hpp"

#include <chrono>
#include <cstddef>
#include <functional>

namespace applivery::mock {

struct FaultyFront {
    ConnectionHandler fault{};
    std::size_t count = 0;                                           ///< Of requests, of a connection one; 0: all.
    std::function<bool(const RecordedRequest&)> passes{};            ///< Whether it is answered whatever the fault.
    std::function<void(const RecordedRequest&)> tell{};              ///< Told each request that meets the fault.
    std::chrono::milliseconds latency{0};                            ///< Before each answer.
    std::function<ScriptedAnswer(const RecordedRequest&)> answer{};  ///< Of what passes, and of what follows.
};

/// Does the fault to the first `count` requests, which then end their connections, and answers those that follow. A
/// connection on which nothing is asked counts for a fault that waits for no request, and for no other.
[[nodiscard]] ConnectionHandler faultThenAnswers(FaultyFront front);

}  // namespace applivery::mock
