/// @file
/// A stand-in for the service on this machine: both APIs over real sockets, with or without TLS.
#pragma once

#include "mock_server/answers.hpp"
#include "mock_server/mock_service.hpp"
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
    bool tls = false;
    std::optional<TlsFiles> tlsFiles{};  ///< With `tls`; absent: generated, see MockServer::caFile().
    std::chrono::milliseconds delay{0};  ///< Before every answer.
    bool gzip = true;                    ///< Compress for clients that accept it.
    std::size_t connections = 64;        ///< How many may be open at once; more wait.
    int port = 0;                        ///< 0: one that is free.
    bool recordsRequests = true;         ///< Keep every request, for requests() and waitForRequests().
};

/// Listens on 127.0.0.1 from construction to destruction. The destructor closes every connection and
/// ends every delay; it waits for hooks that are running.
///
/// A request is recorded, then looked up in the script, then delayed, then answered by the service's rules unless the
/// script had an answer. All members are safe to call from many threads at once.
class MockServer {
public:
    /// @throws std::runtime_error where it cannot listen, or the TLS files cannot be used.
    explicit MockServer(MockServerOptions options = {});
    ~MockServer();
    MockServer(const MockServer&) = delete;
    MockServer& operator=(const MockServer&) = delete;

    /// `http://127.0.0.1:PORT` or `https://127.0.0.1:PORT`, with the rules' path prefix.
    [[nodiscard]] std::string baseUrl() const;
    [[nodiscard]] int port() const noexcept;

    /// The authority of the generated certificate; empty without one.
    [[nodiscard]] std::string caFile() const;

    /// Apps, tokens and builds.
    [[nodiscard]] Directory& directory() noexcept;
    [[nodiscard]] ServiceRules rules() const;
    void setRules(ServiceRules rules);
    void setDelay(std::chrono::milliseconds delay);

    /// Gives the next `times` requests this answer.
    void enqueue(ScriptedAnswer answer, int times = 1);

    /// Gives the next `times` requests for this page this answer; a request without `page` is for page 1.
    void enqueueForPage(int page, ScriptedAnswer answer, int times = 1);

    /// Gives the next `times` requests that match this answer. The matcher must not call the server.
    void enqueueIf(Matcher matches, ScriptedAnswer answer, int times = 1);

    /// Sets what sees the requests that no queued answer took; an empty one removes it.
    void setHook(Hook hook);

    /// How many queued answers are still to be given.
    [[nodiscard]] int pendingAnswers() const;

    /// Forgets queued answers and the hook.
    void clearScript();

    /// What the service's rules answer to this request: for hooks that change a part of it.
    [[nodiscard]] ScriptedAnswer serviceAnswer(const RecordedRequest& request) const;

    /// All requests so far, in order of arrival.
    [[nodiscard]] std::vector<RecordedRequest> requests() const;
    [[nodiscard]] std::size_t requestCount() const;
    void clearRequests();

    /// The most requests that were waiting for their answer at the same time.
    [[nodiscard]] std::size_t peakConcurrency() const;

    /// Waits until `count` requests have arrived in all. @return whether they have.
    [[nodiscard]] bool waitForRequests(std::size_t count,
                                       std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace applivery::mock
