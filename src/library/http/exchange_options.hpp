/// @file
/// The options of requests to libcurl, for all requests of a transport and for one.
#pragma once

#include <applivery/client_options.hpp>
#include <applivery/http_transport.hpp>

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>

namespace applivery::detail {

/// The options that concern exchanges and their connections.
struct ExchangeOptions {
    explicit ExchangeOptions(const ClientOptions& options);

    std::chrono::milliseconds connectTimeout;
    std::chrono::milliseconds requestTimeout;
    std::size_t maxConnections;
    std::size_t maxResponseBytes;
    std::optional<std::string> proxy;
    std::string caBundle;
};

/// Which of the connections that exist an exchange may use.
struct Reuse {
    bool none = false;                              ///< It makes a new one.
    std::optional<std::chrono::seconds> maxIdle{};  ///< Those that have been idle for no longer. Absent: any.
};

/// The longest time that libcurl takes: a long, which some platforms make as small as an int.
inline constexpr std::chrono::milliseconds longestTime{std::numeric_limits<int>::max()};

/// Returns the time in the range that libcurl takes, at least 1 ms.
[[nodiscard]] std::chrono::milliseconds clampToCurlTimeout(std::chrono::milliseconds duration);

/// Sets all options of a request except headers and callbacks. Returns the first failure. `request` and `options` must
/// outlive the transfer. @param limit of the whole exchange.
[[nodiscard]] CURLcode setOptions(CURL* handle, const HttpRequest& request, const ExchangeOptions& options,
                                  std::chrono::milliseconds limit, const Reuse& reuse);

}  // namespace applivery::detail
