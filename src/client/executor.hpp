/// @file
/// Where the steps of a call run. No way of it needs memory: a step that is due must not be lost for want of some.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

namespace applivery::detail {

/// What goes on in steps, each of which waits for one event.
class Stepwise {
public:
    Stepwise() = default;
    Stepwise(const Stepwise&) = delete;
    Stepwise& operator=(const Stepwise&) = delete;
    virtual ~Stepwise() = default;

    /// Does what the last event asks for.
    virtual void step() noexcept = 0;

    /// For an executor that keeps what waits in a queue.
    std::shared_ptr<Stepwise> next{};
};

class Executor {
public:
    Executor() = default;
    Executor(const Executor&) = delete;
    Executor& operator=(const Executor&) = delete;
    virtual ~Executor() = default;

    /// Runs the next step of `work`: at once, or later on another thread.
    virtual void post(std::shared_ptr<Stepwise> work) noexcept = 0;
};

/// Runs steps where their events come from.
class InlineExecutor final : public Executor {
public:
    void post(std::shared_ptr<Stepwise> work) noexcept override { work->step(); }
};

/// Runs steps on the thread that waits for them, in the order in which they were posted.
class Mailbox final : public Executor {
public:
    void post(std::shared_ptr<Stepwise> work) noexcept override {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (!isClosed_) {
                Stepwise* const added = work.get();
                (first_ ? last_->next : first_) = std::move(work);
                last_ = added;
                arrived_.notify_one();
                return;
            }
        }
        work->step();
    }

    /// Runs a step where one was posted. @return whether one was.
    bool runIfAny() {
        std::unique_lock<std::mutex> lock(mutex_);
        if (!first_) return false;
        runFirst(lock);
        return true;
    }

    /// Waits for a step and runs it.
    void runNext() {
        std::unique_lock<std::mutex> lock(mutex_);
        arrived_.wait(lock, [this] { return first_ != nullptr; });
        runFirst(lock);
    }

    /// Nobody will wait again: what was posted is run now, and what comes later where it comes from.
    void close() {
        std::unique_lock<std::mutex> lock(mutex_);
        isClosed_ = true;
        while (first_) runFirst(lock);
    }

private:
    void runFirst(std::unique_lock<std::mutex>& lock) {
        std::shared_ptr<Stepwise> work = std::move(first_);
        first_ = std::move(work->next);
        lock.unlock();
        work->step();
        work.reset();  // which may end what waits for other threads
        lock.lock();
    }

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::shared_ptr<Stepwise> first_;  // each holds the next
    Stepwise* last_ = nullptr;
    bool isClosed_ = false;
};

}  // namespace applivery::detail
