/// @file
/// libcurl's codes as errors of this library.
#pragma once

#include <applivery/error.hpp>

#include <curl/curl.h>

#include <optional>
#include <string_view>

namespace applivery::detail {

/// Returns the error for a code of libcurl.
/// @param detail libcurl's own words, which decide what the code leaves open. They are never shown: they may repeat
/// what the server or the user sent. @param usesProxy whether the options name a proxy, which the message then names
/// too.
/// @param tlsFailure why TLS failed, if that is known.
[[nodiscard]] Error errorFromCurl(CURLcode code, std::string_view detail = {}, bool usesProxy = false,
                                  std::optional<TlsFailure> tlsFailure = {});

/// A proxy's answer to CONNECT.
[[nodiscard]] Error refusedByProxy(int status);

}  // namespace applivery::detail
