/// @file
/// Checks of the connection: how far a request came, and why not further.
#pragma once

#include "doctor/finding.hpp"
#include "doctor/network_inspection.hpp"

#include <applivery/client_options.hpp>

namespace applivery::program {

/// Checks proxy, name look-up, connection, TLS, response and clock, up to the first failure.
[[nodiscard]] Findings checkNetwork(const NetworkInspection& inspection, const ClientOptions& options, TimePoint now);

}  // namespace applivery::program
