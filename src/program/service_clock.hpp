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
/// @return the correction that an iteration applies to WalkOptions::createdSince, if that is a time by this machine's
/// clock: the difference, less 2 seconds for its imprecision; or 5 minutes less, if the difference is unknown.
[[nodiscard]] std::chrono::seconds sinceCorrection(const Connection& connection, const BuildSelection& selection,
                                                   const std::string& app, const CancellationToken& cancel);

}  // namespace applivery::program
