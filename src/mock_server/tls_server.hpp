/// @file
/// A TLS server without HTTP, for handshakes that HTTP libraries do not support.
#pragma once

#include "mock_server/test_certificates.hpp"

#include <functional>
#include <memory>
#include <openssl/ssl.h>
#include <string>

namespace applivery::mock {

/// Listens on a free port of 127.0.0.1 from construction to destruction. The destructor ends all connections. All
/// members are thread-safe.
class TlsServer {
public:
    using Configure = std::function<void(SSL_CTX*)>;
    using Handler = std::function<void(SSL*)>;

    /// @param configure changes the TLS settings before the first connection.
    /// @param handler serves one connection after the handshake, on a thread of its own.
    /// @throws std::runtime_error if OpenSSL fails. @throws std::system_error if the server cannot listen.
    explicit TlsServer(const Configure& configure, Handler handler = {});
    ~TlsServer();
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    /// Returns `https://127.0.0.1:PORT`.
    [[nodiscard]] std::string baseUrl() const;
    [[nodiscard]] std::string caFile() const { return certificates_.caFile(); }

private:
    class Impl;
    TestCertificates certificates_;
    std::unique_ptr<Impl> impl_;
};

/// Configures a server to require client certificates.
[[nodiscard]] TlsServer::Configure requireClientCertificates();

/// Configures a server to offer nothing newer than TLS 1.1.
[[nodiscard]] TlsServer::Configure offerOnlyOldTls();

}  // namespace applivery::mock
