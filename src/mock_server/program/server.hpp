/// @file
/// The mock server of the program.
#pragma once

#include "mock_server/openssl.hpp"
#include "mock_server/raw_server.hpp"
#include "mock_server/test_certificates.hpp"
#include "options.hpp"
#include "state.hpp"

#include <memory>
#include <optional>
#include <string>

namespace applivery::mock {

/// Serves requests on 127.0.0.1 from construction to destruction.
class Server {
public:
    /// @throws std::exception if the server cannot listen or a file cannot be read.
    explicit Server(const ProgramOptions& options);

    [[nodiscard]] std::string baseUrl() const;

    /// Returns the path of the CA certificate. Empty without TLS.
    [[nodiscard]] std::string caFile() const { return certificates_ ? certificates_->caFile() : std::string(); }

private:
    State state_;
    std::optional<TestCertificates> certificates_;
    ServerContext tls_;                     // null without TLS
    std::optional<RawServer> connections_;  // declared last, because its threads use all other members
};

}  // namespace applivery::mock
