/// @file
/// A forward proxy: tinyproxy.
#pragma once

#include "mock_server/listening_process.hpp"
#include "mock_server/temporary_directory.hpp"

#include <string>
#include <vector>

namespace applivery::mock {

/// Runs tinyproxy on a free port of 127.0.0.1.
class HttpProxy {
public:
    /// @param user required from clients. Empty for a proxy without authentication.
    /// @param password required from clients.
    /// @throws std::runtime_error if tinyproxy is missing or does not start.
    explicit HttpProxy(std::string user = {}, std::string password = {});

    /// Returns `http://127.0.0.1:PORT`, with the credentials (`user:password`) if given.
    [[nodiscard]] std::string url(const std::string& credentials = {}) const;

    /// Returns the log of tinyproxy, which has a line for each request.
    [[nodiscard]] std::string log() const;

private:
    [[nodiscard]] std::vector<std::string> command(int port) const;

    TemporaryDirectory directory_;
    std::string user_;
    std::string password_;
    ListeningProcess process_;
};

}  // namespace applivery::mock
