/// @file
/// The address of the service, checked.
#pragma once

#include <applivery/client_options.hpp>
#include <applivery/result.hpp>

#include <string>

namespace applivery::detail {

struct BaseUrl {
    std::string origin;  ///< Scheme, host and port.
    std::string path;    ///< Empty, or with a slash before and none behind it.
};

/// Parses ClientOptions::baseUrl. Fails with ErrorKind::invalidArgument where it is no http(s) URL, holds more than an
/// origin and a path, or would send the token over plain http beyond this machine.
[[nodiscard]] Result<BaseUrl> parseBaseUrl(const ClientOptions& options);

}  // namespace applivery::detail
