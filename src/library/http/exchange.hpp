/// @file
/// Defines Exchange: one request on one handle of libcurl.
#pragma once

#include "core/curl_handles.hpp"
#include "http/exchange_options.hpp"
#include "http/response_collector.hpp"
#include "http/tls_failure.hpp"

#include <applivery/cancellation.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/result.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <optional>
#include <string_view>

namespace applivery::detail {

class Exchange;

/// Holds exchanges. An exchange moves between lists with its node, so that a move never allocates.
using Exchanges = std::list<Exchange>;

/// Represents one request from its submission to its completion. Used on the event loop's thread after the submission.
class Exchange {
public:
    using Done = std::function<void(Result<HttpResponse>)>;
    using Time = std::chrono::steady_clock::time_point;

    Exchange(HttpRequest request, CancellationToken token, Done done);
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    /// Stores the list whose last element is this exchange. To be called once, after the construction in the list.
    void setList(Exchanges& list) noexcept;

    /// Moves this exchange to the end of another list.
    void moveTo(Exchanges& list) noexcept;

    [[nodiscard]] bool isCancelled() const noexcept { return token_.isCancelled(); }

    /// Calls `wake` when the exchange is cancelled, on the thread that cancels.
    void watchCancellation(std::function<void()> wake);

    [[nodiscard]] bool isOverTls() const noexcept;

    /// Returns scheme, host and port of the URL, as written there.
    [[nodiscard]] std::string_view origin() const noexcept;

    /// Takes the handle, and sets all its options for this request. The options must outlive the exchange.
    [[nodiscard]] std::optional<Error> begin(EasyHandle handle, const ExchangeOptions& options, Reuse reuse) noexcept;

    /// Returns the time of begin().
    [[nodiscard]] Time startedAt() const noexcept { return startedAt_; }

    /// Returns whether the exchange must not use an existing connection.
    [[nodiscard]] bool usesNewConnection() const noexcept { return reuse_.none; }

    /// Reads the progress of the transfer. When the exchange has left libcurl's queue, starts the time limits and calls
    /// HttpRequest::onStart.
    ///
    /// To be called after each curl_multi_perform(). Returns whether the exchange has a connection.
    [[nodiscard]] bool updateProgress() noexcept;

    /// Returns the time at which the exchange times out; Time::max() while it is in a queue.
    [[nodiscard]] Time deadline() const noexcept { return deadline_; }

    /// Returns the local port of the connection. Exchanges with one host and the same port share a connection.
    [[nodiscard]] long connection() const noexcept;

    /// Returns the time at which bytes last arrived on the connection, as far as is known; at first, the time at which
    /// the exchange left libcurl's queue.
    [[nodiscard]] Time lastReceivedAt() const noexcept { return lastReceivedAt_; }

    /// Records that bytes arrived for another exchange on the same connection.
    void recordReceived(Time at) noexcept { lastReceivedAt_ = std::max(lastReceivedAt_, at); }

    /// Returns the time limit of the exchange.
    [[nodiscard]] std::chrono::milliseconds timeLimit() const noexcept { return timeLimit_; }

    /// Makes the exchange time out now. To be called for all exchanges on the connection: libcurl then closes the
    /// connection after the last of them.
    void abandonConnection(Time now) noexcept;

    [[nodiscard]] bool hasAbandonedConnection() const noexcept { return hasAbandonedConnection_; }

    /// @{
    /// Returns whether the response arrived over this protocol. Both are false before the response.
    [[nodiscard]] bool isOverHttp1() const noexcept;
    [[nodiscard]] bool isOverHttp2() const noexcept;
    /// @}

    [[nodiscard]] CURL* handle() const noexcept { return handle_.get(); }

    /// Returns the handle, reset, so that it has no pointers to this exchange.
    [[nodiscard]] EasyHandle releaseHandle() noexcept;

    /// Returns the outcome of a transfer that ended with `code`.
    [[nodiscard]] Result<HttpResponse> outcome(CURLcode code) noexcept;

    /// Calls the completion handler. Exceptions that it throws are ignored.
    void complete(Result<HttpResponse> result) noexcept;

    /// Returns an error of ErrorKind::cancelled.
    [[nodiscard]] static Error cancelled() noexcept;

private:
    [[nodiscard]] std::optional<Error> setHeaders();
    [[nodiscard]] std::optional<Error> setAllOptions();
    [[nodiscard]] bool isConnected() const noexcept;
    [[nodiscard]] bool hasLeftQueue() const noexcept;
    void disableConnectTimeout() noexcept;
    [[nodiscard]] Result<HttpResponse> outcomeOf(CURLcode code);
    void reportPartialResponse();
    [[nodiscard]] Error failure(CURLcode code) const;
    [[nodiscard]] TlsFacts tlsFacts(CURLcode code) const noexcept;
    static int onResolverStart(void* resolver, void* reserved, void* exchange) noexcept;
    static curl_socket_t onOpenSocket(void* exchange, curlsocktype purpose, curl_sockaddr* address) noexcept;
    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* exchange) noexcept;
    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* exchange) noexcept;

    Exchanges* list_ = nullptr;
    Exchanges::iterator position_{};  // in list_
    const HttpRequest request_;
    const CancellationToken token_;
    Done done_;
    std::optional<CancellationCallback> onCancel_;
    const ExchangeOptions* options_ = nullptr;
    std::chrono::milliseconds timeLimit_{0};
    Reuse reuse_;
    bool hasBegunToConnect_ = false;  // libcurl has begun a name look-up or a connection for this exchange
    bool hasAbandonedConnection_ = false;
    bool endsEarly_ = false;  // the connection was abandoned before the deadline of this exchange
    Time startedAt_{};
    Time leftQueueAt_ = Time::max();  // time at which the exchange left libcurl's queue
    Time lastReceivedAt_{};
    Time deadline_ = Time::max();
    EasyHandle handle_;
    HeaderList headers_;
    ResponseCollector response_;
    std::array<char, CURL_ERROR_SIZE> errorDetail_{};
};

}  // namespace applivery::detail
