/// @file
/// A transport that counts requests, including retries and prefetched pages.
#pragma once

#include <applivery/http_transport.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

namespace applivery::program {

/// Sends with another transport, and counts. Thread-safe.
class CountingTransport final : public HttpTransport {
public:
    explicit CountingTransport(std::shared_ptr<HttpTransport> transport) : transport_(std::move(transport)) {}

    void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) override {
        ++count_;
        transport_->send(std::move(request), std::move(token), std::move(done));
    }

    [[nodiscard]] int count() const noexcept { return count_; }

private:
    const std::shared_ptr<HttpTransport> transport_;
    std::atomic<int> count_{0};
};

}  // namespace applivery::program
