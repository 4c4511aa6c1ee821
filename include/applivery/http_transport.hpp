/// @file
/// Defines the interface between the library and the network.
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

/// Holds header fields in order: pairs of name and value. Names are compared without regard to case.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// Represents a request without a body.
struct HttpRequest {
    std::string method{};   ///< Such as `GET`.
    std::string url{};      ///< Absolute and percent-encoded.
    HttpHeaders headers{};  ///< Header fields, with the token in `Authorization`.
    /// Time limit of this exchange. Applies if it is shorter than the transport's own limit.
    std::optional<std::chrono::milliseconds> timeout{};
    /// Called when the request leaves the transport's queue and its time limit begins.
    ///
    /// Called at most once and before `done`, on any thread. Must not throw or block. A transport without a queue need
    /// not call this function.
    std::function<void()> onStart{};
};

/// Represents a response of any status.
struct HttpResponse {
    int status = 0;          ///< HTTP status, such as 200.
    HttpHeaders headers{};   ///< Header fields in the order of arrival.
    std::string body{};      ///< Decompressed body.
    std::string protocol{};  ///< Such as `HTTP/2`. Used in the log only.
};

/// Sends requests: one HTTP exchange for each.
///
/// Implement this interface to record requests or to send them with another HTTP library. For tests, use FakeTransport
/// of applivery/testing/fake_transport.hpp. An implementation must be thread-safe, and must allow destruction on any
/// thread.
///
/// @code
/// class CountingTransport final : public applivery::HttpTransport {
/// public:
///     explicit CountingTransport(std::shared_ptr<applivery::HttpTransport> next) : next_(std::move(next)) {}
///
///     void send(applivery::HttpRequest request, applivery::CancellationToken token,
///               std::function<void(applivery::Result<applivery::HttpResponse>)> done) override {
///         ++count_;
///         next_->send(std::move(request), std::move(token), std::move(done));
///     }
///
///     [[nodiscard]] int count() const noexcept { return count_; }
///
/// private:
///     std::shared_ptr<applivery::HttpTransport> next_;
///     std::atomic<int> count_{0};
/// };
/// @endcode
class APPLIVERY_API HttpTransport {
public:
    virtual ~HttpTransport();

    /// Starts one exchange and returns. Does not retry, and does not follow redirects.
    ///
    /// Calls `done` exactly once, on any thread, also on the calling thread before this function returns. `done` must
    /// not throw or block. Its argument is one of the following:
    ///
    /// - A response of any status. If the status is not 2xx, the body may be cut off, by the network or by a size
    ///   limit.
    /// - An error of the kind connection, tls, timeout, responseTooLarge, invalidArgument or invalidResponse. The
    ///   client decides by the kind and by Error::httpStatus() whether to retry.
    /// - ErrorKind::cancelled, if the token was cancelled or the transport was destroyed.
    ///
    /// An implementation may throw if it cannot start the exchange, and then need not call `done`. The client tolerates
    /// faulty implementations. Only the first call of `done` counts. If the last copy of `done` is destroyed without a
    /// call, the client's call fails.
    virtual void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) = 0;
};

/// Creates the default transport, which uses libcurl.
///
/// The transport runs one event loop on one thread. The thread starts with the first request and ends with the
/// transport. Signals are blocked on this thread, except those of its own errors, such as SIGSEGV. Connections are kept
/// for later requests, and are shared over HTTP/2. To share connections among clients, give them the same transport.
///
/// @code
/// const std::shared_ptr<applivery::HttpTransport> shared = applivery::makeCurlTransport({});
/// const applivery::BuildsClient ios{applivery::AppToken{iosToken}, {}, shared};
/// const applivery::BuildsClient android{applivery::AppToken{androidToken}, {}, shared};
/// @endcode
///
/// Uses connectTimeout, requestTimeout, maxConnections, maxResponseBytes, proxy, caBundle and log of the options.
///
/// The destructor completes all requests with ErrorKind::cancelled; so does the end of the process. A `done` may
/// destroy the transport.
///
/// Over TLS, a request waits at most 500 ms while another request connects to the same server. Both requests then share
/// the connection if the server has HTTP/2.
///
/// The first transport calls `curl_global_init`; the library never calls `curl_global_cleanup`. The program may call
/// both itself. It must call `curl_global_init` first in these cases:
///
/// - It needs other flags than CURL_GLOBAL_DEFAULT.
/// - libcurl is older than 7.84, and other threads may use it meanwhile.
[[nodiscard]] APPLIVERY_API std::shared_ptr<HttpTransport> makeCurlTransport(const ClientOptions& options);

}  // namespace applivery
APPLIVERY_WARNINGS_POP
