/// @file
/// How a client behaves. The defaults suit a program on a developer's machine and in CI.
#pragma once

#include <applivery/clock.hpp>
#include <applivery/export.hpp>
#include <applivery/retry_policy.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace applivery {

/// How much a line of the log matters.
enum class LogLevel {
    debug,    ///< Each attempt that succeeded.
    warning,  ///< Each attempt that failed and is tried again.
    error,    ///< Each call that failed.
};

/// The enumerator's name, such as `"warning"`.
[[nodiscard]] APPLIVERY_API std::string_view toString(LogLevel level) noexcept;

/// Prints toString().
APPLIVERY_API std::ostream& operator<<(std::ostream& out, LogLevel level);

/// Receives lines without a newline, on whichever thread has something to say; must be safe to call from many at once.
/// What it throws is dropped with the line. It may destroy clients and start asynchronous calls; on a thread of the
/// library's own a call that waits is refused.
using Logger = std::function<void(LogLevel level, std::string_view line)>;

/// A plain value. `connectTimeout`, `requestTimeout`, `maxConnections`, `proxy` and `caBundle` are the transport's:
/// they are ignored where a client is given one, which was made with options of its own. `maxResponseBytes` counts
/// twice, there for what arrives, and in the client for the builds that are made of it.
struct ClientOptions {
    /// Where the service is; a path, such as a gateway's prefix, is kept. Plain http is refused except to loopback.
    std::string baseUrl = "https://api.applivery.io";
    /// The limit of name look-up, connection, proxy and TLS; above 0.
    std::chrono::milliseconds connectTimeout{std::chrono::seconds{10}};
    /// The limit of one attempt, from the start to the last byte; above 0. After a time-out, a connection on which
    /// nothing arrived is closed with all its requests, and the next request makes a new one.
    std::chrono::milliseconds requestTimeout{std::chrono::seconds{30}};
    RetryPolicy retry{};  ///< When to try again.
    /// Limits the rate of requests, retries included: no second holds more than this number, rounded up. Applies to all
    /// clients that share a transport; if their limits differ, the lowest one of the clients that exist applies. Calls
    /// that have to wait leave at even distances. Absent: no limit.
    ///
    /// A pause that the service asks for by HTTP 429 holds back all clients of the transport. Without a limit, calls
    /// leave the pause with jitter, by RetryPolicy::random.
    std::optional<double> maxRequestsPerSecond{};
    /// How many connections may be open to one host. Requests that they have no room for wait in a queue, first come,
    /// first served: no time-out runs there, and cancelling takes effect at once. At least 1.
    int maxConnections = 8;
    std::size_t maxResponseBytes = std::size_t{64} << 20U;  ///< Of one answer's body, decompressed.
    /// URL of a proxy, with credentials where needed; empty for none. The scheme is `http` (also if there is none),
    /// `https`, `socks4`, `socks4a`, `socks5` or `socks5h`. Absent: `https_proxy`, `no_proxy` and the like
    /// decide, which they don't otherwise; plain http to loopback then goes through none.
    std::optional<std::string> proxy{};
    std::string caBundle{};  ///< PEM file of the authorities that are trusted instead of the system's. Empty: those.
    std::string userAgentSuffix{};   ///< Appended to `User-Agent: applivery-cpp/<version>`.
    bool allowInsecureHttp = false;  ///< Send the token over plain http to hosts other than loopback.
    bool keepRawJson = false;        ///< Fill BuildPage::rawJson.
    bool keepUnknownFields = false;  ///< Fill Build::unknownFields.
    Logger log{};                    ///< One line a request, never with a token.
    std::shared_ptr<Clock> clock{};  ///< Time, for backoff. Null: the machine's.
    /// Where the answers of asynchronous calls are decoded and their completions run, such as the loop of a window or a
    /// server: is given tasks, each to be run once, on any thread. Null: a thread of the library's own, which starts
    /// with the first asynchronous call, and ends with the client.
    ///
    /// Called from many threads at once, with the call, the cancelling or the destruction that has something for it, or
    /// on a thread of the library's own; must not block. A task that is run inline does its work there; one that is
    /// dropped, or at which this throws, ends its call with ErrorKind::connection where that happens. Must outlive the
    /// client, and the transport where that is shared. Tasks hold a copy of this: it must not own the queue that they
    /// wait in.
    std::function<void(std::function<void()> task)> executor{};

    /// The defaults, with `APPLIVERY_BASE_URL`, or else `APPLIVERY_TENANT` (a label, for
    /// `https://api.LABEL.applivery.io`, or a domain, for `https://api.DOMAIN`), and
    /// `CURL_CA_BUNDLE` or else `SSL_CERT_FILE`. What they hold is checked by the first call. Not safe while another
    /// thread changes the environment.
    ///
    /// libcurl itself reads the proxy variables, and `SSLKEYLOGFILE`: where that is set, the keys of every TLS
    /// connection are written to the file that it names, and with them who has the file can read tokens on the wire.
    [[nodiscard]] APPLIVERY_API static ClientOptions fromEnvironment();
};

}  // namespace applivery
