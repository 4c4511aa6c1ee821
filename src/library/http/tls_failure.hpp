/// @file
/// Determines the reason for a failure of TLS from the codes of libcurl and of its TLS library.
#pragma once

#include <applivery/error.hpp>

#include <curl/curl.h>

#include <optional>
#include <string_view>

namespace applivery::detail {

/// Holds what libcurl reports about a failed transfer.
struct TlsFacts {
    CURLcode code = CURLE_OK;
    /// CURLINFO_SSL_VERIFYRESULT. If that value is 0, CURLINFO_PROXY_SSL_VERIFYRESULT.
    long verifyResult = 0;
    /// Text of CURLOPT_ERRORBUFFER. tlsFailureOf() reads only error codes and the names of Schannel's flags.
    std::string_view detail{};
    std::string_view library{};  ///< `curl_version_info_data::ssl_version`, such as `OpenSSL/3.0.17`.
};

/// Returns the reason for a failure of TLS, or std::nullopt if the reason is unknown or TLS did not fail.
[[nodiscard]] std::optional<TlsFailure> tlsFailureOf(const TlsFacts& facts);

}  // namespace applivery::detail
