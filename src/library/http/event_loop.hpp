/// @file
/// Defines EventLoop, which runs all exchanges of a transport on one thread.
#pragma once

#include "core/curl_handles.hpp"
#include "core/worker_thread.hpp"
#include "http/exchange.hpp"
#include "http/host_queue.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace applivery::detail {

/// Runs exchanges through `curl_multi`. submit() and stop() are thread-safe.
class EventLoop final : public Worker, public std::enable_shared_from_this<EventLoop> {
public:
    EventLoop(ExchangeOptions options, MultiHandle multi);

    /// Submits an exchange. After stop(), completes the exchange with ErrorKind::cancelled on the calling thread.
    void submit(HttpRequest request, CancellationToken token, Exchange::Done done);

    /// Runs until stop(), and then completes all remaining exchanges with ErrorKind::cancelled.
    void run() noexcept override;

    void stop() noexcept override;

private:
    using Time = Exchange::Time;

    [[nodiscard]] bool acceptSubmitted() noexcept;
    void enqueue(Exchange& exchange) noexcept;
    void beginQueued() noexcept;
    void beginQueued(HostQueue& host) noexcept;
    void begin(Exchange& exchange, HostQueue& host) noexcept;
    void updateProgress() noexcept;
    void finishTransfers() noexcept;
    void finishCancelledAndOverdue() noexcept;
    void finishCancelledAndOverdue(Exchanges& exchanges, Time now) noexcept;
    void finish(Exchange& exchange, Result<HttpResponse> result) noexcept;
    void sleep() noexcept;
    void cancelRemaining() noexcept;
    void wake() noexcept;
    [[nodiscard]] EasyHandle idleHandle() noexcept;

    const ForkGuard forkGuard_;
    const ExchangeOptions options_;
    std::atomic<bool> woken_{false};  // since the current round of run() began
    std::atomic<bool> hasCancelled_{false};
    std::mutex mutex_;
    Exchanges submitted_;   // guarded by mutex_
    bool stopped_ = false;  // guarded by mutex_
    MultiHandle multi_;     // used by the loop's thread; mutex_ guards waking and destroying it

    // Used by the loop's thread only.
    std::map<std::string, HostQueue, std::less<>> hosts_;  // by Exchange::origin()
    Time nextDeadline_ = Time::max();                      // not later than the deadline of any exchange in libcurl
    Time nextBeginAt_ = Time::max();                       // time at which a waiting exchange may begin
    std::vector<EasyHandle> idle_;
};

}  // namespace applivery::detail
