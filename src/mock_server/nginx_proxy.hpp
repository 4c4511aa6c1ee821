/// @file
/// A reverse proxy with TLS and HTTP/2: nginx.
#pragma once

#include "mock_server/listening_process.hpp"
#include "mock_server/socket.hpp"
#include "mock_server/temporary_directory.hpp"
#include "mock_server/test_certificates.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace applivery::mock {

/// Runs nginx on a free port of 127.0.0.1. Forwards all requests to a backend by HTTP/1.1. Responses, even compressed
/// ones, are forwarded unchanged.
class NginxProxy {
public:
    /// @param backendPort the port of the backend on 127.0.0.1.
    /// @param protocols `http2`, or empty for HTTP/1.1 only.
    /// @param streams maximum number of concurrent requests on a connection of HTTP/2.
    /// @throws std::runtime_error if nginx is missing or does not start.
    explicit NginxProxy(int backendPort, const std::string& protocols = "http2", int streams = 128);

    /// Returns `https://127.0.0.1:PORT`.
    [[nodiscard]] std::string baseUrl() const { return loopbackUrl("https", process_.port()); }
    [[nodiscard]] int port() const noexcept { return process_.port(); }
    [[nodiscard]] std::string caFile() const { return certificates_.caFile(); }

    /// A request in the log of nginx.
    struct Request {
        int connection = 0;  ///< Number of the connection.
        std::string protocol{};
        double endSeconds = 0;  ///< Time of the end since the epoch.
        double durationSeconds = 0;
    };

    /// Returns the completed requests.
    [[nodiscard]] std::vector<Request> requests() const;

    /// Returns the highest number of connections in use at the same time. A connection is in use from the start of its
    /// first request to the end of its last request.
    [[nodiscard]] std::size_t peakConnections() const;

private:
    [[nodiscard]] std::vector<std::string> command(int port, int backendPort, const std::string& protocols,
                                                   int streams) const;

    TemporaryDirectory directory_;
    TestCertificates certificates_;
    ListeningProcess process_;
};

}  // namespace applivery::mock
