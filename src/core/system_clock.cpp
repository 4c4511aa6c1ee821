/// @file
/// The machine's clock: one thread that sleeps until the next of its timers is due.
#include <applivery/clock.hpp>

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace applivery {

Clock::~Clock() = default;

namespace {

using Steady = std::chrono::steady_clock;

struct Timer {
    std::function<void()> wake;
    std::unique_ptr<CancellationCallback> onCancel;
};

// What the thread works on. Shared with it, since the clock may be destroyed on that very thread.
class TimerQueue : public std::enable_shared_from_this<TimerQueue> {
public:
    void add(Steady::time_point due, const CancellationToken& token, std::function<void()> wake) {
        auto timer = std::make_shared<Timer>();
        timer->wake = std::move(wake);
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            timers_.emplace(due, timer);
        }
        changed_.notify_one();
        if (!token.canBeCancelled()) return;
        auto onCancel =
            std::make_unique<CancellationCallback>(token, [weak = weak_from_this(), key = std::weak_ptr<Timer>(timer)] {
                if (const auto queue = weak.lock()) queue->expire(key.lock());
            });
        const std::lock_guard<std::mutex> lock(mutex_);
        timer->onCancel = std::move(onCancel);
    }

    void run() {
        std::unique_lock<std::mutex> lock(mutex_);
        while (!stopped_ || !timers_.empty()) {
            if (timers_.empty()) {
                changed_.wait(lock);
            } else if (const auto due = timers_.begin()->first; !stopped_ && Steady::now() < due) {
                changed_.wait_until(lock, due);
            } else {
                std::shared_ptr<Timer> timer = std::move(timers_.begin()->second);
                timers_.erase(timers_.begin());
                lock.unlock();
                timer->wake();
                timer.reset();  // unlocked: it waits for a cancellation that is just running expire()
                lock.lock();
            }
        }
    }

    void stop() {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            stopped_ = true;
        }
        changed_.notify_one();
    }

private:
    // Moves a cancelled timer to the front, so that the thread runs it next.
    void expire(const std::shared_ptr<Timer>& timer) {
        const std::lock_guard<std::mutex> lock(mutex_);
        for (auto it = timers_.begin(); it != timers_.end(); ++it) {
            if (it->second != timer) continue;
            auto node = timers_.extract(it);
            node.key() = Steady::time_point::min();
            timers_.insert(std::move(node));
            changed_.notify_one();
            return;
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::multimap<Steady::time_point, std::shared_ptr<Timer>> timers_;
    bool stopped_ = false;
};

class SystemClock final : public Clock {
public:
    SystemClock() = default;
    SystemClock(const SystemClock&) = delete;
    SystemClock& operator=(const SystemClock&) = delete;

    ~SystemClock() override {
        queue_->stop();
        if (!thread_.joinable()) return;
        if (thread_.get_id() == std::this_thread::get_id()) {
            thread_.detach();
        } else {
            thread_.join();
        }
    }

    Steady::time_point now() const override { return Steady::now(); }

    std::chrono::system_clock::time_point wallNow() const override { return std::chrono::system_clock::now(); }

    void callAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        std::call_once(started_, [this] { thread_ = std::thread([queue = queue_] { queue->run(); }); });
        queue_->add(Steady::now() + delay, token, std::move(wake));
    }

private:
    std::shared_ptr<TimerQueue> queue_ = std::make_shared<TimerQueue>();
    std::once_flag started_;
    std::thread thread_;
};

}  // namespace

std::shared_ptr<Clock> makeSystemClock() {
    return std::make_shared<SystemClock>();
}

}  // namespace applivery
