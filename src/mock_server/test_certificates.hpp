/// @file
/// TLS certificates for servers on this machine. The certificates are created at run time, so that none is stored in
/// the repository and none expires.
#pragma once

#include "mock_server/temporary_directory.hpp"

#include <string>

namespace applivery::mock {

/// Creates a certificate authority and certificates that the authority has signed. The PEM files exist as long as this
/// object.
class TestCertificates {
public:
    /// @throws std::runtime_error if OpenSSL fails. @throws std::system_error if no directory can be created.
    TestCertificates();

    /// Returns the certificate of the authority, which a client must trust.
    [[nodiscard]] std::string caFile() const { return file("ca.pem"); }

    /// Valid for `localhost` and `127.0.0.1`.
    [[nodiscard]] std::string serverCertFile() const { return file("server.pem"); }
    [[nodiscard]] std::string serverKeyFile() const { return file("server.key"); }

    /// Valid for `wrong.example`.
    [[nodiscard]] std::string wrongHostCertFile() const { return file("wrong-host.pem"); }
    [[nodiscard]] std::string wrongHostKeyFile() const { return file("wrong-host.key"); }

    /// For `localhost` and `127.0.0.1`. Expired yesterday.
    [[nodiscard]] std::string expiredCertFile() const { return file("expired.pem"); }
    [[nodiscard]] std::string expiredKeyFile() const { return file("expired.key"); }

    /// For `localhost` and `127.0.0.1`. Valid from tomorrow.
    [[nodiscard]] std::string notYetValidCertFile() const { return file("not-yet-valid.pem"); }
    [[nodiscard]] std::string notYetValidKeyFile() const { return file("not-yet-valid.key"); }

    /// For `localhost` and `127.0.0.1`. Valid for more than 7,000 years.
    [[nodiscard]] std::string endlessCertFile() const { return file("endless.pem"); }
    [[nodiscard]] std::string endlessKeyFile() const { return file("endless.key"); }

    /// For `localhost` and `127.0.0.1`. Signed by its own key.
    [[nodiscard]] std::string selfSignedCertFile() const { return file("self-signed.pem"); }
    [[nodiscard]] std::string selfSignedKeyFile() const { return file("self-signed.key"); }

private:
    [[nodiscard]] std::string file(const char* name) const { return (directory_.path() / name).string(); }

    TemporaryDirectory directory_;
};

}  // namespace applivery::mock
