#include "core/fork_guard.hpp"
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
    using Position = std::list<std::shared_ptr<Entry>>::iterator;

    std::function<void()> function;
    const detail::ForkGuard forkGuard{};
    // The mutex of the state guards the following members.
    std::optional<Position> position{};  // in the list of the state, until the function is called
    std::thread::id runningThread{};
    bool isRunning = false;
};

namespace detail {

struct CancellationState {
    using Entry = CancellationCallback::Entry;

    std::atomic<bool> cancelled{false};
    std::mutex mutex;
    std::condition_variable finished;
    std::list<std::shared_ptr<Entry>> entries;  // a list, because each call of a client adds and removes an entry

    // Returns false, and adds nothing, if the source is already cancelled.
    bool add(const std::shared_ptr<Entry>& entry) {
        const std::lock_guard<std::mutex> lock(mutex);
        if (cancelled) return false;
        entry->position = entries.insert(entries.end(), entry);
        return true;
    }

    // Waits until the function of the entry returns, unless the function runs on this thread.
    void remove(const std::shared_ptr<Entry>& entry) {
        const bool isForkedChild = entry->forkGuard.isForkedChild();
        std::unique_lock<std::mutex> lock(mutex, std::defer_lock);
        if (!isForkedChild) {
            lock.lock();
        } else if (!lock.try_lock()) {
            return;  // the mutex may stay locked in a forked child
        }
        if (entry->position) entries.erase(*std::exchange(entry->position, std::nullopt));
        if (isForkedChild) return;  // a function that was running at the fork never returns
        finished.wait(lock, [&] { return !entry->isRunning || entry->runningThread == std::this_thread::get_id(); });
    }

    void cancel() {
        std::unique_lock<std::mutex> lock(mutex);
        if (cancelled.exchange(true)) return;
        while (!entries.empty()) {
            const std::shared_ptr<Entry> entry = std::move(entries.back());
            entries.pop_back();
            entry->position.reset();
            entry->runningThread = std::this_thread::get_id();
            entry->isRunning = true;
            lock.unlock();
            // Destroys the function after its only call. Exceptions that it throws are ignored.
            (void)detail::invokeUserCode("", [&] { std::exchange(entry->function, nullptr)(); });
            lock.lock();
            entry->isRunning = false;
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
    const auto state = state_;  // because a callback may destroy this source
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
