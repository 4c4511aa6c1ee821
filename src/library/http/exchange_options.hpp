/// @file
/// Defines the options that are set on the handles of libcurl.
#pragma once

#include <applivery/client_options.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/partial_response.hpp>

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>

namespace applivery::detail {

/// Holds the client's options that configure exchanges and connections.
struct ExchangeOptions {
    explicit ExchangeOptions(const ClientOptions& options);

    std::chrono::milliseconds connectTimeout;
    std::chrono::milliseconds requestTimeout;
    std::size_t maxConnections;
    std::size_t maxResponseBytes;
    std::optional<std::string> proxy;
    std::string caBundle;
    PartialResponseHandler onPartialResponse{};
};

/// Selects the existing connections that an exchange may use.
struct Reuse {
    bool none = false;                              ///< Use no existing connection: make a new one.
    std::optional<std::chrono::seconds> maxIdle{};  ///< Use no connection that was idle for longer. Absent: use any.
};

/// Longest time limit that is passed to libcurl as a long. On some platforms, a long has the range of an int.
inline constexpr std::chrono::milliseconds maxCurlTimeout{std::numeric_limits<int>::max()};

/// Returns the duration, limited to the range from 1 ms to maxCurlTimeout.
[[nodiscard]] std::chrono::milliseconds clampToCurlTimeout(std::chrono::milliseconds duration);

/// Sets all options of a request except headers and callbacks. libcurl copies the strings.
///
/// @param timeLimit time limit of the whole exchange, which the event loop applies. Only the time limit for connecting
///   is set here. It is at most `timeLimit`.
/// @return the first failure, or CURLE_OK.
[[nodiscard]] CURLcode setOptions(CURL* handle, const HttpRequest& request, const ExchangeOptions& options,
                                  std::chrono::milliseconds timeLimit, const Reuse& reuse);

}  // namespace applivery::detail
