/// @file
/// Creates multi handles of libcurl.
#pragma once

#include "core/curl_handles.hpp"

namespace applivery::detail {

/// Creates a multi handle that curl_multi_wakeup() can wake.
///
/// On Linux, programs that this process starts do not inherit the descriptors of the handle. Returns null if the system
/// has no memory or no descriptors left.
[[nodiscard]] MultiHandle makeMultiHandle();

}  // namespace applivery::detail
