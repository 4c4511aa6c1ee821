/// @file
/// Initializes libcurl, and checks the version and features of the linked libcurl.
///
/// The linked libcurl may be older than the headers of the build, and may lack features that these declare.
#pragma once

#include <applivery/error.hpp>

#include <curl/curl.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::detail {

/// Initializes libcurl at the first call. libcurl then stays initialized and loaded until the end of the process, which
/// first stops the threads of this library. Thread-safe.
CURLcode initializeCurl();

/// Returns an error if the linked libcurl is too old, or has no TLS for an https URL.
[[nodiscard]] std::optional<Error> errorIfUnsupported(const curl_version_info_data& linked, std::string_view url);

/// Returns a sentence for each feature that libcurl lacks and without which requests are only slower.
[[nodiscard]] std::vector<std::string> missingFeatures(const curl_version_info_data& linked);

}  // namespace applivery::detail
