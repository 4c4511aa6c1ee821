/// @file
/// A TCP relay that can drop connections silently, as a NAT or a load balancer does.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>

namespace applivery::mock {

/// Listens on a free port of 127.0.0.1 and passes bytes on in both directions. All members are thread-safe.
class TcpRelay {
public:
    /// @param targetPort the port of the server on 127.0.0.1.
    /// @throws std::system_error if the relay cannot listen.
    explicit TcpRelay(int targetPort);
    ~TcpRelay();
    TcpRelay(const TcpRelay&) = delete;
    TcpRelay& operator=(const TcpRelay&) = delete;

    [[nodiscard]] int port() const noexcept;

    /// Stops passing bytes on, in both directions, on all existing connections. These connections stay open, and the
    /// relay receives and drops the client's bytes. New connections are not affected.
    void mute();

    /// Returns the number of connections that were accepted so far.
    [[nodiscard]] std::size_t connectionCount() const;

    /// Waits until the client has closed every muted connection. Returns false if the timeout ended first.
    [[nodiscard]] bool waitUntilMutedConnectionsClose(std::chrono::milliseconds timeout = std::chrono::seconds{
                                                          10}) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace applivery::mock
