#include "core/user_code.hpp"

#include <applivery/cancellation.hpp>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace applivery {

struct CancellationCallback::Entry {
    std::function<void()> function;
    std::thread::id runner{};  // guarded by the state's mutex
    bool running = false;
};

namespace detail {

struct CancellationState {
    using Entry = CancellationCallback::Entry;

    std::atomic<bool> cancelled{false};
    std::mutex mutex;
    std::condition_variable finished;
    std::vector<std::shared_ptr<Entry>> entries;

    // False where the source is cancelled already.
    bool add(const std::shared_ptr<Entry>& entry) {
        const std::lock_guard<std::mutex> lock(mutex);
        if (cancelled) return false;
        entries.push_back(entry);
        return true;
    }

    // After this the entry's function is not running, unless on this very thread.
    void remove(const std::shared_ptr<Entry>& entry) {
        std::unique_lock<std::mutex> lock(mutex);
        entries.erase(std::remove(entries.begin(), entries.end(), entry), entries.end());
        finished.wait(lock, [&] { return !entry->running || entry->runner == std::this_thread::get_id(); });
    }

    void cancel() {
        std::unique_lock<std::mutex> lock(mutex);
        if (cancelled.exchange(true)) return;
        while (!entries.empty()) {
            const std::shared_ptr<Entry> entry = std::move(entries.back());
            entries.pop_back();
            entry->runner = std::this_thread::get_id();
            entry->running = true;
            lock.unlock();
            // What the function holds must not outlive its one run. What it throws is nobody's.
            (void)detail::callUserCode("", [&] { std::exchange(entry->function, nullptr)(); });
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

CancellationCallback::CancellationCallback(const CancellationToken& token, std::function<void()> function) {
    if (!token.state_) return;
    auto entry = std::make_shared<Entry>();
    entry->function = std::move(function);
    if (!token.state_->add(entry)) {
        (void)detail::callUserCode("", entry->function);
        return;
    }
    state_ = token.state_;
    entry_ = std::move(entry);
}

CancellationCallback::~CancellationCallback() {
    if (state_) state_->remove(entry_);
}

}  // namespace applivery
