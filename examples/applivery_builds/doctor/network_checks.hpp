/// @file
/// From a name to an answer: how far a request came, and why no further.
#pragma once

#include "doctor/finding.hpp"
#include "doctor/network_look.hpp"

#include <applivery/client_options.hpp>

namespace applivery::program {

/// Proxy, name look-up, connection, TLS, answer and clock, up to the first that failed.
[[nodiscard]] Findings checkNetwork(const NetworkLook& look, const ClientOptions& options, TimePoint now);

}  // namespace applivery::program
