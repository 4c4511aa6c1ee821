/// @file
/// The difference between the clocks of this machine and of the service.
#pragma once

#include "build_selection.hpp"
#include "connection.hpp"

#include <applivery/cancellation.hpp>

#include <chrono>
#include <string>

namespace applivery::program {

/// Requests one build, and compares the time of the response with this machine's clock. Takes at most 30 seconds.
/// @return the correction that an iteration applies to a WalkOptions::createdSince by this machine's clock. The
/// correction is the difference of the clocks minus 2 seconds, because the difference is imprecise. If the difference
/// is unknown, the correction is minus 5 minutes.
[[nodiscard]] std::chrono::seconds sinceCorrection(const Connection& connection, const BuildSelection& selection,
                                                   const std::string& app, const CancellationToken& cancel);

}  // namespace applivery::program
