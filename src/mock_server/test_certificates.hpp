/// @file
/// Certificates for servers on this machine, made when they are needed, so that none is kept in the repository and none
/// ever expires under the tests.
#pragma once

#include "mock_server/temporary_directory.hpp"

#include <string>

namespace applivery::mock {

/// Makes an authority and certificates signed by it, as PEM files that live as long as this object.
class TestCertificates {
public:
    /// @throws std::runtime_error where OpenSSL or the file system refuses.
    TestCertificates();

    /// The authority: what a client has to trust.
    [[nodiscard]] std::string caFile() const { return file("ca.pem"); }

    /// For `localhost` and `127.0.0.1`, valid now.
    [[nodiscard]] std::string serverCertFile() const { return file("server.pem"); }
    [[nodiscard]] std::string serverKeyFile() const { return file("server.key"); }

    /// Valid now, but for `wrong.example`.
    [[nodiscard]] std::string wrongHostCertFile() const { return file("wrong-host.pem"); }
    [[nodiscard]] std::string wrongHostKeyFile() const { return file("wrong-host.key"); }

    /// For `localhost` and `127.0.0.1`, expired yesterday.
    [[nodiscard]] std::string expiredCertFile() const { return file("expired.pem"); }
    [[nodiscard]] std::string expiredKeyFile() const { return file("expired.key"); }

    /// For `localhost` and `127.0.0.1`, valid from tomorrow on.
    [[nodiscard]] std::string notYetValidCertFile() const { return file("not-yet-valid.pem"); }
    [[nodiscard]] std::string notYetValidKeyFile() const { return file("not-yet-valid.key"); }

    /// For `localhost` and `127.0.0.1`, valid now, signed by its own key.
    [[nodiscard]] std::string selfSignedCertFile() const { return file("self-signed.pem"); }
    [[nodiscard]] std::string selfSignedKeyFile() const { return file("self-signed.key"); }

private:
    [[nodiscard]] std::string file(const char* name) const { return (directory_.path() / name).string(); }

    TemporaryDirectory directory_;
};

}  // namespace applivery::mock
