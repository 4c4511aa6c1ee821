/// @file
/// A name look-up that never ends. The program defines getaddrinfo(), which libcurl uses instead of the system's.
#pragma once

namespace applivery::lifetime {

inline constexpr const char* blockedHost = "blocked.test";

/// Waits until a new look-up of the name has started.
void waitForBlockedLookUp();

}  // namespace applivery::lifetime
