/// @file
/// The seam between the library and the network: one HTTP exchange. Replace it to record, or to send through a stack of
/// your own; to test without a network, by FakeTransport of applivery/testing/fake_transport.hpp.
#pragma once

#include <applivery/cancellation.hpp>
#include <applivery/export.hpp>
#include <applivery/result.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

APPLIVERY_WARNINGS_PUSH
namespace applivery {

struct ClientOptions;

/// Names and values, in order. Names compare without regard to case.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// A request without a body.
struct HttpRequest {
    std::string method{};   ///< Such as `GET`.
    std::string url{};      ///< Absolute, percent-encoded.
    HttpHeaders headers{};  ///< With the token, in `Authorization`.
    /// The most time that this exchange may take, where that is less than a transport's own limit.
    std::optional<std::chrono::milliseconds> timeout{};
    /// Called at most once and before `done`, on any thread, when the request leaves the transport's queue and its time
    /// begins. A transport without a queue need not call it. Must not throw and must not block.
    std::function<void()> onStart{};
};

/// An answer, whatever its status.
struct HttpResponse {
    int status = 0;          ///< Of HTTP, such as 200.
    HttpHeaders headers{};   ///< As they came.
    std::string body{};      ///< Decompressed.
    std::string protocol{};  ///< Such as `HTTP/2`; for the log only.
};

/// Sends requests. An implementation must be safe to use from many threads at once, and to destroy on any thread.
class APPLIVERY_API HttpTransport {
public:
    virtual ~HttpTransport();

    /// Starts one exchange: no retry, no redirect followed, no knowledge of builds.
    ///
    /// Calls `done` exactly once, on any thread, also on this one before the call returns. Any answer is a value,
    /// whatever its status, also where the body of a status other than 2xx is cut off or too large; errors are of the
    /// kinds connection, tls, timeout, cancelled, responseTooLarge, invalidArgument and invalidResponse. When the token
    /// is cancelled or the transport is destroyed, `done` gets ErrorKind::cancelled. `done` must not throw and must not
    /// block.
    ///
    /// Whether an error may pass by itself is for the caller to say: a client decides it by the error's kind.
    ///
    /// May throw where it cannot begin; it then need not call `done`. A client's own `done` also bears what should not
    /// be: only the first call counts, and where the last copy is dropped without one, the client's call fails.
    virtual void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) = 0;
};

/// The real transport, on libcurl: one event loop on one thread, which starts with the first request and ends with the
/// transport, and in which signals are blocked; connections are kept and, over HTTP/2, shared. Share one transport
/// among clients to share connections.
///
/// Uses of the options: connectTimeout, requestTimeout, maxConnections, maxResponseBytes, proxy, caBundle. Destroying
/// it completes all requests, queued or in flight, as cancelled, and may be done from inside a `done`; so does the end
/// of the process. Over TLS, requests to a server wait for a connection that is just being made to it, for at most half
/// a second, so that they can share it where it is one of HTTP/2.
///
/// The first one calls `curl_global_init`, which nothing here undoes. A host program that does so itself, with flags of
/// its own or since its libcurl is older than 7.84 and other threads may use it, does it before; neither disturbs the
/// other.
[[nodiscard]] APPLIVERY_API std::shared_ptr<HttpTransport> makeCurlTransport(const ClientOptions& options);

}  // namespace applivery
APPLIVERY_WARNINGS_POP
