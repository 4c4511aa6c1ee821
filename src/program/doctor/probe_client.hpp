/// @file
/// Calls of the library, of which the answers are kept as they came. The query may be one that the library itself
/// would not send.
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
    Result<BuildPage> page;                ///< What the library makes of it.
    std::optional<HttpResponse> response;  ///< The last one. Absent: none came.
};

/// What the library would send, without a query. A failure is why it would not.
[[nodiscard]] Result<HttpRequest> requestOf(const Credentials& credentials, ClientOptions options);

class ProbeClient {
public:
    /// @param most how many requests may be sent, retries included; what is beyond fails as invalidArgument.
    ProbeClient(const Credentials& credentials, ClientOptions options, std::shared_ptr<HttpTransport> transport,
                int most);

    /// Of the first page unless the query says otherwise.
    [[nodiscard]] ProbeResult ask(const QueryParameters& query, const CancellationToken& token);

    [[nodiscard]] int requestCount() const;

    /// Of every answer, with its status: what is told of limits may be in any.
    [[nodiscard]] std::vector<std::pair<int, HttpHeaders>> headers() const;

private:
    class Transport;
    std::shared_ptr<Transport> transport_;
    BuildsClient client_;
};

}  // namespace applivery::program
