/// @file
/// The seam between the library and the network: one HTTP exchange. Replace it to test without a network, to record, or
/// to send through a stack of your own.
#pragma once

#include <applivery/cancellation.hpp>
#include <applivery/export.hpp>
#include <applivery/result.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace applivery {

struct ClientOptions;

/// Names and values, in order. Names compare without regard to case.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// A request without a body.
struct HttpRequest {
    std::string method{};  ///< Such as `GET`.
    std::string url{};     ///< Absolute, percent-encoded.
    HttpHeaders headers{};
};

/// An answer, whatever its status.
struct HttpResponse {
    int status = 0;
    HttpHeaders headers{};
    std::string body{};      ///< Decompressed.
    std::string protocol{};  ///< Such as `HTTP/2`; for the log only.
};

/// Sends requests. An implementation must be safe to use from many threads at once.
class APPLIVERY_API HttpTransport {
public:
    virtual ~HttpTransport();

    /// Starts one exchange: no retry, no redirect followed, no knowledge of builds.
    ///
    /// Calls `done` exactly once, on any thread, also on this one before the call returns. Any answer is a value,
    /// whatever its status; errors are of the kinds connection, tls, timeout, cancelled, responseTooLarge,
    /// invalidArgument and invalidResponse. When the token is cancelled or the transport is destroyed, `done` gets
    /// ErrorKind::cancelled. `done` must not throw and must not block.
    virtual void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) = 0;
};

/// The real transport, on libcurl: one event loop on one thread, which starts with the first request and ends with the
/// transport; connections are kept and, over HTTP/2, shared. Share one transport among clients to share connections.
///
/// Uses of the options: connectTimeout, requestTimeout, maxResponseBytes, proxy, caBundle. Destroying it completes all
/// requests in flight as cancelled, and may be done from inside a `done`.
[[nodiscard]] APPLIVERY_API std::shared_ptr<HttpTransport> makeCurlTransport(const ClientOptions& options);

}  // namespace applivery
