/// @file
/// A `curl_multi_perform` that consumes pending wake-ups, as libcurl 8.21 does. The program's own definition replaces
/// libcurl's.
#pragma once

#include <functional>

namespace applivery::lifetime {

/// Runs `action` once, on the thread of the event loop: at the start of the next `curl_multi_perform`, before that call
/// consumes the pending wake-ups.
void duringNextPerform(std::function<void()> action);

/// Returns how often `curl_multi_wakeup` was called so far.
[[nodiscard]] int wakeUpCount();

}  // namespace applivery::lifetime
