/// @file
/// One request on one libcurl handle: how it is set up, what arrives, and how it ended.
#pragma once

#include "core/curl_handles.hpp"
#include "http/exchange_options.hpp"
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
#include <string>
#include <string_view>

namespace applivery::detail {

class Exchange;

/// Exchanges move from list to list in their own nodes: no step of the event loop needs memory for that.
using Exchanges = std::list<Exchange>;

/// Belongs to the event loop's thread once it was submitted.
class Exchange {
public:
    using Done = std::function<void(Result<HttpResponse>)>;
    using Time = std::chrono::steady_clock::time_point;

    Exchange(HttpRequest request, CancellationToken token, Done done);
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    [[nodiscard]] bool isCancelled() const noexcept { return token_.isCancelled(); }

    /// Runs `wake` when the exchange is cancelled.
    void watchCancellation(std::function<void()> wake);

    [[nodiscard]] bool isOverTls() const noexcept;

    /// A number for scheme, host and port. Where two share one by chance, they take more account of each other than
    /// they would have to.
    [[nodiscard]] std::size_t origin() const noexcept { return origin_; }

    /// Sets the handle up for this request. The options must outlive the exchange.
    [[nodiscard]] std::optional<Error> begin(EasyHandle handle, const ExchangeOptions& options, Reuse reuse) noexcept;

    [[nodiscard]] Time begunAt() const noexcept { return begunAt_; }

    /// Whether the exchange makes a connection of its own.
    [[nodiscard]] bool makesConnection() const noexcept { return reuse_.none; }

    /// Takes up what libcurl has done since the last call. Starts the time limits when the exchange leaves libcurl's
    /// queue. Returns whether it has a connection by now.
    [[nodiscard]] bool advance() noexcept;

    /// Returns when the exchange times out; not at all while it is in a queue.
    [[nodiscard]] Time deadline() const noexcept { return deadline_; }

    /// Returns a number for the connection, which other exchanges may share.
    [[nodiscard]] long connection() const noexcept;

    /// Returns when bytes last arrived on the connection, as far as is known; at first the start of the exchange.
    [[nodiscard]] Time heardAt() const noexcept { return heardAt_; }

    /// Notes that bytes arrived for another exchange on the same connection.
    void noteHeard(Time at) noexcept { heardAt_ = std::max(heardAt_, at); }

    /// Returns how long the exchange may take.
    [[nodiscard]] std::chrono::milliseconds limit() const noexcept { return limit_; }

    /// Ends the exchange with its connection, which then is not used again.
    void abandonConnection(Time now) noexcept;

    [[nodiscard]] bool hasAbandonedConnection() const noexcept { return hasAbandonedConnection_; }

    /// Whether the answer came over a connection that no other exchange could share at the time.
    [[nodiscard]] bool isOverHttp1() const noexcept;

    /// Whether it came over one that others could share.
    [[nodiscard]] bool isOverHttp2() const noexcept;

    [[nodiscard]] CURL* handle() const noexcept { return handle_.get(); }

    /// Takes the handle back, with nothing in it that points here.
    [[nodiscard]] EasyHandle releaseHandle() noexcept;

    /// What libcurl's verdict on the transfer means.
    [[nodiscard]] Result<HttpResponse> outcome(CURLcode code) noexcept;

    void complete(Result<HttpResponse> result) noexcept;

    [[nodiscard]] static Error cancelled() noexcept;

    /// Tells it that it was made at the end of this list.
    void madeIn(Exchanges& list) noexcept;

    /// Moves it from the list that holds it to the end of another.
    void moveTo(Exchanges& list) noexcept;

private:
    [[nodiscard]] std::optional<Error> setUp();
    [[nodiscard]] bool isConnected() const noexcept;
    [[nodiscard]] bool hasLeftQueue() const noexcept;
    void liftConnectTimeout() noexcept;
    static int onLookUp(void* resolver, void* reserved, void* exchange) noexcept;
    static curl_socket_t onSocket(void* exchange, curlsocktype purpose, curl_sockaddr* address) noexcept;
    [[nodiscard]] std::optional<Error> setHeaders();
    [[nodiscard]] Result<HttpResponse> outcomeOf(CURLcode code);
    [[nodiscard]] Error failure(CURLcode code) const;
    [[nodiscard]] TlsFacts tlsFacts(CURLcode code) const noexcept;
    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* exchange) noexcept;
    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* exchange) noexcept;
    bool acceptHeader(std::string_view line);
    bool acceptBody(std::string_view bytes);
    void reserveBody(std::size_t needed);
    [[nodiscard]] int status() const noexcept;

    Exchanges* list_ = nullptr;  // what holds it, and where
    Exchanges::iterator position_{};
    const HttpRequest request_;
    const CancellationToken token_;
    const std::size_t origin_;
    Done done_;
    std::optional<CancellationCallback> onCancel_;
    const ExchangeOptions* options_ = nullptr;
    std::chrono::milliseconds limit_{0};
    Reuse reuse_;
    bool isLookingUpOrConnecting_ = false;  // libcurl has begun to make a connection for it
    bool hasAbandonedConnection_ = false;
    bool endsEarly_ = false;  // since its connection is abandoned
    Time begunAt_{};
    Time startedAt_ = Time::max();  // when it left libcurl's queue
    Time heardAt_{};
    Time deadline_ = Time::max();
    EasyHandle handle_;
    HeaderList headers_;
    HttpResponse response_;
    std::size_t headerBytes_ = 0;
    bool hasWholeHead_ = false;   // of the final answer
    std::optional<Error> fault_;  // why one of our callbacks stopped the transfer
    std::array<char, CURL_ERROR_SIZE> detail_{};
};

}  // namespace applivery::detail
