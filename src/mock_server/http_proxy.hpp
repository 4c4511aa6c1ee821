/// @file
/// A proxy that is not ours: tinyproxy.
#pragma once

#include "mock_server/listening_process.hpp"
#include "mock_server/temporary_directory.hpp"

#include <string>
#include <vector>

namespace applivery::mock {

/// Listens on 127.0.0.1, on a free port.
class HttpProxy {
public:
    /// @param user @param password that it asks for; empty: none.
    /// @throws std::runtime_error where tinyproxy is missing or does not start.
    explicit HttpProxy(std::string user = {}, std::string password = {});

    /// `http://127.0.0.1:PORT`, with the given `user:password@` where there is one.
    [[nodiscard]] std::string url(const std::string& credentials = {}) const;

    /// What it has written so far: a line for each request among others.
    [[nodiscard]] std::string log() const;

private:
    [[nodiscard]] std::vector<std::string> command(int port) const;

    TemporaryDirectory directory_;
    std::string user_;
    std::string password_;
    ListeningProcess process_;
};

}  // namespace applivery::mock
