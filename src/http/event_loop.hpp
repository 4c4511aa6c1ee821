/// @file
/// What the one thread of a transport does: drives all its exchanges through `curl_multi`.
#pragma once

#include "core/curl_handles.hpp"
#include "core/worker_thread.hpp"
#include "http/exchange.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace applivery::detail {

class EventLoop final : public Worker, public std::enable_shared_from_this<EventLoop> {
public:
    EventLoop(ExchangeOptions options, MultiHandle multi);

    /// Queues an exchange; after stop() completes it as cancelled at once.
    void submit(HttpRequest request, CancellationToken token, Exchange::Done done);

    /// Works until stop(), then completes what is left as cancelled.
    void run() noexcept override;

    void stop() noexcept override;

private:
    using Time = Exchange::Time;

    // How many exchanges may begin now, and where that is none, until when at most.
    struct Room {
        std::size_t count;
        Time until;
    };

    [[nodiscard]] bool takeQueued() noexcept;
    void beginWaiting() noexcept;
    [[nodiscard]] Room roomFor(const Exchange& exchange) const noexcept;
    void begin(Exchange& exchange) noexcept;
    void noteConnected() noexcept;
    void finishTransfers() noexcept;
    void finishOverdue() noexcept;
    void finish(Exchange& exchange, Result<HttpResponse> result) noexcept;
    void sleep() noexcept;
    void end() noexcept;
    void wake() noexcept;
    [[nodiscard]] EasyHandle idleHandle() noexcept;

    const ProcessStamp stamp_;
    const ExchangeOptions options_;
    std::atomic<bool> someCancelled_{false};
    std::mutex mutex_;
    Exchanges queued_;      // guarded by mutex_
    bool stopped_ = false;  // guarded by mutex_
    MultiHandle multi_;     // the thread's own, but that others wake it and the thread ends it, under mutex_

    // The thread's own. Exchanges go from list to list in this order.
    Exchanges waiting_;
    Exchanges connecting_;
    Exchanges running_;
    Time nextDeadline_ = Time::max();         // not later than the first deadline of an exchange that was begun
    Time heldUntil_ = Time::max();            // when an exchange that waits may go on, whatever happens
    std::optional<std::size_t> http1Origin_;  // the last that was found not to share connections
    std::vector<EasyHandle> idle_;
};

}  // namespace applivery::detail
