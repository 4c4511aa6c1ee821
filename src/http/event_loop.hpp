/// @file
/// The thread that drives all exchanges of one transport through `curl_multi`.
#pragma once

#include "http/curl_handles.hpp"
#include "http/exchange.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace applivery::detail {

/// Shared between the transport and its thread, since the transport may be destroyed on that thread.
class EventLoop : public std::enable_shared_from_this<EventLoop> {
public:
    EventLoop(ExchangeOptions options, MultiHandle multi);

    /// Queues an exchange; after stop() completes it as cancelled at once.
    void submit(std::unique_ptr<Exchange> exchange);

    /// Works until stop(), then completes what is left as cancelled.
    void run();

    void stop();

private:
    using Exchanges = std::vector<std::unique_ptr<Exchange>>;

    [[nodiscard]] Exchanges takeQueued();
    void begin(std::unique_ptr<Exchange> exchange);
    void finishTransfers();
    void finishCancelled();
    void finish(Exchanges::iterator position, Result<HttpResponse> result);
    void wake() noexcept;
    [[nodiscard]] EasyHandle idleHandle();

    const ExchangeOptions options_;
    std::mutex mutex_;
    Exchanges queued_;      // guarded by mutex_
    bool stopped_ = false;  // guarded by mutex_

    // The thread's own, but for wake(). The handles go before the multi handle that may hold them.
    MultiHandle multi_;
    Exchanges running_;
    std::vector<EasyHandle> idle_;
};

}  // namespace applivery::detail
