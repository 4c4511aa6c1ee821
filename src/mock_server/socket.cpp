#include "mock_server/socket.hpp"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace applivery::mock {
namespace {

#ifdef SOCK_CLOEXEC  // Linux and BSD

constexpr int sendFlags = MSG_NOSIGNAL;

bool createPipe(int* ends) {
    return ::pipe2(ends, O_CLOEXEC) == 0;
}

int createSocket() {
    return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

int acceptSocket(int listener) {
    return ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
}

#else  // macOS

constexpr int sendFlags = 0;

int closedInChildren(int descriptor) {
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    return descriptor;
}

int withoutSigpipe(int socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof yes);
    return socket;
}

bool createPipe(int* ends) {
    if (::pipe(ends) != 0) return false;
    closedInChildren(ends[0]);
    closedInChildren(ends[1]);
    return true;
}

int createSocket() {
    return withoutSigpipe(closedInChildren(::socket(AF_INET, SOCK_STREAM, 0)));
}

int acceptSocket(int listener) {
    return withoutSigpipe(closedInChildren(::accept(listener, nullptr, nullptr)));
}

#endif

}  // namespace

void FileDescriptor::reset() noexcept {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
}

void checkSystemCall(bool success, const std::string& operation) {
    if (!success) throw std::system_error(errno, std::generic_category(), operation);
}

Pipe makePipe() {
    std::array<int, 2> ends{};
    checkSystemCall(createPipe(ends.data()), "pipe");
    return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

FileDescriptor openTcpSocket() {
    FileDescriptor socket(createSocket());
    checkSystemCall(socket.get() >= 0, "socket");
    return socket;
}

sockaddr_in loopbackAddress(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

bool connectToLoopback(int socket, int port) {
    const sockaddr_in address = loopbackAddress(port);
    return ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

std::string listening(int port) {
    return "cannot listen on 127.0.0.1:" + std::to_string(port);
}

Listener listenOnLoopback(int backlog, int port) {
    Listener listener{openTcpSocket(), 0};
    const int socket = listener.socket.get();
    // Allows a port that another process has just released. A free port is never reused.
    const int yes = 1;
    if (port != 0) ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address = loopbackAddress(port);
    socklen_t length = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    checkSystemCall(::bind(socket, generic, length) == 0, listening(port));
    checkSystemCall(::listen(socket, backlog) == 0, "listen");
    checkSystemCall(::getsockname(socket, generic, &length) == 0, "getsockname");
    listener.port = ntohs(address.sin_port);
    return listener;
}

FileDescriptor acceptConnection(const Listener& listener) {
    return FileDescriptor(acceptSocket(listener.socket.get()));
}

bool sendAll(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), sendFlags);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void setNoDelay(int socket) {
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

std::string loopbackUrl(const std::string& scheme, int port) {
    return scheme + "://127.0.0.1:" + std::to_string(port);
}

}  // namespace applivery::mock
