/// @file
/// From a name to an answer: how far a request came, and why no further.
#pragma once

#include "doctor/finding.hpp"
#include "doctor/network_inspection.hpp"

#include <applivery/client_options.hpp>

namespace applivery::program {

struct NetworkFindings {
    Findings findings;
    bool isConnected;  ///< So that it is worth while to ask with the token, too.
};

/// Proxy, name look-up, connection, TLS, answer and clock, up to the first that failed.
[[nodiscard]] NetworkFindings checkNetwork(const NetworkLook& look, const ClientOptions& options, TimePoint now);

}  // namespace applivery::program
