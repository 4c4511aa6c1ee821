/// @file
/// The connections of libcurl and what wakes it, closed to the programs that the host starts. What it opens for the
/// time of a name look-up is out of reach.
#pragma once

#include "core/curl_handles.hpp"

namespace applivery::detail {

/// A multi handle that can be woken. Null where the system has no memory or no descriptors left.
[[nodiscard]] MultiHandle makeMultiHandle();

/// Opens a socket for a connection of libcurl, as CURLOPT_OPENSOCKETFUNCTION asks for it.
curl_socket_t openSocket(const curl_sockaddr& address) noexcept;

}  // namespace applivery::detail
