#include "core/user_code.hpp"

#include <applivery/cancellation.hpp>

#include <atomic>
#include <condition_variable>
#include <list>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace applivery {

struct CancellationCallback::Entry {
    using Place = std::list<std::shared_ptr<Entry>>::iterator;

    std::function<void()> function;
    // The rest is guarded by the state's mutex.
    std::optional<Place> place{};  // in the state's list, until it is run
    std::thread::id runner{};
    bool running = false;
};

namespace detail {

struct CancellationState {
    using Entry = CancellationCallback::Entry;

    std::atomic<bool> cancelled{false};
    std::mutex mutex;
    std::condition_variable finished;
    std::list<std::shared_ptr<Entry>> entries;  // a client's calls are all in one: each must leave at once

    // False where the source is cancelled already.
    bool add(const std::shared_ptr<Entry>& entry) {
        const std::lock_guard<std::mutex> lock(mutex);
        if (cancelled) return false;
        entry->place = entries.insert(entries.end(), entry);
        return true;
    }

    // After this the entry's function is not running, unless on this very thread.
    void remove(const std::shared_ptr<Entry>& entry) {
        std::unique_lock<std::mutex> lock(mutex);
        if (entry->place) entries.erase(*std::exchange(entry->place, std::nullopt));
        finished.wait(lock, [&] { return !entry->running || entry->runner == std::this_thread::get_id(); });
    }

    void cancel() {
        std::unique_lock<std::mutex> lock(mutex);
        if (cancelled.exchange(true)) return;
        while (!entries.empty()) {
            const std::shared_ptr<Entry> entry = std::move(entries.back());
            entries.pop_back();
            entry->place.reset();
            entry->runner = std::this_thread::get_id();
            entry->running = true;
            lock.unlock();
            // What the function holds must not outlive its one run. What it throws is nobody's.
            (void)detail::invokeUserCode("", [&] { std::exchange(entry->function, nullptr)(); });
            lock.lock();
            entry->running = false;
            finished.notify_all();
        }
    }
};

}  // namespace detail

bool CancellationToken::isCancelled() const noexcept {
    return state_ && state_->cancelled;
}

CancellationSource::CancellationSource() : state_(std::make_shared<detail::CancellationState>()) {}

void CancellationSource::cancel() {
    const auto state = state_;  // a callback may destroy this source
    state->cancel();
}

CancellationCallback::CancellationCallback(const CancellationToken& token, Callback<void()> function) {
    if (!token.state_) return;
    auto entry = std::make_shared<Entry>();
    entry->function = std::move(function).release();
    if (!token.state_->add(entry)) {
        (void)detail::invokeUserCode("", entry->function);
        return;
    }
    state_ = token.state_;
    entry_ = std::move(entry);
}

CancellationCallback::~CancellationCallback() {
    if (state_) state_->remove(entry_);
}

}  // namespace applivery
