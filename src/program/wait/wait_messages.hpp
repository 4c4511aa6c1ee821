/// @file
/// What the command `wait` says of a wait, in words. Text of the service in it is printable.
#pragma once

#include "wait/wait_command.hpp"

#include <applivery/build.hpp>
#include <applivery/build_waiter.hpp>

#include <string>

namespace applivery::program {

/// Describes the build that the wait is for.
[[nodiscard]] std::string nameOf(const BuildSelector& selector);

/// Describes a build: its version, its system and its id.
[[nodiscard]] std::string nameOf(const Build& build);

/// Returns whether the last check was complete. If not, what became of the build meanwhile is unknown.
[[nodiscard]] bool isStateKnown(const WaitResult& result);

/// Describes the state of a build for a line such as "still pending after 1m".
[[nodiscard]] std::string stateOf(const WaitResult& result);

/// Describes how the wait ended, and what to do next.
[[nodiscard]] std::string outcomeText(const WaitCommandOptions& options, const WaitResult& result);

/// Describes a wait that timed out without knowing the state of the build, and what to do next.
[[nodiscard]] std::string noVerdictText(const WaitCommandOptions& options, const WaitResult& result);

}  // namespace applivery::program
