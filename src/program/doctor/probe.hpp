/// @file
/// `doctor --probe`: verifies what the library assumes about the service, by a few requests for lists.
#pragma once

#include "doctor/assumptions.hpp"
#include "doctor/probe_client.hpp"

#include <applivery/cancellation.hpp>

#include <chrono>

namespace applivery::program {

inline constexpr int maxProbeRequests = 30;
inline constexpr double probeRequestsPerSecond = 10;
inline constexpr std::chrono::seconds probeRequestTimeLimit{30};

/// Runs all steps of the probe.
[[nodiscard]] Assumptions probe(ProbeClient& client, const CancellationToken& token);

}  // namespace applivery::program
