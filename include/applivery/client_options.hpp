/// @file
/// Defines ClientOptions, the configuration of clients and transports.
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

/// Lists the levels of log lines.
enum class LogLevel {
    debug,    ///< An attempt succeeded.
    warning,  ///< An attempt failed and is retried, or libcurl lacks a feature.
    error,    ///< A call failed, or a callback threw an exception.
};

/// Returns the enumerator's name, such as `"warning"`.
[[nodiscard]] APPLIVERY_API std::string_view toString(LogLevel level) noexcept;

/// Prints the enumerator's name.
APPLIVERY_API std::ostream& operator<<(std::ostream& out, LogLevel level);

/// Receives the lines of the log, without a newline.
///
/// Called on any thread, several at once: a logger must be thread-safe. If a logger throws, the exception is ignored
/// and the line is lost. A logger may destroy clients and start asynchronous calls. A blocking call fails on a thread
/// of the library.
using Logger = std::function<void(LogLevel level, std::string_view line)>;

/// Configures a client, and the transport that the client creates.
///
/// @code
/// applivery::ClientOptions options = applivery::ClientOptions::fromEnvironment();
/// options.maxRequestsPerSecond = 5;
/// options.log = [](applivery::LogLevel, std::string_view line) { std::clog << line << '\n'; };
/// const applivery::BuildsClient client{applivery::AppToken{token}, options};
/// @endcode
///
/// `connectTimeout`, `requestTimeout`, `maxConnections`, `proxy` and `caBundle` configure the transport. A client that
/// receives a transport ignores them. `maxResponseBytes` limits the body in the transport. The client limits the memory
/// of the decoded builds to the same value, but at least 8 MiB.
///
/// If a value is invalid, each call of the client fails with ErrorKind::invalidArgument.
struct ClientOptions {
    /// URL of the service. A path, such as the prefix of a gateway, is kept. Plain http is refused except to loopback.
    std::string baseUrl = "https://api.applivery.io";
    /// Time limit of the name look-up, connection, proxy and TLS handshake together; above 0.
    std::chrono::milliseconds connectTimeout{std::chrono::seconds{10}};
    /// Time limit of one attempt, from the connection to the last byte; above 0. Time in a queue does not count.
    ///
    /// If nothing arrived on the connection during the last half of this time, the connection and its requests end. The
    /// next request makes a new connection.
    std::chrono::milliseconds requestTimeout{std::chrono::seconds{30}};
    RetryPolicy retry{};  ///< Rules of retries.
    /// Rate limit: largest number of requests in any second, rounded up, retries included. Absent: no limit.
    ///
    /// Applies to all clients of a transport together. If their limits differ, the lowest one applies while its client
    /// exists. Calls that have to wait are sent at equal intervals.
    ///
    /// A pause that the service requests by HTTP 429 delays all clients of the transport. Without a rate limit, calls
    /// resume after the pause with jitter: see RetryPolicy::random.
    std::optional<double> maxRequestsPerSecond{};
    /// Largest number of open connections to one host, at least 1.
    ///
    /// Further requests wait in a first-in, first-out queue. No time limit runs in the queue, and cancelling takes
    /// effect at once.
    int maxConnections = 8;
    std::size_t maxResponseBytes = std::size_t{64} << 20U;  ///< Largest body of a response in bytes, decompressed.
    /// URL of a proxy, with credentials if needed. An empty text disables proxies.
    ///
    /// The scheme is `http` (the default), `https`, `socks4`, `socks4a`, `socks5` or `socks5h`. An explicit proxy
    /// overrides all variables of the environment. If absent, the variables `https_proxy`, `no_proxy` and the like
    /// apply, except for plain http to loopback.
    std::optional<std::string> proxy{};
    /// PEM file of trusted authorities, which replace the system's. Empty: the system's.
    ///
    /// Apple's libcurl of macOS also trusts the system's authorities if this file is set.
    std::string caBundle{};
    std::string userAgentSuffix{};   ///< Appended to `User-Agent: applivery-cpp/<version>`.
    bool allowInsecureHttp = false;  ///< Whether the token may be sent over plain http to hosts other than loopback.
    bool keepRawJson = false;        ///< Whether to set BuildPage::rawJson.
    bool keepUnknownFields = false;  ///< Whether to set Build::unknownFields.
    Logger log{};                    ///< Receives one line for each request, never with a token.
    std::shared_ptr<Clock> clock{};  ///< Clock of backoffs, rate limit and waits. Null: the machine's clock.
    /// Executor of asynchronous calls, such as the event loop of a window or a server. Null: a thread of the library.
    ///
    /// Receives tasks, which decode responses and run callbacks. Run each task exactly once, on any thread. If the
    /// executor drops a task or throws, the task's call fails with ErrorKind::connection on that thread.
    ///
    /// @code
    /// options.executor = [&loop](std::function<void()> task) { loop.post(std::move(task)); };
    /// @endcode
    ///
    /// - Called on several threads at once: on the threads that start or cancel calls or destroy clients, and on
    ///   threads of the library.
    /// - Must not block. An executor may run a task inline.
    /// - Must outlive the client, and a shared transport.
    /// - Must not own the queue in which tasks wait, because each task holds a copy of the executor.
    ///
    /// The library's own thread starts with the first asynchronous call, and ends with the client.
    std::function<void(std::function<void()> task)> executor{};

    /// Returns the default options, changed by variables of the environment.
    ///
    /// - `baseUrl` is `APPLIVERY_BASE_URL`. If this variable is not set, `APPLIVERY_TENANT` is used: a label gives
    ///   `https://api.LABEL.applivery.io`, and a domain gives `https://api.DOMAIN`.
    /// - `caBundle` is `CURL_CA_BUNDLE`. If this variable is not set, `SSL_CERT_FILE` is used.
    ///
    /// Does not check the values: if one is invalid, each call of the client fails. Not safe while another thread
    /// changes the environment.
    ///
    /// libcurl itself reads the proxy variables and `SSLKEYLOGFILE`. If `SSLKEYLOGFILE` is set, the keys of each TLS
    /// connection are written to the file of this name. Anyone who has the file can then decrypt the tokens on the
    /// wire.
    [[nodiscard]] APPLIVERY_API static ClientOptions fromEnvironment();
};

}  // namespace applivery
