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

constexpr milliseconds longestSleep{
    60'000};  // libcurl shortens it to its own deadlines; everything else wakes the loop
constexpr milliseconds pauseAfterFailure{10};
constexpr std::size_t mostIdleHandles = 32;

// Idle ones stay for the next busy time. By itself libcurl keeps four for each transfer of the moment, and so, when
// a busy time ends, closes most of them.
constexpr std::size_t leastConnectionsKept = 64;

// What is known of a host is not lost at once, nor kept for ever.
constexpr std::size_t mostHosts = 16;

// CURLMOPT_QUICK_EXIT: the number of an option never changes, and headers before 8.20 lack the name.
constexpr auto multiQuickExit = static_cast<CURLMoption>(21);

}  // namespace

EventLoop::EventLoop(ExchangeOptions options, MultiHandle multi)
    : options_(std::move(options)), multi_(std::move(multi)) {
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
    curl_multi_setopt(multi_.get(), CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(options_.maxConnections));
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS,
                      static_cast<long>(std::max(options_.maxConnections, leastConnectionsKept)));
    // From 8.20 on, the threads of name look-ups belong to the multi handle, whose cleanup would join them. An older
    // libcurl rejects the option.
    curl_multi_setopt(multi_.get(), multiQuickExit, 1L);
    idle_.reserve(mostIdleHandles);
}

void EventLoop::submit(HttpRequest request, CancellationToken token, Exchange::Done done) {
    Exchanges one;
    Exchange& exchange = one.emplace_back(std::move(request), std::move(token), std::move(done));
    exchange.madeIn(one);
    exchange.watchCancellation([weak = weak_from_this()] {
        const auto loop = weak.lock();
        if (!loop || loop->forkGuard_.isForkedChild()) return;
        loop->someCancelled_ = true;
        loop->wake();
    });
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!stopped_) exchange.moveTo(queued_);
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
    while (takeQueued()) {
        beginWaiting();
        int active = 0;
        curl_multi_perform(multi_.get(), &active);
        advance();
        finishTransfers();
        finishOverdue();
        sleep();
    }
    end();
}

// False where the loop was stopped.
bool EventLoop::takeQueued() noexcept {
    woken_ = false;  // before the queue and the flags are read: what changes after that sets it again
    Exchanges taken;
    bool isStopped = false;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        while (!queued_.empty()) queued_.front().moveTo(taken);
        isStopped = stopped_;
    }
    while (!taken.empty()) takeOne(taken.front());
    return !isStopped;
}

void EventLoop::takeOne(Exchange& exchange) noexcept {
    // finishOverdue() may have run between the cancellation and this.
    if (exchange.isCancelled()) return finish(exchange, Exchange::cancelled());
    try {
        exchange.moveTo(hosts_[exchange.origin()].waiting);
    } catch (const std::bad_alloc&) {
        finish(exchange, outOfMemory());
    }
}

void EventLoop::beginWaiting() noexcept {
    heldUntil_ = Time::max();
    for (auto next = hosts_.begin(); next != hosts_.end();) {
        const auto host = next++;
        beginWaiting(host->second);
        if (host->second.isIdle() && hosts_.size() > mostHosts) hosts_.erase(host);
    }
}

void EventLoop::beginWaiting(HostQueue& host) noexcept {
    HostQueue::Room room = host.room(Steady::now(), options_.maxConnections);
    if (room.count == 0) heldUntil_ = std::min(heldUntil_, room.until);
    while (!host.waiting.empty() && room.count > 0) {
        Exchange& exchange = host.waiting.front();
        if (exchange.isCancelled()) {
            finish(exchange, Exchange::cancelled());
        } else {
            --room.count;
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

void EventLoop::advance() noexcept {
    for (auto& [origin, host] : hosts_) {
        for (auto next = host.connecting.begin(); next != host.connecting.end();) {
            Exchange& exchange = *next++;
            const bool isConnected = exchange.advance();
            nextDeadline_ = std::min(nextDeadline_, exchange.deadline());
            if (!isConnected) continue;
            host.moveToRunning(exchange);
            heldUntil_ = {};
        }
        if (host.learnProtocol()) heldUntil_ = {};
    }
}

void EventLoop::finishTransfers() noexcept {
    int left = 0;
    while (const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        void* exchange = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
        auto& ended = *static_cast<Exchange*>(exchange);
        hosts_.find(ended.origin())->second.learnFrom(ended);
        finish(ended, ended.outcome(message->data.result));
    }
}

void EventLoop::finishOverdue() noexcept {
    const Time now = Steady::now();
    const bool someCancelled = someCancelled_.exchange(false);
    if (!someCancelled && now < nextDeadline_) return;
    nextDeadline_ = Time::max();
    for (auto& [origin, host] : hosts_) {
        if (someCancelled) finishOverdue(host.waiting, now);
        host.abandonSilentConnections(now, options_.requestTimeout);
        finishOverdue(host.connecting, now);
        finishOverdue(host.running, now);
    }
}

void EventLoop::finishOverdue(Exchanges& exchanges, Time now) noexcept {
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
    heldUntil_ = {};
    if (exchange.handle() != nullptr) {
        curl_multi_remove_handle(multi_.get(), exchange.handle());
        EasyHandle handle = exchange.releaseHandle();
        if (idle_.size() < mostIdleHandles) idle_.push_back(std::move(handle));
    }
    exchange.complete(std::move(result));
}

// Until a socket, a wake-up, the next deadline, or the end of a timeBudget. Not at all where one that waits may go on.
//
// libcurl 8.21 consumes wake-ups in curl_multi_perform. So after a wake-up in this round, the poll only collects what
// has notify and returns at once.
void EventLoop::sleep() noexcept {
    const Time now = Steady::now();
    const Time until = std::min({nextDeadline_, heldUntil_, now + longestSleep});
    if (until <= now) return;
    const auto time = woken_ ? milliseconds{0} : std::chrono::ceil<milliseconds>(until - now);
    const auto code = curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(time.count()), nullptr);
    if (code != CURLM_OK) std::this_thread::sleep_for(pauseAfterFailure);  // it must not become a busy loop
}

// The connections are closed here: their owner's thread has its own signals, SIGPIPE among them.
void EventLoop::end() noexcept {
    (void)takeQueued();
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
