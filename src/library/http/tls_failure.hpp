/// @file
/// The reason for which TLS failed, from the codes of libcurl and of its TLS library.
#pragma once

#include <applivery/error.hpp>

#include <curl/curl.h>

#include <optional>
#include <string_view>

namespace applivery::detail {

/// What is known of a transfer that failed.
struct TlsFacts {
    CURLcode code = CURLE_OK;
    long verifyResult = 0;       ///< CURLINFO_SSL_VERIFYRESULT, or that of the proxy.
    std::string_view detail{};   ///< CURLOPT_ERRORBUFFER. Only the numbers in it are read.
    std::string_view library{};  ///< `curl_version_info_data::ssl_version`, such as `OpenSSL/3.0.17`.
};

/// Returns why TLS failed; nothing if that is not known, or if something else failed.
[[nodiscard]] std::optional<TlsFailure> tlsFailureOf(const TlsFacts& facts);

}  // namespace applivery::detail
