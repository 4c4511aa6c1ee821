/// @file
/// Checks the options that a transport reads.
#pragma once

#include <applivery/client_options.hpp>
#include <applivery/error.hpp>

#include <optional>

namespace applivery::detail {

/// Returns an error of ErrorKind::invalidArgument if a transport cannot be created with these options.
[[nodiscard]] std::optional<Error> validateTransportOptions(const ClientOptions& options);

}  // namespace applivery::detail
