/// @file
/// `doctor --probe`: asks the service for what is not known of it. It only reads, and not much.
#pragma once

#include "doctor/assumptions.hpp"
#include "doctor/probe_client.hpp"

#include <applivery/cancellation.hpp>

#include <chrono>

namespace applivery::program {

inline constexpr int mostProbeRequests = 30;
inline constexpr double probeRequestsPerSecond = 10;
inline constexpr std::chrono::seconds longestProbeQuestion{30};

[[nodiscard]] Assumptions probe(ProbeClient& asker, const CancellationToken& token);

}  // namespace applivery::program
