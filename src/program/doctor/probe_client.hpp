/// @file
/// Calls of the library that keep the raw response, with a request that the library itself may not send.
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

/// A request for a list.
struct ProbeRequest {
    ProbeRequest(QueryParameters parameters = {}, std::string suffix = {})  // NOLINT(google-explicit-constructor)
        : query(std::move(parameters)), pathSuffix(std::move(suffix)) {}

    QueryParameters query;
    std::string pathSuffix;  ///< Text after the path of the library's requests.
};

/// Returns what follows the path of the library's requests: the suffix and the query.
[[nodiscard]] std::string targetOf(const ProbeRequest& request);

/// The result of one call.
struct ProbeResult {
    Result<BuildPage> page;                ///< The response as the library decodes it.
    std::optional<HttpResponse> response;  ///< The last response; absent if there was none.
};

/// Returns the request that the library would send, without its query; or the library's error.
[[nodiscard]] Result<HttpRequest> requestOf(const Credentials& credentials, ClientOptions options);

/// Lists builds, and keeps the responses. Logs each request as it was sent, instead of the library's log.
class ProbeClient {
public:
    enum class Retry {
        failures,   ///< As the client's options say.
        rateLimit,  ///< Only after status 429 or without a response. Any other response is the result.
    };

    /// @param maxRequests number of requests that may be sent, including retries. Further requests fail with
    /// ErrorKind::invalidArgument.
    ProbeClient(const Credentials& credentials, ClientOptions options, std::shared_ptr<HttpTransport> transport,
                int maxRequests);

    /// Lists builds with this query, and no other parameters.
    [[nodiscard]] ProbeResult list(const QueryParameters& query, const CancellationToken& token) {
        return send(query, Retry::failures, token);
    }

    /// Sends the request.
    [[nodiscard]] ProbeResult send(const ProbeRequest& request, Retry retry, const CancellationToken& token);

    /// Returns the number of requests that were sent, including retries.
    [[nodiscard]] int requestCount() const;

    /// Returns whether no further request may be sent.
    [[nodiscard]] bool isExhausted() const;

    /// Returns the status and the headers of each response, because any of them may report a rate limit.
    [[nodiscard]] std::vector<std::pair<int, HttpHeaders>> headers() const;

private:
    class Transport;
    std::shared_ptr<Transport> transport_;
    BuildsClient client_;
    BuildsClient clientForAnyResponse_;  // of Retry::rateLimit
};

}  // namespace applivery::program
