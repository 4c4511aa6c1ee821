/// @file
/// libcurl as a whole, in this process. The one that is linked may be older than the headers that this was compiled
/// with, and may have been built without what they declare.
#pragma once

#include <applivery/error.hpp>

#include <curl/curl.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::detail {

/// Initialises libcurl with the first call, for the rest of the process. Any thread may call it.
CURLcode initializeCurl();

/// Why this libcurl cannot serve a request for this URL at all.
[[nodiscard]] std::optional<Error> refusalBy(const curl_version_info_data& linked, std::string_view url);

/// What this libcurl lacks that costs time alone: a sentence for each.
[[nodiscard]] std::vector<std::string> shortcomingsOf(const curl_version_info_data& linked);

}  // namespace applivery::detail
