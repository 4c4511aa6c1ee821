/// @file
/// libcurl's codes as errors of this library.
#pragma once

#include <applivery/error.hpp>

#include <curl/curl.h>

#include <string_view>

namespace applivery::detail {

/// @param detail libcurl's own words. They decide between what the code leaves open, and are never shown: they may
/// repeat what the server or the user sent. @param usesProxy whether the options name a proxy, which the message then
/// does too.
[[nodiscard]] Error errorFromCurl(CURLcode code, std::string_view detail = {}, bool usesProxy = false);

/// A proxy's answer to CONNECT.
[[nodiscard]] Error refusedByProxy(int status);

}  // namespace applivery::detail
