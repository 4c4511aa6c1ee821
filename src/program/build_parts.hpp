/// @file
/// Parts of a build that several commands read.
#pragma once

#include <applivery/build.hpp>

#include <string>

namespace applivery::program {

/// Returns what the uploader's CI system sent with the build; empty fields if it sent nothing.
[[nodiscard]] const DeployerInfo& deployerOf(const Build& build);

/// Returns the operating system of the build. If the service sent none, returns the platform, or else an empty text.
[[nodiscard]] std::string platformOf(const Build& build);

/// Returns whether the service has finished processing the build: whether the status is `processed` or `error`.
[[nodiscard]] bool isFinal(const Build& build);

/// Returns whether the status is `pending` or `inProgress`. If the status is unknown, neither isFinal() nor isWaiting()
/// is true.
[[nodiscard]] bool isWaiting(const Build& build);

}  // namespace applivery::program
