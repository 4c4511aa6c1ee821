/// @file
/// Checks of the environment and the token, before anything is sent.
#pragma once

#include "connection.hpp"
#include "doctor/finding.hpp"

#include <applivery/credentials.hpp>

#include <string>

namespace applivery::program {

/// Checks which relevant variables are set. Never repeats their values.
[[nodiscard]] Finding checkEnvironment();

/// Checks whether there are credentials, and whether the token looks like one.
[[nodiscard]] Finding checkToken(const ConnectionOptions& options, const Result<Credentials>& credentials);

/// Returns the token of the credentials.
[[nodiscard]] const std::string& tokenIn(const Credentials& credentials);

}  // namespace applivery::program
