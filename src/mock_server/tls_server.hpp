/// @file
/// A server of TLS and nothing above it, for handshakes that no HTTP library can be made to do.
#pragma once

#include "mock_server/test_certificates.hpp"

#include <functional>
#include <memory>
#include <openssl/ssl.h>
#include <string>

namespace applivery::mock {

/// Listens on 127.0.0.1, on a free port, from construction to destruction. The destructor ends all connections. Members
/// are safe to call from many threads at once.
class TlsServer {
public:
    using SetUp = std::function<void(SSL_CTX*)>;
    using Handler = std::function<void(SSL*)>;

    /// @param setUp changes the settings of TLS before the first connection.
    /// @param handler serves one connection after its handshake, on a thread of its own.
    /// @throws std::runtime_error if the server cannot listen.
    explicit TlsServer(const SetUp& setUp, Handler handler = {});
    ~TlsServer();
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    /// `https://127.0.0.1:PORT`.
    [[nodiscard]] std::string baseUrl() const;
    [[nodiscard]] std::string caFile() const { return certificates_.caFile(); }

private:
    class Impl;
    TestCertificates certificates_;
    std::unique_ptr<Impl> impl_;
};

/// Requires a certificate of its clients.
[[nodiscard]] TlsServer::SetUp requiringClientCertificates();

/// Speaks TLS 1.1 and nothing newer.
[[nodiscard]] TlsServer::SetUp speakingOldTls();

}  // namespace applivery::mock
