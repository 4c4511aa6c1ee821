/// @file
/// What the one thread of a transport does: drives all its exchanges through `curl_multi`.
#pragma once

#include "core/curl_handles.hpp"
#include "core/worker_thread.hpp"
#include "http/exchange.hpp"
#include "http/host_queue.hpp"

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
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

    [[nodiscard]] bool takeQueued() noexcept;
    void beginWaiting() noexcept;
    void takeOne(Exchange& exchange) noexcept;
    void beginWaiting(HostQueue& host) noexcept;
    void begin(Exchange& exchange, HostQueue& host) noexcept;
    void advance() noexcept;
    void finishTransfers() noexcept;
    void finishOverdue() noexcept;
    void finishOverdue(Exchanges& exchanges, Time now) noexcept;
    void finish(Exchange& exchange, Result<HttpResponse> result) noexcept;
    void sleep() noexcept;
    void end() noexcept;
    void wake() noexcept;
    [[nodiscard]] EasyHandle idleHandle() noexcept;

    const ForkGuard forkGuard_;
    const ExchangeOptions options_;
    std::atomic<bool> woken_{false};  // since the current round of run() began
    std::atomic<bool> someCancelled_{false};
    std::mutex mutex_;
    Exchanges queued_;      // guarded by mutex_
    bool stopped_ = false;  // guarded by mutex_
    MultiHandle multi_;     // the thread's own, but that others wake it and the thread ends it, under mutex_

    // The thread's own.
    std::map<std::size_t, HostQueue> hosts_;  // by Exchange::origin()
    Time nextDeadline_ = Time::max();         // not later than the first deadline of an exchange that was begun
    Time heldUntil_ = Time::max();            // when an exchange that waits may go on, whatever happens
    std::vector<EasyHandle> idle_;
};

}  // namespace applivery::detail
