/// @file
/// What a network, a gateway or a hostile server may do to a call, and what the call makes of it.
#pragma once

#include "mock_server/raw_server.hpp"

#include <applivery/error.hpp>

#include <optional>
#include <string>
#include <vector>

namespace applivery::mock {

/// How a call reaches the server.
enum class Way { plain, tls, proxy, proxyTunnel };

struct Fault {
    std::string name;  ///< In a few words, for the guide's table.
    ConnectionHandler behaviour;
    std::optional<ErrorKind> kind;  ///< What a call makes of it. Absent: it brings its page all the same.
    bool isTriedAgain = false;
    Way way = Way::plain;
};

/// All of them, with what is expected.
[[nodiscard]] std::vector<Fault> faultMatrix();

/// The fault's name as one word, such as `reset-after-the-request`.
[[nodiscard]] std::string wordFor(const Fault& fault);

}  // namespace applivery::mock
