/// @file
/// libcurl as a whole, in this process.
#pragma once

#include <curl/curl.h>

namespace applivery::detail {

/// Initialises libcurl with the first call, for the rest of the process. Any thread may call it.
CURLcode initializeCurl();

}  // namespace applivery::detail
