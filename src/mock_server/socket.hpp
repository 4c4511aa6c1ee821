/// @file
/// Helpers for TCP sockets on 127.0.0.1.
#pragma once

#include <netinet/in.h>
#include <string>
#include <string_view>
#include <utility>

namespace applivery::mock {

/// Owns a file descriptor and closes it.
class FileDescriptor {
public:
    explicit FileDescriptor(int number = -1) noexcept : number_(number) {}
    FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~FileDescriptor() { reset(); }

    [[nodiscard]] int get() const noexcept { return number_; }
    void reset() noexcept;

private:
    int number_;
};

/// A pipe whose ends are closed in child processes.
struct Pipe {
    FileDescriptor reader;
    FileDescriptor writer;
};

/// A listening socket and its port.
struct Listener {
    FileDescriptor socket;
    int port = 0;
};

/// Checks the result of a system call. @throws std::system_error with `errno` if the call failed.
void checkSystemCall(bool success, const std::string& operation);

/// Creates a pipe. @throws std::system_error if the pipe cannot be created.
[[nodiscard]] Pipe makePipe();

/// Creates a TCP socket. @throws std::system_error if the socket cannot be created.
[[nodiscard]] FileDescriptor openTcpSocket();

/// Returns the address 127.0.0.1 with this port.
[[nodiscard]] sockaddr_in loopbackAddress(int port);

/// Connects a socket to a port of 127.0.0.1. @return whether the connection is established.
bool connectToLoopback(int socket, int port);

/// Returns the operation of listening on this port of 127.0.0.1, for checkSystemCall().
[[nodiscard]] std::string listening(int port);

/// Listens on 127.0.0.1.
/// @param port 0 selects a free port.
/// @throws std::system_error if the port is in use or cannot be bound.
[[nodiscard]] Listener listenOnLoopback(int backlog, int port = 0);

/// Waits for a connection. @return a descriptor below 0 if the listening socket was shut down.
[[nodiscard]] FileDescriptor acceptConnection(const Listener& listener);

/// Sends all bytes without raising SIGPIPE. @return whether all bytes were sent.
bool sendAll(int socket, std::string_view bytes);

/// Sends small writes at once, without Nagle's algorithm.
void setNoDelay(int socket);

/// Returns `SCHEME://127.0.0.1:PORT`.
[[nodiscard]] std::string loopbackUrl(const std::string& scheme, int port);

}  // namespace applivery::mock
