/// @file
/// The mock server of the program.
#pragma once

#include "mock_server/mock_server.hpp"
#include "mock_server/raw_server.hpp"
#include "options.hpp"

#include <memory>
#include <string>

namespace applivery::mock {

/// Serves requests from construction to destruction.
class Server {
public:
    /// @throws std::exception if the server cannot listen or a file cannot be read.
    explicit Server(const ProgramOptions& options);

    [[nodiscard]] std::string baseUrl() const { return url_; }

    /// Returns the path of the CA certificate. Empty without TLS.
    [[nodiscard]] std::string caFile() const { return service_.caFile(); }

private:
    MockServer service_;
    std::unique_ptr<RawServer> faultyServer_;  // set if faults are injected; uses service_
    std::string url_;
};

}  // namespace applivery::mock
