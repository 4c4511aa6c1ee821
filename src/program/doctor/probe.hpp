/// @file
/// `doctor --probe`: verifies what the library assumes about the service, by a few requests for lists.
#pragma once

#include "doctor/assumptions.hpp"
#include "doctor/probe_client.hpp"

#include <applivery/cancellation.hpp>

#include <chrono>

namespace applivery::program {

inline constexpr int maxProbeRequests = 40;
inline constexpr double probeRequestsPerSecond = 10;
inline constexpr std::chrono::seconds probeRequestTimeLimit{30};

/// Answers all questions of the probe. Sends deliberately wrong values last.
[[nodiscard]] Assumptions probe(ProbeClient& client, const CancellationToken& token);

}  // namespace applivery::program
