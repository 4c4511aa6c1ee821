/// @file
/// Defines ByteStream: an accepted TCP connection, with or without TLS.
#pragma once

#include "mock_server/openssl.hpp"
#include "mock_server/socket.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::mock {

/// Sends and receives bytes. Only interrupt() may be called on another thread.
class ByteStream {
public:
    explicit ByteStream(FileDescriptor socket) : socket_(std::move(socket)) { setNoDelay(socket_.get()); }

    /// Waits for the first byte. Returns a copy, so that the byte can still be received. Returns std::nullopt if the
    /// stream has ended. To be called before all other functions.
    [[nodiscard]] std::optional<char> firstByte() const;

    /// Performs a TLS handshake as the server. @return whether the handshake succeeded.
    [[nodiscard]] bool startTls(SSL_CTX* context);

    /// Appends the next bytes. @return whether bytes arrived before the end of the stream.
    [[nodiscard]] bool receive(std::string& buffer);

    /// Sends all bytes. @return whether all bytes were sent.
    [[nodiscard]] bool send(std::string_view bytes);

    /// Closes the connection. With TLS, announces the end of the stream first.
    void close();

    /// Closes the connection with a TCP reset.
    void reset();

    /// Ends the stream, and all waits of the thread that uses it. Does not close the descriptor. Thread-safe.
    void interrupt();

private:
    void closeSocket();

    std::mutex mutex_;  // guards the closing of socket_
    FileDescriptor socket_;
    TlsConnection tls_;  // null without TLS
};

}  // namespace applivery::mock
