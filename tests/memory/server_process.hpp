/// @file
/// A server in another process, where no allocation fails.
#pragma once

namespace applivery::test {

/// Returns the port of the server on 127.0.0.1.
[[nodiscard]] int serverPort();

}  // namespace applivery::test
