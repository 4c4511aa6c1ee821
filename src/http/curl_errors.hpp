/// @file
/// libcurl's codes as errors of this library.
#pragma once

#include <applivery/error.hpp>

#include <curl/curl.h>

namespace applivery::detail {

[[nodiscard]] Error errorFromCurl(CURLcode code);

}  // namespace applivery::detail
