/// @file
/// The builds that a wait is for: one, or one for each operating system of `--expect`.
#pragma once

#include "wait/ci_report.hpp"
#include "wait/wait_options.hpp"

#include <applivery/build_waiter.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace applivery::program {

/// Returns the options of each build. Their selectors select one build.
[[nodiscard]] std::vector<WaitCommandOptions> optionsOfEachBuild(const WaitCommandOptions& options);

/// Returns the operating system that `--expect` names at this position; empty without the option.
[[nodiscard]] std::string systemOf(const WaitCommandOptions& options, std::size_t build);

/// Returns a name for all builds.
[[nodiscard]] std::string nameOfBuilds(const WaitCommandOptions& options);

/// Returns the states of all builds for a line such as "still ios processed, android not found after 1m".
[[nodiscard]] std::string stateOfBuilds(const WaitCommandOptions& options, const std::vector<WaitResult>& results);

/// Returns the longest of the waits.
[[nodiscard]] std::chrono::milliseconds elapsedOf(const std::vector<WaitResult>& results);

/// Returns the values for later steps of a job. Omits unknown values, because an empty value would replace a variable
/// that the job has set.
[[nodiscard]] CiValues valuesOf(const WaitCommandOptions& options, const std::vector<WaitResult>& results);

/// Returns the exit code of the wait: that of a failed build, or else that of a signal, before those of builds without
/// a result.
[[nodiscard]] ExitCode worstOf(const std::vector<ExitCode>& codes);

}  // namespace applivery::program
