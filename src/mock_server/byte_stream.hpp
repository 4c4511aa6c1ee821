/// @file
/// An accepted TCP connection, with or without TLS.
#pragma once

#include "mock_server/openssl.hpp"
#include "mock_server/socket.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::mock {

/// Sends and receives bytes. Used on one thread, except for interrupt().
class ByteStream {
public:
    explicit ByteStream(FileDescriptor socket) : socket_(std::move(socket)) { setNoDelay(socket_.get()); }

    /// Waits for the first byte and returns it, without receiving it. Absent if the stream has ended.
    [[nodiscard]] std::optional<char> firstByte() const;

    /// Performs a TLS handshake as the server. @return whether the handshake succeeded.
    [[nodiscard]] bool startTls(SSL_CTX* context);

    /// Appends the next bytes. @return whether bytes arrived before the end of the stream.
    [[nodiscard]] bool receive(std::string& buffer);

    /// Sends all bytes. @return whether all bytes were sent.
    [[nodiscard]] bool send(std::string_view bytes);

    void close();

    /// Resets the connection, as a crash does.
    void reset();

    /// Ends the stream from another thread.
    void interrupt();

private:
    void closeSocket();

    std::mutex mutex_;  // guards the closing of socket_
    FileDescriptor socket_;
    TlsConnection tls_;  // null without TLS
};

}  // namespace applivery::mock
