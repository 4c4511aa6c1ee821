#include "mock_server/listening_process.hpp"

#include <arpa/inet.h>
#include <chrono>
#include <cstdint>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace applivery::mock {
namespace {

using namespace std::chrono_literals;

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

// A port that was free a moment ago: such programs take none that is open already.
int freePort() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    const bool found = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(socket);
    if (!found) throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

bool answers(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(port);
    const bool connected = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

}  // namespace

ListeningProcess::ListeningProcess(const Command& command) {
    constexpr int attempts = 5;  // another process may take the port first
    for (int i = 0; i < attempts; ++i) {
        if (start(command)) return;
    }
    throw std::runtime_error(command(port_).front() + " does not start");
}

bool ListeningProcess::start(const Command& command) {
    port_ = freePort();
    process_ = std::make_unique<ChildProcess>(command(port_));
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (process_->isRunning() && std::chrono::steady_clock::now() < deadline) {
        if (answers(port_) && process_->isRunning()) return true;
        std::this_thread::sleep_for(5ms);
    }
    return false;
}

}  // namespace applivery::mock
