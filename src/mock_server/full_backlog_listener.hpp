/// @file
/// A port to which a client cannot connect, as behind a firewall that drops packets.
#pragma once

#include "mock_server/socket.hpp"

#include <string>
#include <vector>

namespace applivery::mock {

/// Listens on 127.0.0.1 with a full backlog and never accepts, so that connecting to the port never completes.
class FullBacklogListener {
public:
    /// @throws std::system_error if the socket cannot listen.
    FullBacklogListener();

    /// Returns `http://127.0.0.1:PORT`.
    [[nodiscard]] std::string baseUrl() const { return loopbackUrl("http", listener_.port); }

private:
    Listener listener_;
    std::vector<FileDescriptor> connections_;  // fill the backlog
};

}  // namespace applivery::mock
