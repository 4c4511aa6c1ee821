#include "mock_server/listening_process.hpp"

#include "mock_server/socket.hpp"

#include <chrono>
#include <stdexcept>
#include <thread>

namespace applivery::mock {
namespace {

using namespace std::chrono_literals;

// Returns a port that is free. The servers cannot take over a socket that listens already, so the port is released
// before they start.
int releasedPort() {
    return listenOnLoopback(1).port;
}

bool acceptsConnections(int port) {
    return connectToLoopback(openTcpSocket().get(), port);
}

}  // namespace

ListeningProcess::ListeningProcess(const Command& command) {
    constexpr int attempts = 5;  // another process may take the released port first
    for (int i = 0; i < attempts; ++i) {
        if (start(command)) return;
    }
    throw std::runtime_error("starting " + command(port_).front() + " failed");
}

bool ListeningProcess::start(const Command& command) {
    port_ = releasedPort();
    process_ = std::make_unique<ChildProcess>(command(port_));
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (process_->isRunning() && std::chrono::steady_clock::now() < deadline) {
        if (acceptsConnections(port_) && process_->isRunning()) return true;
        std::this_thread::sleep_for(5ms);
    }
    return false;
}

}  // namespace applivery::mock
