#include "client/call_thread.hpp"

#include "core/process_local.hpp"

#include <utility>

namespace applivery::detail {

void StepQueue::post(std::shared_ptr<Stepwise> work) noexcept {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!stopped_) {
            Stepwise* const added = work.get();
            (first_ ? last_->next : first_) = std::move(work);
            last_ = added;
            changed_.notify_one();
            return;
        }
    }
    work->step();  // nobody is left to do it later
}

void StepQueue::run() noexcept {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopped_ || first_; });
        if (!first_) return;
        std::shared_ptr<Stepwise> work = std::move(first_);
        first_ = std::move(work->next);
        lock.unlock();
        work->step();
        work.reset();
        lock.lock();
    }
}

void StepQueue::stop() noexcept {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        stopped_ = true;
    }
    changed_.notify_one();
}

std::shared_ptr<CallThread> CallThread::shared() {
    struct Current {
        std::mutex mutex;
        std::weak_ptr<CallThread> thread;
    };
    auto& current = processLocal<Current>();
    const std::lock_guard<std::mutex> lock(current.mutex);
    std::shared_ptr<CallThread> thread = current.thread.lock();
    if (!thread) {
        thread = std::make_shared<CallThread>();
        current.thread = thread;
    }
    return thread;
}

Result<std::shared_ptr<Executor>> CallThread::executor() {
    if (auto refusal = thread_.refusalInChild()) return *std::move(refusal);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!queue_) {
        auto queue = std::make_shared<StepQueue>();
        if (auto refusal = thread_.start(queue)) return *std::move(refusal);
        queue_ = std::move(queue);
    }
    return std::shared_ptr<Executor>(queue_);
}

}  // namespace applivery::detail
