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

/// Runs steps on the thread that waits for them. For one call: it never has more than one event under way.
class Mailbox final : public Executor {
public:
    void post(std::shared_ptr<Stepwise> work) noexcept override {
        const std::lock_guard<std::mutex> lock(mutex_);
        work_ = std::move(work);
        arrived_.notify_one();
    }

    void runNext() {
        std::unique_lock<std::mutex> lock(mutex_);
        arrived_.wait(lock, [this] { return work_ != nullptr; });
        const std::shared_ptr<Stepwise> work = std::move(work_);
        lock.unlock();
        work->step();
    }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::shared_ptr<Stepwise> work_;
};

}  // namespace applivery::detail
