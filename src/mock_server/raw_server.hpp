/// @file
/// A server that sends arbitrary bytes, for responses that HTTP libraries refuse to send.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct ssl_ctx_st;  // SSL_CTX of OpenSSL

namespace applivery::mock {

/// Represents one accepted connection. The handler uses the connection on a thread of its own. Every wait ends when the
/// server stops.
class Connection {
public:
    virtual ~Connection() = default;

    /// Returns the number of connections that the server accepted before this one.
    [[nodiscard]] virtual std::size_t index() const = 0;

    /// Waits for the first byte. Returns a copy, so that the byte can still be read. Returns std::nullopt if the peer
    /// has closed the connection or the server stops. To be called before all other functions.
    virtual std::optional<char> firstByte() = 0;

    /// Performs a TLS handshake. All later reads and writes use TLS. @return whether the handshake succeeded.
    virtual bool startTls(ssl_ctx_st* context) = 0;

    /// Returns the next request up to and including the empty line, and skips the body of the previous request. Returns
    /// std::nullopt if the peer has closed the connection, the head is larger than 256 KiB, or the server stops.
    virtual std::optional<std::string> readRequestHead() = 0;

    /// Sends all bytes. @return whether all bytes were sent. If false, the handler must return.
    virtual bool write(std::string_view bytes) = 0;

    /// Waits. @return true if the time passed, false if the server stopped the wait.
    virtual bool pause(std::chrono::milliseconds time) = 0;

    /// Waits until the peer closes the connection or the server stops.
    virtual void waitForPeerOrStop() = 0;

    /// Closes the connection, as returning from the handler does.
    virtual void close() = 0;

    /// Closes the connection with a TCP reset.
    virtual void reset() = 0;
};

using ConnectionHandler = std::function<void(Connection&)>;

struct RawServerOptions {
    bool recordsHeads = true;  ///< Stores request heads for requestHeads() and waitForRequests().
    int port = 0;              ///< 0 selects a free port.
};

/// Listens on 127.0.0.1 from construction to destruction. Runs the handler for each connection on a thread of its own.
/// The destructor ends all connections and waits for the handlers. All members are thread-safe.
class RawServer {
public:
    /// @throws std::system_error if the server cannot listen.
    explicit RawServer(ConnectionHandler handler, RawServerOptions options = {});
    ~RawServer();
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    /// Returns `http://127.0.0.1:PORT`.
    [[nodiscard]] std::string baseUrl() const;
    [[nodiscard]] int port() const noexcept;

    [[nodiscard]] std::size_t connectionCount() const;

    /// Returns all request heads that handlers have read, in order.
    [[nodiscard]] std::vector<std::string> requestHeads() const;

    /// Waits until `count` request heads have been read. @return whether `count` was reached.
    [[nodiscard]] bool waitForRequests(std::size_t count,
                                       std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;

    /// Waits until `count` connections have been accepted. @return whether `count` was reached.
    [[nodiscard]] bool waitForConnections(std::size_t count,
                                          std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;

    /// Waits until `count` connections have received bytes, such as the first bytes of a TLS handshake.
    /// @return whether `count` was reached.
    [[nodiscard]] bool waitForFirstBytes(std::size_t count,
                                         std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace applivery::mock
