/// @file
/// The messages of the command `wait`. Text of the service in them is printable.
#pragma once

#include "wait/wait_options.hpp"

#include <applivery/build.hpp>
#include <applivery/build_waiter.hpp>

#include <string>

namespace applivery::program {

/// Returns a name for the build that the wait is for.
[[nodiscard]] std::string nameOf(const BuildSelector& selector);

/// Returns a name for a build: its version, its system and its id.
[[nodiscard]] std::string nameOf(const Build& build);

/// Returns the status of a build, for a sentence such as "still pending" or "still in the unknown status signing".
[[nodiscard]] std::string statusOf(const Build& build);

/// Returns the status of a build that was found, and the time since then: "last seen in_progress 12s ago".
[[nodiscard]] std::string lastSeen(const WaitResult& result);

/// Returns whether the build was processed or has failed.
[[nodiscard]] bool isSettled(const WaitResult& result);

/// Returns whether the last check was complete. If not, the build may have changed since it was last seen.
[[nodiscard]] bool isStateKnown(const WaitResult& result);

/// Returns whether a wait that timed out cannot say that the build is still pending: its last check failed, or the
/// build has a status that the library does not list.
[[nodiscard]] bool isWithoutVerdict(const WaitResult& result);

/// Returns the state of a build for a line such as "still pending after 1m".
[[nodiscard]] std::string stateOf(const WaitResult& result);

/// Returns how the wait ended, and what to do next.
[[nodiscard]] std::string outcomeText(const WaitCommandOptions& options, const WaitResult& result);

/// Returns why a wait that timed out has no verdict on the build, and what to do next.
[[nodiscard]] std::string noVerdictText(const WaitCommandOptions& options, const WaitResult& result);

}  // namespace applivery::program
