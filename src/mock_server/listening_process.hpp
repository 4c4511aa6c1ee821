/// @file
/// A third-party server that runs as a child process on a free port of 127.0.0.1.
#pragma once

#include "mock_server/child_process.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace applivery::mock {

/// Runs a server from construction to destruction.
class ListeningProcess {
public:
    /// Returns the path and the arguments of a server that listens on this port of 127.0.0.1. Called for each attempt.
    using Command = std::function<std::vector<std::string>(int port)>;

    /// Returns when the server accepts connections. @throws std::runtime_error if no attempt succeeds.
    explicit ListeningProcess(const Command& command);

    [[nodiscard]] int port() const noexcept { return port_; }

private:
    bool start(const Command& command);

    int port_ = 0;
    std::unique_ptr<ChildProcess> process_;
};

}  // namespace applivery::mock
