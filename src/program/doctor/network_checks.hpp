/// @file
/// Checks of the connection: how far a request came, and why not further.
#pragma once

#include "doctor/finding.hpp"
#include "doctor/network_inspection.hpp"

#include <applivery/client_options.hpp>

namespace applivery::program {

struct NetworkFindings {
    Findings findings;
    bool isConnected;  ///< Whether a connection was made, so that a request with the token can be sent.
};

/// Checks proxy, name look-up, connection, TLS, response and clock, up to the first failure.
[[nodiscard]] NetworkFindings checkNetwork(const NetworkInspection& inspection, const ClientOptions& options,
                                           TimePoint now);

}  // namespace applivery::program
