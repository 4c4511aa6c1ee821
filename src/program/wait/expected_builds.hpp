/// @file
/// Options, names, states and exit codes of the builds that a wait is for: one, or one for each operating system of
/// `--expect`.
#pragma once

#include "wait/ci_report.hpp"
#include "wait/wait_options.hpp"

#include <applivery/build_waiter.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace applivery::program {

/// Returns options for each build, whose selector selects only that build.
[[nodiscard]] std::vector<WaitCommandOptions> optionsOfBuilds(const WaitCommandOptions& options);

/// Returns the operating system of the build at this position; empty without `--expect`.
[[nodiscard]] std::string systemOf(const WaitCommandOptions& options, std::size_t build);

/// Returns a phrase for all builds together.
[[nodiscard]] std::string nameOfBuilds(const WaitCommandOptions& options);

/// Returns the states of all builds for a line such as "still ios processed, android not found after 1m".
[[nodiscard]] std::string stateOfBuilds(const WaitCommandOptions& options, const std::vector<WaitResult>& results);

/// Returns the longest of the waits.
[[nodiscard]] std::chrono::milliseconds elapsedOf(const std::vector<WaitResult>& results);

/// Returns the values for later steps of a job. Omits unknown values, because an empty value would replace a variable
/// that the job has set.
[[nodiscard]] CiValues valuesOf(const WaitCommandOptions& options, const std::vector<WaitResult>& results);

/// Returns the exit code of a wait for several builds: that of a failed build, or else that of a signal, or else that
/// of a build without a result.
/// @param codes exit code of each build, at least one.
[[nodiscard]] ExitCode combinedCode(const std::vector<ExitCode>& codes);

}  // namespace applivery::program
