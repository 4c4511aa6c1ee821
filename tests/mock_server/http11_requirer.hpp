/// @file
/// A server that speaks HTTP/2 only to ask for HTTP/1.1.
#pragma once

#include "mock_server/test_certificates.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace applivery::mock {

/// Listens on 127.0.0.1, on a free port, over TLS. Resets every stream of HTTP/2 with the code HTTP_1_1_REQUIRED
/// (RFC 9113, section 7). Members are safe to call from many threads at once.
class Http11Requirer {
public:
    /// @param response the bytes that each request over HTTP/1.1 gets; empty: none, and the connection is closed.
    /// @throws std::runtime_error if the server cannot listen.
    explicit Http11Requirer(std::string response);
    ~Http11Requirer();
    Http11Requirer(const Http11Requirer&) = delete;
    Http11Requirer& operator=(const Http11Requirer&) = delete;

    /// `https://127.0.0.1:PORT`.
    [[nodiscard]] std::string baseUrl() const;
    [[nodiscard]] std::string caFile() const { return certificates_.caFile(); }

    /// Returns how many requests came over HTTP/1.1.
    [[nodiscard]] std::size_t http11Requests() const;

private:
    class Impl;
    TestCertificates certificates_;
    std::unique_ptr<Impl> impl_;
};

}  // namespace applivery::mock
