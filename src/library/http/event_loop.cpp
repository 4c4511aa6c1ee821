#include "http/event_loop.hpp"

#include "core/user_code.hpp"
#include "http/curl_errors.hpp"

#include <algorithm>
#include <new>
#include <thread>
#include <utility>

namespace applivery::detail {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr milliseconds maxSleep{60'000};  // libcurl shortens a sleep to its own deadlines; other events wake the loop
constexpr milliseconds pauseAfterFailure{10};
constexpr std::size_t maxIdleHandles = 32;

// Number of idle connections that are kept. By default, libcurl keeps four for each current transfer. It would close
// most connections at the end of a busy time.
constexpr std::size_t minConnectionsKept = 64;

// Number of hosts above which the queues of idle hosts are erased.
constexpr std::size_t maxHosts = 16;

// CURLMOPT_QUICK_EXIT. The headers before 8.20 lack the name.
constexpr auto multiQuickExit = static_cast<CURLMoption>(21);

}  // namespace

EventLoop::EventLoop(ExchangeOptions options, MultiHandle multi)
    : options_(std::move(options)), multi_(std::move(multi)) {
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
    curl_multi_setopt(multi_.get(), CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(options_.maxConnections));
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS,
                      static_cast<long>(std::max(options_.maxConnections, minConnectionsKept)));
    // From 8.20, the threads of name look-ups belong to the multi handle, whose cleanup would join them. Older versions
    // reject the option.
    curl_multi_setopt(multi_.get(), multiQuickExit, 1L);
    idle_.reserve(maxIdleHandles);
}

void EventLoop::submit(HttpRequest request, CancellationToken token, Exchange::Done done) {
    Exchanges one;
    Exchange& exchange = one.emplace_back(std::move(request), std::move(token), std::move(done));
    exchange.setList(one);
    exchange.watchCancellation([weak = weak_from_this()] {
        const auto loop = weak.lock();
        if (!loop || loop->forkGuard_.isForkedChild()) return;
        loop->hasCancelled_ = true;
        loop->wake();
    });
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!stopped_) exchange.moveTo(submitted_);
    }
    if (!one.empty()) return exchange.complete(Exchange::cancelled());
    wake();
}

void EventLoop::stop() noexcept {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        stopped_ = true;
    }
    wake();
}

void EventLoop::wake() noexcept {
    woken_ = true;
    const std::lock_guard<std::mutex> lock(mutex_);
    if (multi_) curl_multi_wakeup(multi_.get());
}

void EventLoop::run() noexcept {
    while (acceptSubmitted()) {
        beginQueued();
        int active = 0;
        curl_multi_perform(multi_.get(), &active);
        updateProgress();
        finishTransfers();
        finishCancelledAndOverdue();
        sleep();
    }
    cancelRemaining();
}

// Returns whether the loop continues: false after stop().
bool EventLoop::acceptSubmitted() noexcept {
    woken_ = false;  // before the list and the flags are read, because every later change sets woken_ again
    Exchanges accepted;
    bool isStopped = false;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        while (!submitted_.empty()) submitted_.front().moveTo(accepted);
        isStopped = stopped_;
    }
    while (!accepted.empty()) enqueue(accepted.front());
    return !isStopped;
}

void EventLoop::enqueue(Exchange& exchange) noexcept {
    // finishCancelledAndOverdue() may have cleared hasCancelled_ after the cancellation, and did not see this exchange.
    if (exchange.isCancelled()) return finish(exchange, Exchange::cancelled());
    const auto known = hosts_.find(exchange.origin());
    if (known != hosts_.end()) return exchange.moveTo(known->second.waiting);
    try {
        exchange.moveTo(hosts_[std::string(exchange.origin())].waiting);
    } catch (const std::bad_alloc&) {
        finish(exchange, outOfMemory());
    }
}

void EventLoop::beginQueued() noexcept {
    nextBeginAt_ = Time::max();
    for (auto next = hosts_.begin(); next != hosts_.end();) {
        const auto host = next++;
        beginQueued(host->second);
        if (host->second.isIdle() && hosts_.size() > maxHosts) hosts_.erase(host);
    }
}

void EventLoop::beginQueued(HostQueue& host) noexcept {
    HostQueue::Capacity capacity = host.capacity(Steady::now(), options_.maxConnections);
    if (capacity.count == 0) nextBeginAt_ = std::min(nextBeginAt_, capacity.retryAt);
    while (!host.waiting.empty() && capacity.count > 0) {
        Exchange& exchange = host.waiting.front();
        if (exchange.isCancelled()) {
            finish(exchange, Exchange::cancelled());
        } else {
            --capacity.count;
            begin(exchange, host);
        }
    }
}

void EventLoop::begin(Exchange& exchange, HostQueue& host) noexcept {
    exchange.moveTo(host.connecting);
    EasyHandle handle = idleHandle();
    if (!handle) return finish(exchange, outOfMemory());
    if (auto error = exchange.begin(std::move(handle), options_, host.reuse(Steady::now())))
        return finish(exchange, *std::move(error));
    if (curl_multi_add_handle(multi_.get(), exchange.handle()) != CURLM_OK) return finish(exchange, outOfMemory());
}

void EventLoop::updateProgress() noexcept {
    for (auto& [origin, host] : hosts_) {
        for (auto next = host.connecting.begin(); next != host.connecting.end();) {
            Exchange& exchange = *next++;
            const bool isConnected = exchange.updateProgress();
            nextDeadline_ = std::min(nextDeadline_, exchange.deadline());
            if (!isConnected) continue;
            host.moveToRunning(exchange);
            nextBeginAt_ = {};  // capacity() has changed
        }
        if (host.detectProtocol()) nextBeginAt_ = {};
    }
}

void EventLoop::finishTransfers() noexcept {
    int left = 0;
    while (const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        void* exchange = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
        auto& ended = *static_cast<Exchange*>(exchange);
        hosts_.find(ended.origin())->second.recordEnded(ended);
        finish(ended, ended.outcome(message->data.result));
    }
}

void EventLoop::finishCancelledAndOverdue() noexcept {
    const Time now = Steady::now();
    const bool hasCancelled = hasCancelled_.exchange(false);
    if (!hasCancelled && now < nextDeadline_) return;
    nextDeadline_ = Time::max();
    for (auto& [origin, host] : hosts_) {
        if (hasCancelled) finishCancelledAndOverdue(host.waiting, now);
        host.abandonSilentConnections(now, options_.requestTimeout);
        finishCancelledAndOverdue(host.connecting, now);
        finishCancelledAndOverdue(host.running, now);
    }
}

void EventLoop::finishCancelledAndOverdue(Exchanges& exchanges, Time now) noexcept {
    for (auto next = exchanges.begin(); next != exchanges.end();) {
        Exchange& exchange = *next++;
        if (exchange.isCancelled()) {
            finish(exchange, Exchange::cancelled());
        } else if (exchange.deadline() <= now) {
            finish(exchange, exchange.outcome(CURLE_OPERATION_TIMEDOUT));
        } else {
            nextDeadline_ = std::min(nextDeadline_, exchange.deadline());
        }
    }
}

void EventLoop::finish(Exchange& exchange, Result<HttpResponse> result) noexcept {
    Exchanges ended;
    exchange.moveTo(ended);
    nextBeginAt_ = {};  // capacity() has changed
    if (exchange.handle() != nullptr) {
        curl_multi_remove_handle(multi_.get(), exchange.handle());
        EasyHandle handle = exchange.releaseHandle();
        if (idle_.size() < maxIdleHandles) idle_.push_back(std::move(handle));
    }
    exchange.complete(std::move(result));
}

// Waits for data, for a wake-up, or until the next deadline. Returns at once if a waiting exchange may begin now.
//
// libcurl 8.21 consumes wake-ups in curl_multi_perform(). After a wake-up in this round, curl_multi_poll() therefore
// returns at once.
void EventLoop::sleep() noexcept {
    const Time now = Steady::now();
    const Time until = std::min({nextDeadline_, nextBeginAt_, now + maxSleep});
    if (until <= now) return;
    const auto time = woken_ ? milliseconds{0} : std::chrono::ceil<milliseconds>(until - now);
    const auto code = curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(time.count()), nullptr);
    if (code != CURLM_OK) std::this_thread::sleep_for(pauseAfterFailure);  // prevents a busy loop
}

// Also destroys the multi handle. Closing connections can raise SIGPIPE. The signal is blocked on this thread, but not
// necessarily on the thread that destroys the transport.
void EventLoop::cancelRemaining() noexcept {
    (void)acceptSubmitted();
    for (auto& [origin, host] : hosts_) {
        for (Exchanges* const list : {&host.running, &host.connecting, &host.waiting}) {
            while (!list->empty()) finish(list->front(), Exchange::cancelled());
        }
    }
    idle_.clear();
    MultiHandle multi;
    const std::lock_guard<std::mutex> lock(mutex_);
    multi.swap(multi_);
}

EasyHandle EventLoop::idleHandle() noexcept {
    if (idle_.empty()) return EasyHandle(curl_easy_init());
    EasyHandle handle = std::move(idle_.back());
    idle_.pop_back();
    return handle;
}

}  // namespace applivery::detail
