/// @file
/// The mock server that the options describe.
#pragma once

#include "mock_server/mock_server.hpp"
#include "mock_server/raw_server.hpp"
#include "options.hpp"

#include <memory>
#include <string>

namespace applivery::mock {

/// Answers from construction to destruction.
class Server {
public:
    /// @throws std::exception where it cannot listen, or cannot read the builds.
    explicit Server(const ProgramOptions& options);

    [[nodiscard]] std::string baseUrl() const { return url_; }

    /// Empty without TLS.
    [[nodiscard]] std::string caFile() const { return service_.caFile(); }

private:
    MockServer service_;
    std::unique_ptr<RawServer> front_;  // where something shall go wrong; it asks the other
    std::string url_;
};

}  // namespace applivery::mock
