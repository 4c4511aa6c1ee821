/// @file
/// Parses and checks ClientOptions::baseUrl.
#pragma once

#include <applivery/client_options.hpp>
#include <applivery/result.hpp>

#include <string>

namespace applivery::detail {

/// Holds the parts of the base URL.
struct BaseUrl {
    std::string origin;  ///< Scheme, host and port.
    std::string server;  ///< Host and port, such as `api.applivery.io:443`.
    std::string path;    ///< Empty, or with a slash at its start and none at its end.
};

/// Parses ClientOptions::baseUrl. Returns an error of ErrorKind::invalidArgument if the text
/// - is not a URL with the scheme http or https,
/// - has an empty port, or a control character,
/// - has other parts than an origin and a path, such as a user name or a query,
/// - would send the token over plain http to another machine, and ClientOptions::allowInsecureHttp is not set.
[[nodiscard]] Result<BaseUrl> parseBaseUrl(const ClientOptions& options);

}  // namespace applivery::detail
