/// @file
/// Creates an HTTP request from credentials, a filter and a page. Invalid input is an error before a request is sent.
#pragma once

#include "core/secret.hpp"

#include <applivery/build_filter.hpp>
#include <applivery/client_options.hpp>
#include <applivery/credentials.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/result.hpp>

#include <string>

namespace applivery::detail {

/// Holds the parts of a request that are the same for every page of an app.
struct Endpoint {
    std::string url;      ///< Without a query.
    std::string path;     ///< Path of the URL, for errors and logs.
    std::string server;   ///< Host and port of the URL, for errors.
    Secret secret;        ///< Trimmed token.
    HttpHeaders headers;  ///< With the token.
};

/// Creates the endpoint of a client. Returns an error of ErrorKind::invalidArgument if the credentials, or the options
/// for requests, are invalid.
[[nodiscard]] Result<Endpoint> makeEndpoint(const Credentials& credentials, const ClientOptions& options);

/// Creates the request for a page. Returns an error of ErrorKind::invalidArgument if the filter or page is invalid, or
/// if the URL is too long.
[[nodiscard]] Result<HttpRequest> makeListBuildsRequest(const Endpoint& endpoint, const BuildFilter& filter,
                                                        const Page& page);

/// Returns the path and query of the request for logs. Omits BuildFilter::extraParameters, which may be secret. Omits
/// the query if the filter or page is invalid.
[[nodiscard]] std::string shownTarget(const Endpoint& endpoint, const BuildFilter& filter, const Page& page);

}  // namespace applivery::detail
