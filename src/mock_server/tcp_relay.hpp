/// @file
/// A relay between a client and a server that forgets connections, as a NAT or a load balancer does.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>

namespace applivery::mock {

/// Listens on 127.0.0.1, on a free port, and passes bytes on in both directions. Members are safe to call from many
/// threads at once.
class TcpRelay {
public:
    /// @param targetPort of the server, on 127.0.0.1.
    /// @throws std::system_error if the relay cannot listen.
    explicit TcpRelay(int targetPort);
    ~TcpRelay();
    TcpRelay(const TcpRelay&) = delete;
    TcpRelay& operator=(const TcpRelay&) = delete;

    [[nodiscard]] int port() const noexcept;

    /// Passes nothing on any more, in either direction, over the connections that exist now. The connections stay open
    /// and bytes of the client are still received. New connections work.
    void mute();

    /// Returns how many connections were accepted in all.
    [[nodiscard]] std::size_t connectionCount() const;

    /// Waits until the client has closed every muted connection. @return whether it has.
    [[nodiscard]] bool waitUntilMutedAreClosed(std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace applivery::mock
