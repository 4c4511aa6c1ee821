#include "http/event_loop.hpp"

#include "http/curl_errors.hpp"

#include <algorithm>
#include <utility>

namespace applivery::detail {
namespace {

constexpr int longestPollMs = 60'000;  // libcurl shortens it to its own next deadline; everything else wakes the loop
constexpr std::size_t mostIdleHandles = 32;

}  // namespace

EventLoop::EventLoop(ExchangeOptions options, MultiHandle multi)
    : options_(std::move(options)), multi_(std::move(multi)) {
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
}

void EventLoop::submit(std::unique_ptr<Exchange> exchange) {
    exchange->watchCancellation([weak = weak_from_this()] {
        if (const auto loop = weak.lock()) loop->wake();
    });
    std::unique_lock<std::mutex> lock(mutex_);
    if (stopped_) {
        lock.unlock();
        return exchange->complete(Exchange::cancelled());
    }
    queued_.push_back(std::move(exchange));
    lock.unlock();
    wake();
}

void EventLoop::stop() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        stopped_ = true;
    }
    wake();
}

void EventLoop::wake() noexcept {
    curl_multi_wakeup(multi_.get());
}

void EventLoop::run() {
    while (true) {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (stopped_) break;
        }
        for (auto& exchange : takeQueued()) begin(std::move(exchange));
        int active = 0;
        curl_multi_perform(multi_.get(), &active);
        finishTransfers();
        finishCancelled();
        curl_multi_poll(multi_.get(), nullptr, 0, longestPollMs, nullptr);
    }
    while (!running_.empty()) finish(running_.begin(), Exchange::cancelled());
    for (auto& exchange : takeQueued()) exchange->complete(Exchange::cancelled());
}

EventLoop::Exchanges EventLoop::takeQueued() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return std::exchange(queued_, {});
}

void EventLoop::begin(std::unique_ptr<Exchange> exchange) {
    if (exchange->isCancelled()) return exchange->complete(Exchange::cancelled());
    EasyHandle handle = idleHandle();
    if (!handle) return exchange->complete(errorFromCurl(CURLE_FAILED_INIT));
    if (auto error = exchange->begin(std::move(handle), options_)) return exchange->complete(*std::move(error));
    if (curl_multi_add_handle(multi_.get(), exchange->handle()) != CURLM_OK) {
        return exchange->complete(errorFromCurl(CURLE_FAILED_INIT));
    }
    running_.push_back(std::move(exchange));
}

void EventLoop::finishTransfers() {
    int left = 0;
    while (const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const CURLcode code = message->data.result;
        const auto position = std::find_if(running_.begin(), running_.end(),
                                           [handle = message->easy_handle](auto& e) { return e->handle() == handle; });
        if (position != running_.end()) finish(position, (*position)->outcome(code));
    }
}

void EventLoop::finishCancelled() {
    for (std::size_t i = running_.size(); i-- > 0;) {
        const auto position = running_.begin() + static_cast<std::ptrdiff_t>(i);
        if ((*position)->isCancelled()) finish(position, Exchange::cancelled());
    }
}

void EventLoop::finish(Exchanges::iterator position, Result<HttpResponse> result) {
    const std::unique_ptr<Exchange> exchange = std::move(*position);
    running_.erase(position);
    curl_multi_remove_handle(multi_.get(), exchange->handle());
    if (idle_.size() < mostIdleHandles) idle_.push_back(exchange->releaseHandle());
    exchange->complete(std::move(result));
}

EasyHandle EventLoop::idleHandle() {
    if (idle_.empty()) return EasyHandle(curl_easy_init());
    EasyHandle handle = std::move(idle_.back());
    idle_.pop_back();
    curl_easy_reset(handle.get());
    return handle;
}

}  // namespace applivery::detail
