/// @file
/// HTTP over sockets, and nothing of builds: the only part that knows cpp-httplib.
#pragma once

#include "mock_server/exchange.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace applivery::mock {

/// Answers a request, on one of the listener's threads.
using RequestHandler = std::function<ScriptedAnswer(RecordedRequest)>;

struct ListenerOptions {
    std::string certificateFile{};  ///< PEM; empty: no TLS.
    std::string keyFile{};
    bool gzip = true;
    std::size_t connections = 64;
    int port = 0;  ///< 0: one that is free.
};

/// Listens on 127.0.0.1 from construction to stop().
class HttpListener {
public:
    /// @throws std::runtime_error where it cannot listen, such as on a port that is taken.
    HttpListener(const ListenerOptions& options, RequestHandler handler);
    ~HttpListener();
    HttpListener(const HttpListener&) = delete;
    HttpListener& operator=(const HttpListener&) = delete;

    [[nodiscard]] int port() const noexcept;

    /// Closes all connections and waits for the handlers that are running.
    void stop();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace applivery::mock
