/// @file
/// An HTTP server without knowledge of builds. No other file uses cpp-httplib.
#pragma once

#include "mock_server/http_message.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace applivery::mock {

/// Returns the response to a request. Called on the threads of the listener.
using RequestHandler = std::function<ScriptedResponse(RecordedRequest)>;

struct ListenerOptions {
    std::string certificateFile{};  ///< PEM. Empty for HTTP without TLS.
    std::string keyFile{};          ///< PEM.
    bool gzip = true;               ///< Compresses responses if the client accepts gzip.
    std::size_t connections = 64;   ///< Maximum number of open connections.
    int port = 0;                   ///< 0 selects a free port.
};

/// Listens on 127.0.0.1 from construction to stop().
class HttpListener {
public:
    /// @throws std::runtime_error if the listener cannot listen, for example because the port is in use.
    HttpListener(const ListenerOptions& options, RequestHandler handler);
    ~HttpListener();
    HttpListener(const HttpListener&) = delete;
    HttpListener& operator=(const HttpListener&) = delete;

    [[nodiscard]] int port() const noexcept;

    /// Closes all connections and waits for running handlers.
    void stop();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace applivery::mock
