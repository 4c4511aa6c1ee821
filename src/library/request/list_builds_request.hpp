/// @file
/// Credentials, filter and page as an HTTP request. Refuses bad input before anything is sent.
#pragma once

#include "core/secret.hpp"

#include <applivery/build_filter.hpp>
#include <applivery/client_options.hpp>
#include <applivery/credentials.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/result.hpp>

#include <string>

namespace applivery::detail {

/// Where the builds of one app are, and what opens them: the part of a request that is the same for every page.
struct Endpoint {
    std::string url;   ///< Without a query.
    std::string path;  ///< Of the URL, as it is shown in errors and logs.
    Secret secret;     ///< The token, trimmed.
    HttpHeaders headers;
};

/// Checks what a client is made of. Fails with ErrorKind::invalidArgument.
[[nodiscard]] Result<Endpoint> makeEndpoint(const Credentials& credentials, const ClientOptions& options);

/// Fails with ErrorKind::invalidArgument.
[[nodiscard]] Result<HttpRequest> makeListBuildsRequest(const Endpoint& endpoint, const BuildFilter& filter,
                                                        const Page& page);

/// Path and query of that request as a log may show them: without BuildFilter::extraParameters, which may be secret.
[[nodiscard]] std::string shownTarget(const Endpoint& endpoint, const BuildFilter& filter, const Page& page);

}  // namespace applivery::detail
