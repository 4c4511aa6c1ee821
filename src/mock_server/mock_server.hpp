/// @file
/// A mock of the service: both APIs over HTTP or HTTPS on this machine.
#pragma once

#include "mock_server/mock_service.hpp"
#include "mock_server/responses.hpp"
#include "mock_server/script.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace applivery::mock {

/// PEM files.
struct TlsFiles {
    std::string certificate{};
    std::string key{};
};

struct MockServerOptions {
    ServiceRules rules{};
    bool tls = false;  ///< Serves HTTPS.
    /// For `tls`. If absent, a certificate is generated: see MockServer::caFile().
    std::optional<TlsFiles> tlsFiles{};
    std::chrono::milliseconds delay{0};  ///< Before each response.
    bool gzip = true;                    ///< Compresses responses if the client accepts gzip.
    std::size_t connections = 64;        ///< Maximum number of open connections. Further connections wait.
    int port = 0;                        ///< 0 selects a free port.
};

/// Listens on 127.0.0.1 from construction to destruction. The destructor closes every connection, ends every delay and
/// waits for running hooks.
///
/// The server records a request, looks for a scripted response, waits for the delay and sends the scripted response or
/// the response of the service. All members are thread-safe.
class MockServer {
public:
    /// @throws std::runtime_error if the server cannot listen or the TLS files are invalid.
    explicit MockServer(MockServerOptions options = {});
    ~MockServer();
    MockServer(const MockServer&) = delete;
    MockServer& operator=(const MockServer&) = delete;

    /// Returns `http://127.0.0.1:PORT` or `https://127.0.0.1:PORT`, followed by the path prefix of the rules.
    [[nodiscard]] std::string baseUrl() const;
    [[nodiscard]] int port() const noexcept;

    /// Returns the path of the generated authority's certificate. Empty if no certificate was generated.
    [[nodiscard]] std::string caFile() const;

    /// Returns the apps, organizations and tokens.
    [[nodiscard]] Accounts& accounts() noexcept;
    [[nodiscard]] ServiceRules rules() const;
    void setRules(ServiceRules rules);
    void setDelay(std::chrono::milliseconds delay);

    /// Queues a response for the next `times` requests.
    void enqueue(ScriptedResponse response, int times = 1);

    /// Queues a response for the next `times` requests for this page. A request without `page` is for page 1.
    void enqueueForPage(int page, ScriptedResponse response, int times = 1);

    /// Queues a response for the next `times` matching requests. The matcher must not call the server.
    void enqueueIf(Matcher matches, ScriptedResponse response, int times = 1);

    /// Sets a hook, which receives the requests without a queued response. An empty function removes the hook.
    void setHook(Hook hook);

    /// Returns the number of queued responses that are left.
    [[nodiscard]] int pendingResponses() const;

    /// Removes all queued responses and the hook.
    void clearScript();

    /// Returns the response of the service, for hooks that change a part of the response.
    [[nodiscard]] ScriptedResponse serviceResponse(const RecordedRequest& request) const;

    /// Returns all requests in the order of their arrival.
    [[nodiscard]] std::vector<RecordedRequest> requests() const;
    [[nodiscard]] std::size_t requestCount() const;
    void clearRequests();

    /// Returns the highest number of requests that waited for a response at the same time.
    [[nodiscard]] std::size_t peakConcurrency() const;

    /// Waits until `count` requests have arrived. @return whether `count` was reached.
    [[nodiscard]] bool waitForRequests(std::size_t count,
                                       std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace applivery::mock
