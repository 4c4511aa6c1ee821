/// @file
/// Converts the error codes of libcurl to errors of the library.
#pragma once

#include <applivery/error.hpp>

#include <curl/curl.h>

#include <optional>
#include <string_view>

namespace applivery::detail {

/// Returns the error for a code of libcurl.
///
/// @param code code of the failed transfer or option.
/// @param detail text of CURLOPT_ERRORBUFFER, which distinguishes failures with the same code. The text is not part of
/// the message, because it may contain text of the server or the user.
/// @param usesProxy whether ClientOptions::proxy is set. The message of a connection failure then mentions this option.
/// @param tlsFailure reason for a failure of TLS, if known.
[[nodiscard]] Error errorFromCurl(CURLcode code, std::string_view detail = {}, bool usesProxy = false,
                                  std::optional<TlsFailure> tlsFailure = {});

/// Returns the error for a proxy that responds to CONNECT with this status.
[[nodiscard]] Error refusedByProxy(int status);

}  // namespace applivery::detail
