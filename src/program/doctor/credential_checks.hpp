/// @file
/// What the environment and the token look like, before anything is sent.
#pragma once

#include "connection.hpp"
#include "doctor/finding.hpp"

#include <applivery/credentials.hpp>

#include <string>

namespace applivery::program {

/// Which variables are set that matter here; never their values.
[[nodiscard]] Finding checkEnvironment();

/// Whether there are credentials, and whether the token can be one.
[[nodiscard]] Finding checkToken(const ConnectionOptions& options, const Result<Credentials>& credentials);

[[nodiscard]] const std::string& tokenIn(const Credentials& credentials);

}  // namespace applivery::program
