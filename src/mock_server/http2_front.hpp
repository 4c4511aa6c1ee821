/// @file
/// A server that is not ours before one that is: nginx with TLS and HTTP/2.
#pragma once

#include "mock_server/listening_process.hpp"
#include "mock_server/temporary_directory.hpp"
#include "mock_server/test_certificates.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace applivery::mock {

/// Listens on 127.0.0.1, on a free port, and passes every request on to a server of ours by HTTP/1.1. All answers go
/// through as they are, compressed ones too.
class Http2Front {
public:
    /// @param backendPort on 127.0.0.1. @param protocols as nginx names them after `ssl`: `http2`, or empty.
    /// @param streams how many requests may share a connection of HTTP/2.
    /// @throws std::runtime_error where nginx is missing or does not start.
    explicit Http2Front(int backendPort, const std::string& protocols = "http2", int streams = 128);

    /// `https://127.0.0.1:PORT`.
    [[nodiscard]] std::string baseUrl() const { return "https://127.0.0.1:" + std::to_string(process_.port()); }
    [[nodiscard]] int port() const noexcept { return process_.port(); }
    [[nodiscard]] std::string caFile() const { return certificates_.caFile(); }

    struct Request {
        int connection = 0;  ///< The same for all requests of one connection.
        std::string protocol{};
        double ended = 0;  ///< In seconds.
        double took = 0;   ///< In seconds.
    };
    /// Those that it has answered so far.
    [[nodiscard]] std::vector<Request> requests() const;

    /// The most connections that were in use, from their first request to their last, at the same time.
    [[nodiscard]] std::size_t peakConnections() const;

private:
    [[nodiscard]] std::vector<std::string> command(int port, int backendPort, const std::string& protocols,
                                                   int streams) const;

    TemporaryDirectory directory_;
    TestCertificates certificates_;
    ListeningProcess process_;
};

}  // namespace applivery::mock
