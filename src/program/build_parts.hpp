/// @file
/// Parts of a build that several commands read.
#pragma once

#include <applivery/build.hpp>

#include <string>

namespace applivery::program {

/// Returns what the uploader's CI system sent with the build; empty fields if it sent nothing.
[[nodiscard]] const DeployerInfo& deployerOf(const Build& build);

/// Returns the operating system of the build, or the platform of a build without one; empty if the service sent
/// neither.
[[nodiscard]] std::string platformOf(const Build& build);

/// Returns whether the status of the build does not change any more.
[[nodiscard]] bool isFinal(const Build& build);

/// Returns whether the service has not finished processing the build.
[[nodiscard]] bool isWaiting(const Build& build);

}  // namespace applivery::program
