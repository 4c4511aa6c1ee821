/// @file
/// Faults of networks, gateways and hostile servers, with the expected outcome of a call of the library.
#pragma once

#include "mock_server/raw_server.hpp"

#include <applivery/error.hpp>

#include <optional>
#include <string>
#include <vector>

namespace applivery::mock {

/// The peer that has the fault. A client reaches `tunnelProxy` by CONNECT.
enum class Endpoint { server, tlsServer, proxy, tunnelProxy };

/// A fault and the expected outcome of a call.
struct Fault {
    std::string name;  ///< A short description, as in the guide's table.
    ConnectionHandler handler;
    std::optional<ErrorKind> kind;  ///< The error of the call. Absent if the call succeeds.
    bool isRetried = false;         ///< Whether the library retries the request.
    Endpoint endpoint = Endpoint::server;
};

/// Returns all faults.
[[nodiscard]] std::vector<Fault> faultMatrix();

/// Returns the fault's name as one word, such as `reset-after-the-request`.
[[nodiscard]] std::string slugOf(const Fault& fault);

/// Returns whether a proxy has the fault, and not a server.
[[nodiscard]] bool occursAtProxy(const Fault& fault);

}  // namespace applivery::mock
