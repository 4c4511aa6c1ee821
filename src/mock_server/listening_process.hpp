/// @file
/// A server that is not ours, on a free port of this machine.
#pragma once

#include "mock_server/child_process.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace applivery::mock {

/// Runs from construction to destruction.
class ListeningProcess {
public:
    /// The program's path and arguments, for it to listen on this port of 127.0.0.1. Called for each attempt.
    using Command = std::function<std::vector<std::string>(int port)>;

    /// Returns when the program takes connections. @throws std::runtime_error where it does not come to that.
    explicit ListeningProcess(const Command& command);

    [[nodiscard]] int port() const noexcept { return port_; }

private:
    bool start(const Command& command);

    int port_ = 0;
    std::unique_ptr<ChildProcess> process_;
};

}  // namespace applivery::mock
