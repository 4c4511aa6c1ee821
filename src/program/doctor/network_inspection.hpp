/// @file
/// One request by libcurl itself, without a token, to see how far it comes: what the library's own transport does not
/// tell of a connection.
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
    std::string issuer;  ///< Empty: itself.
    std::optional<TimePoint> begin;
    std::optional<TimePoint> expiry;
};

struct NetworkLook {
    CURLcode code = CURLE_OK;
    bool isTls = false;
    std::string proxyVariable{};  ///< The one by which the request went to a proxy. Empty: it did not.
    int proxyStatus = 0;          ///< What the proxy answered to CONNECT; 0: nothing.
    bool hasAskedProxy = false;   ///< To connect.
    bool hasBegunTls = false;
    /// From the beginning until that was done; 0: it never was.
    std::chrono::microseconds lookUp{0}, connection{0}, tls{0}, firstByte{0};
    int status = 0;  ///< Of HTTP; 0: none came.
    std::string protocol{};
    std::optional<Certificate> certificate{};          ///< Also of a server whose certificate was refused.
    std::optional<TlsFailure> tlsFailure{};            ///< By the library, which makes the same connection.
    std::optional<std::chrono::seconds> clockAhead{};  ///< How much the answer's `Date` is ahead of this machine.
};

/// @param request of the library; what could be secret in it is left out.
[[nodiscard]] NetworkLook lookAt(const HttpRequest& request, const ClientOptions& options);

}  // namespace applivery::program
