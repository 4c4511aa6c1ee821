/// @file
/// Steps that wait for a thread to run them.
#pragma once

#include "client/executor.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

namespace applivery::detail {

/// Runs steps on the thread that waits for them, in the order in which they were posted.
class TaskQueue final : public Executor {
public:
    void post(std::shared_ptr<Task> work) noexcept override {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (!isClosed_) {
                Task* const added = work.get();
                (first_ ? last_->next : first_) = std::move(work);
                last_ = added;
                arrived_.notify_one();
                return;
            }
        }
        work->step();
    }

    void runQuick() noexcept override {
        std::unique_lock<std::mutex> lock(mutex_);
        Task* before = nullptr;
        while (Task* const one = (before != nullptr ? before->next : first_).get()) {
            if (!one->isQuick()) {
                before = one;
                continue;
            }
            run(lock, before);
            before = nullptr;  // much may have changed meanwhile
        }
    }

    /// Runs a step where one was posted. @return whether one was.
    bool runIfAny() {
        std::unique_lock<std::mutex> lock(mutex_);
        if (!first_) return false;
        run(lock);
        return true;
    }

    /// Waits for a step and runs it. @return false, and at once, where none is left after stop().
    bool runNext() {
        std::unique_lock<std::mutex> lock(mutex_);
        arrived_.wait(lock, [this] { return first_ != nullptr || isStopped_; });
        if (!first_) return false;
        run(lock);
        return true;
    }

    /// Whoever waits, waits no more.
    void stop() noexcept {
        const std::lock_guard<std::mutex> lock(mutex_);
        isStopped_ = true;
        arrived_.notify_all();
    }

    /// Nobody will wait again: what was posted is run now, and what comes later where it comes from.
    void close() {
        std::unique_lock<std::mutex> lock(mutex_);
        isClosed_ = true;
        while (first_) run(lock);
    }

private:
    // The first, or the one behind `before`.
    void run(std::unique_lock<std::mutex>& lock, Task* before = nullptr) {
        std::shared_ptr<Task>& place = before != nullptr ? before->next : first_;
        std::shared_ptr<Task> work = std::move(place);
        place = std::move(work->next);
        if (last_ == work.get()) last_ = before;
        lock.unlock();
        work->step();
        work.reset();  // which may end what waits for other threads
        lock.lock();
    }

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::shared_ptr<Task> first_;  // each holds the next
    Task* last_ = nullptr;
    bool isStopped_ = false;
    bool isClosed_ = false;
};

}  // namespace applivery::detail
