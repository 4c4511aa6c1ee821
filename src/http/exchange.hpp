/// @file
/// One request on one libcurl handle: how it is set up, what arrives, and how it ended.
#pragma once

#include "core/curl_handles.hpp"

#include <applivery/cancellation.hpp>
#include <applivery/client_options.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/result.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::detail {

/// The options that concern exchanges and their connections.
struct ExchangeOptions {
    explicit ExchangeOptions(const ClientOptions& options);

    std::chrono::milliseconds connectTimeout;
    std::chrono::milliseconds requestTimeout;
    std::size_t maxConnections;
    std::size_t maxResponseBytes;
    std::optional<std::string> proxy;
    std::string caBundle;
};

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
    [[nodiscard]] std::optional<Error> begin(EasyHandle handle, const ExchangeOptions& options) noexcept;

    [[nodiscard]] Time begunAt() const noexcept { return begunAt_; }

    /// When its time is over.
    [[nodiscard]] Time deadline() const noexcept { return deadline_; }

    /// Whether it has a connection by now.
    [[nodiscard]] bool isConnected() const noexcept;

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
    [[nodiscard]] std::optional<Error> setUp(std::chrono::milliseconds limit);
    [[nodiscard]] std::optional<Error> setHeaders();
    [[nodiscard]] Result<HttpResponse> outcomeOf(CURLcode code);
    [[nodiscard]] Error failure(CURLcode code) const;
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
    Time begunAt_{};
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
