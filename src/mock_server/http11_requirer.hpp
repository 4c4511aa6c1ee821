/// @file
/// A server that speaks HTTP/2 only to ask for HTTP/1.1.
#pragma once

#include "mock_server/tls_server.hpp"

#include <atomic>
#include <cstddef>
#include <string>

namespace applivery::mock {

/// Resets every stream of HTTP/2 with the code HTTP_1_1_REQUIRED (RFC 9113, section 7). Members are safe to call from
/// many threads at once.
class Http11Requirer {
public:
    /// @param response the bytes that each request over HTTP/1.1 gets; empty: none, and the connection is closed.
    /// @throws std::runtime_error if the server cannot listen.
    explicit Http11Requirer(std::string response);

    [[nodiscard]] std::string baseUrl() const { return server_.baseUrl(); }
    [[nodiscard]] std::string caFile() const { return server_.caFile(); }

    /// Returns how many requests came over HTTP/1.1.
    [[nodiscard]] std::size_t http11Requests() const { return http11Requests_; }

private:
    void serve(SSL* tls);
    void answer(SSL* tls);

    const std::string response_;
    std::atomic<std::size_t> http11Requests_{0};
    TlsServer server_;  // its destructor ends what uses the others
};

}  // namespace applivery::mock
