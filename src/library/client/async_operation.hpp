/// @file
/// Work that goes from event to event, each of which may come from any thread.
#pragma once

#include "client/executor.hpp"

#include <atomic>
#include <memory>
#include <utility>

namespace applivery::detail {

/// Handles one event at a time. One that comes while another is handled, on the same thread or on another, is left to
/// the thread that is at it: nothing recurs, and nothing waits for a lock.
class AsyncOperation : public Task, public std::enable_shared_from_this<AsyncOperation> {
public:
    explicit AsyncOperation(std::shared_ptr<Executor> executor) : executor_(std::move(executor)) {}

    void step() noexcept final {
        isPosted_ = false;
        notify(true);
    }

protected:
    /// Something is to be handled. What it is was noted before.
    void notify(bool isOnExecutor = false) noexcept {
        if (++events_ > 1) return;
        bool mustMove = false;
        do {
            mustMove = handle(isOnExecutor);
        } while (--events_ > 0);
        if (mustMove && !isPosted_.exchange(true)) executor_->post(shared_from_this());
    }

    /// Handles what notify, as far as may be here. @return whether the rest is for the executor to run; never where
    /// this is there.
    [[nodiscard]] virtual bool handle(bool isOnExecutor) noexcept = 0;

    /// For abandon(): the executor runs no more, and there is no other place left.
    void notifyWithoutExecutor() noexcept { step(); }

    [[nodiscard]] const std::shared_ptr<Executor>& executor() const noexcept { return executor_; }

private:
    const std::shared_ptr<Executor> executor_;
    std::atomic<int> events_{0};
    std::atomic<bool> isPosted_{false};
};

}  // namespace applivery::detail
