/// @file
/// Implements the clock of the system. Its timers share one thread, which sleeps until the next timer is due.
#include "core/time_limits.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"

#include <applivery/clock.hpp>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <utility>

namespace applivery {

Clock::~Clock() = default;

namespace {

using Steady = std::chrono::steady_clock;

struct Timer;
using Timers = std::multimap<Steady::time_point, std::shared_ptr<Timer>>;

// The mutex of the queue guards all members except onCancel, which is set before the timer is queued.
struct Timer {
    std::function<void()> wake;
    std::unique_ptr<CancellationCallback> onCancel;
    bool isCancelled = false;
    bool isQueued = false;
    Timers::iterator position{};  // valid while the timer is queued
};

class TimerQueue final : public detail::Worker, public std::enable_shared_from_this<TimerQueue> {
public:
    void add(std::chrono::milliseconds delay, const CancellationToken& token, std::function<void()> wake) {
        const Steady::time_point due =
            Steady::now() + std::clamp(delay, std::chrono::milliseconds{0}, detail::longestDelay);
        const auto timer = std::make_shared<Timer>();
        if (token.canBeCancelled()) watch(timer, token);
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (!stopped_) {
                timer->position = timers_.emplace(timer->isCancelled ? immediately : due, timer);
                timer->isQueued = true;
                timer->wake = std::move(wake);
                changed_.notify_one();
                return;
            }
        }
        wake();  // after stop(), the thread accepts no timer
    }

    void run() noexcept override {
        std::unique_lock<std::mutex> lock(mutex_);
        while (!stopped_ || !timers_.empty()) {
            const Steady::time_point now = Steady::now();
            if (timers_.empty()) {
                changed_.wait(lock);
            } else if (const auto due = timers_.begin()->first; due > now && !stopped_) {
                constexpr Steady::duration longestSleep = std::chrono::hours{1};  // because wait_for() can overflow
                changed_.wait_for(lock, std::min(due - now, longestSleep));
            } else {
                std::shared_ptr<Timer> timer = std::move(timers_.begin()->second);
                timer->isQueued = false;
                timers_.erase(timers_.begin());
                lock.unlock();
                (void)detail::invokeUserCode("", timer->wake);  // exceptions are ignored: no caller remains
                timer.reset();  // without the lock, because the destructor waits for expire(), which takes the lock
                lock.lock();
            }
        }
    }

    void stop() noexcept override {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            stopped_ = true;
        }
        changed_.notify_one();
    }

private:
    static constexpr Steady::time_point immediately{};

    void watch(const std::shared_ptr<Timer>& timer, const CancellationToken& token) {
        timer->onCancel = std::make_unique<CancellationCallback>(
            token, [weakQueue = weak_from_this(), weakTimer = std::weak_ptr<Timer>(timer)] {
                const auto queue = weakQueue.lock();
                const auto cancelled = weakTimer.lock();
                if (queue && cancelled && !queue->forkGuard_.isForkedChild()) queue->expire(*cancelled);
            });
    }

    // Marks a timer as cancelled, and moves it to the front of the queue. If the timer is not queued yet, add() checks
    // the mark.
    void expire(Timer& timer) noexcept {
        const std::lock_guard<std::mutex> lock(mutex_);
        timer.isCancelled = true;
        if (!timer.isQueued) return;
        auto node = timers_.extract(timer.position);
        node.key() = immediately;
        timer.position = timers_.insert(std::move(node));
        changed_.notify_one();
    }

    const detail::ForkGuard forkGuard_;
    std::mutex mutex_;
    std::condition_variable changed_;
    Timers timers_;
    bool stopped_ = false;
};

class SystemClock final : public Clock {
public:
    Steady::time_point now() const override { return Steady::now(); }

    std::chrono::system_clock::time_point wallNow() const override { return std::chrono::system_clock::now(); }

    void callAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        if (auto refusal = thread_.errorIfForkedChild()) throwError(*std::move(refusal));
        startedQueue()->add(delay, token, std::move(wake));
    }

    void alarmAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        callAfter(delay, std::move(token), std::move(wake));
    }

private:
    std::shared_ptr<TimerQueue> startedQueue() {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (queue_) return queue_;
        auto queue = std::make_shared<TimerQueue>();
        if (auto refusal = thread_.start(queue)) throwError(*std::move(refusal));
        queue_ = std::move(queue);
        return queue_;
    }

    std::mutex mutex_;
    std::shared_ptr<TimerQueue> queue_;  // guarded by mutex_
    detail::WorkerThread thread_;        // declared last, because its destructor stops the queue
};

}  // namespace

std::shared_ptr<Clock> makeSystemClock() {
    return std::make_shared<SystemClock>();
}

}  // namespace applivery
