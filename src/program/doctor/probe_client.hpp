/// @file
/// Calls of the library that keep the raw response, with a query that the library itself may not send.
#pragma once

#include <applivery/builds_client.hpp>
#include <applivery/credentials.hpp>
#include <applivery/http_transport.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery::program {

using QueryParameters = std::vector<std::pair<std::string, std::string>>;

struct ProbeResult {
    Result<BuildPage> page;                ///< The response as the library decodes it.
    std::optional<HttpResponse> response;  ///< The last response; absent if there was none.
};

/// Returns the request that the library would send, without its query; or the library's error.
[[nodiscard]] Result<HttpRequest> requestOf(const Credentials& credentials, ClientOptions options);

/// Lists builds, and keeps the responses.
class ProbeClient {
public:
    /// @param maxRequests number of requests that may be sent, including retries. Further requests fail with
    /// ErrorKind::invalidArgument.
    ProbeClient(const Credentials& credentials, ClientOptions options, std::shared_ptr<HttpTransport> transport,
                int maxRequests);

    /// Lists builds with this query, and no other parameters.
    [[nodiscard]] ProbeResult list(const QueryParameters& query, const CancellationToken& token);

    [[nodiscard]] int requestCount() const;

    /// Returns the status and the headers of each response, because any of them may report a rate limit.
    [[nodiscard]] std::vector<std::pair<int, HttpHeaders>> headers() const;

private:
    class Transport;
    std::shared_ptr<Transport> transport_;
    BuildsClient client_;
};

}  // namespace applivery::program
