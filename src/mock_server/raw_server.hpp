/// @file
/// A server of bytes, for what no HTTP library can be made to send.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::mock {

/// One accepted connection, for the handler on its thread. Every wait ends when the server stops.
class Connection {
public:
    virtual ~Connection() = default;

    /// Counts the server's connections from 0.
    [[nodiscard]] virtual std::size_t index() const = 0;

    /// The next request up to and including its empty line; nothing where the peer or the server ended first.
    virtual std::optional<std::string> readRequestHead() = 0;

    /// Sends all of it. @return whether that went well; false is the time to return from the handler.
    virtual bool write(std::string_view bytes) = 0;

    /// @return whether the time passed without the server being stopped.
    virtual bool pause(std::chrono::milliseconds time) = 0;

    /// Waits until the peer closes the connection or the server stops.
    virtual void waitForPeerOrStop() = 0;

    /// Ends the connection in order. So does returning from the handler.
    virtual void close() = 0;

    /// Ends the connection with a reset, as a crash would.
    virtual void closeHard() = 0;
};

using ConnectionHandler = std::function<void(Connection&)>;

struct RawServerOptions {
    bool recordsHeads = true;  ///< Keep every request's head, for requestHeads() and waitForRequests().
    int port = 0;              ///< 0: one that is free.
};

/// Listens on 127.0.0.1 from construction to destruction, and runs the handler on a thread of its own
/// for each connection. The destructor ends all connections and waits for the handlers, whose every call then returns.
/// All members are safe to call from many threads at once.
class RawServer {
public:
    /// @throws std::runtime_error where it cannot listen.
    explicit RawServer(ConnectionHandler handler, RawServerOptions options = {});
    ~RawServer();
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    /// `http://127.0.0.1:PORT`.
    [[nodiscard]] std::string baseUrl() const;
    [[nodiscard]] int port() const noexcept;

    [[nodiscard]] std::size_t connectionCount() const;

    /// All request heads that handlers have read, in order.
    [[nodiscard]] std::vector<std::string> requestHeads() const;

    /// Waits until `count` request heads have been read in all. @return whether they have.
    [[nodiscard]] bool waitForRequests(std::size_t count,
                                       std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;

    /// Waits until `count` connections have been accepted in all. @return whether they have.
    [[nodiscard]] bool waitForConnections(std::size_t count,
                                          std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;

    /// Waits until `count` connections have sent something in all, such as the beginning of a handshake. @return
    /// whether they have.
    [[nodiscard]] bool waitForFirstBytes(std::size_t count,
                                         std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace applivery::mock
