/// @file
/// A name whose look-up does not end: this program has a getaddrinfo of its own, which libcurl finds first.
#pragma once

namespace applivery::lifetime {

inline constexpr const char* blockedHost = "blocked.test";

/// Until a look-up of that name has begun that no call waited for before.
void waitForBlockedLookUp();

}  // namespace applivery::lifetime
