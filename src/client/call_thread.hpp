/// @file
/// The thread on which answers are decoded that nobody waits for on a thread of their own.
#pragma once

#include "client/executor.hpp"
#include "core/worker_thread.hpp"

#include <applivery/result.hpp>

#include <condition_variable>
#include <memory>
#include <mutex>

namespace applivery::detail {

/// Steps in the order in which they were posted.
class StepQueue final : public Worker, public Executor {
public:
    void post(std::shared_ptr<Stepwise> work) noexcept override;
    void run() noexcept override;
    void stop() noexcept override;

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::shared_ptr<Stepwise> first_;  // each holds the next
    Stepwise* last_ = nullptr;
    bool stopped_ = false;
};

/// One for all clients of the process, while any of them needs it. The calls hold its queue, and not the thread.
class CallThread {
public:
    [[nodiscard]] static std::shared_ptr<CallThread> shared();

    /// Where calls post their steps. An error where the system refuses the thread.
    [[nodiscard]] Result<std::shared_ptr<Executor>> executor();

private:
    std::mutex mutex_;
    std::shared_ptr<StepQueue> queue_;  // guarded by mutex_
    WorkerThread thread_;               // its destructor ends the queue
};

}  // namespace applivery::detail
