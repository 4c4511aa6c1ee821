/// @file
/// A server that accepts HTTP/2 connections but requires HTTP/1.1.
#pragma once

#include "mock_server/tls_server.hpp"

#include <atomic>
#include <cstddef>
#include <string>

namespace applivery::mock {

/// Resets every HTTP/2 stream with the code HTTP_1_1_REQUIRED (RFC 9113, section 7). All members are thread-safe.
class Http11RequiredServer {
public:
    /// @param response bytes sent for each request over HTTP/1.1. If empty, the server closes the connection.
    /// @throws std::runtime_error if OpenSSL fails. @throws std::system_error if the server cannot listen.
    explicit Http11RequiredServer(std::string response);

    [[nodiscard]] std::string baseUrl() const { return server_.baseUrl(); }
    [[nodiscard]] std::string caFile() const { return server_.caFile(); }

    /// Returns the number of requests over HTTP/1.1.
    [[nodiscard]] std::size_t http11Requests() const { return http11Requests_; }

private:
    void serve(SSL* tls);
    void respond(SSL* tls);

    const std::string response_;
    std::atomic<std::size_t> http11Requests_{0};
    TlsServer server_;  // declared last, because its threads use all other members
};

}  // namespace applivery::mock
