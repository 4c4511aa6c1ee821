/// @file
/// Sends one request without a token by libcurl itself, to measure which steps of a connection succeed. The library's
/// transport does not report these steps.
#pragma once

#include "text/time_text.hpp"

#include <applivery/client_options.hpp>
#include <applivery/error.hpp>
#include <applivery/http_transport.hpp>

#include <curl/curl.h>

#include <chrono>
#include <optional>
#include <string>

namespace applivery::program {

struct Certificate {
    std::string issuer;  ///< Empty if the certificate is self-signed.
    std::optional<TimePoint> begin;
    std::optional<TimePoint> expiry;
};

/// The result of the request.
struct NetworkInspection {
    CURLcode code = CURLE_OK;
    bool isTls = false;
    std::string proxyVariable{};  ///< Variable that names the proxy. Empty: no proxy was used.
    int proxyStatus = 0;          ///< Status of the proxy's response to CONNECT; 0 if there was none.
    bool hasSentConnect = false;  ///< Whether CONNECT was sent to a proxy.
    bool hasStartedTls = false;
    /// Time from the start to the end of each step; 0 if the step did not end.
    std::chrono::microseconds lookUp{0}, connection{0}, tls{0}, firstByte{0};
    int status = 0;               ///< HTTP status; 0 if there was no response.
    std::string addressFamily{};  ///< `IPv4` or `IPv6`, of the host or the proxy; empty if there was no connection.
    std::string tlsVersion{};     ///< Such as `TLS 1.3`. Empty if unknown: Schannel does not report it.
    std::string protocol{};
    std::optional<Certificate> certificate{};          ///< Also if it was refused.
    std::optional<TlsFailure> tlsFailure{};            ///< As the library reports it for its own request.
    std::optional<std::chrono::seconds> clockAhead{};  ///< How far `Date` of the response is ahead of this machine.
};

/// Sends the request without its token, and waits for the response, or until the token is cancelled.
[[nodiscard]] NetworkInspection inspectNetwork(const HttpRequest& request, const ClientOptions& options,
                                               const CancellationToken& token);

}  // namespace applivery::program
