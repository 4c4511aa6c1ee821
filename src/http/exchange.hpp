/// @file
/// One request on one libcurl handle: how it is set up, what arrives, and how it ended.
#pragma once

#include "http/curl_handles.hpp"

#include <applivery/cancellation.hpp>
#include <applivery/client_options.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/result.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::detail {

/// The options that concern a single exchange.
struct ExchangeOptions {
    explicit ExchangeOptions(const ClientOptions& options);

    long connectTimeoutMs;
    long requestTimeoutMs;
    std::size_t maxResponseBytes;
    std::string proxy;
    std::string caBundle;
};

/// Belongs to the event loop's thread once it was begun.
class Exchange {
public:
    using Done = std::function<void(Result<HttpResponse>)>;

    Exchange(HttpRequest request, CancellationToken token, Done done);
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    [[nodiscard]] bool isCancelled() const noexcept { return token_.isCancelled(); }

    /// Runs `wake` when the exchange is cancelled.
    void watchCancellation(std::function<void()> wake);

    /// Sets the handle up for this request. The options must outlive the exchange.
    [[nodiscard]] std::optional<Error> begin(EasyHandle handle, const ExchangeOptions& options);

    [[nodiscard]] CURL* handle() const noexcept { return handle_.get(); }
    [[nodiscard]] EasyHandle releaseHandle() noexcept { return std::move(handle_); }

    /// What libcurl's verdict on the transfer means.
    [[nodiscard]] Result<HttpResponse> outcome(CURLcode code);

    void complete(Result<HttpResponse> result);

    [[nodiscard]] static Error cancelled();

private:
    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* exchange) noexcept;
    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* exchange) noexcept;
    bool acceptHeader(std::string_view line);
    bool acceptBody(std::string_view bytes);
    void reserveBody(std::size_t needed);

    HttpRequest request_;
    CancellationToken token_;
    Done done_;
    std::optional<CancellationCallback> onCancel_;
    const ExchangeOptions* options_ = nullptr;
    EasyHandle handle_;
    HeaderList headers_;
    HttpResponse response_;
    std::size_t headerBytes_ = 0;
    std::optional<Error> fault_;  // why one of our callbacks stopped the transfer
};

}  // namespace applivery::detail
