/// @file
/// Checks of the options that a transport of its own reads.
#pragma once

#include <applivery/client_options.hpp>
#include <applivery/error.hpp>

#include <optional>

namespace applivery::detail {

/// Returns why no transport can be made of these options, as ErrorKind::invalidArgument; nothing if one can.
[[nodiscard]] std::optional<Error> validateTransportOptions(const ClientOptions& options);

}  // namespace applivery::detail
