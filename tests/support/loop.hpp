/// @file
/// An executor whose tasks the test runs, as an event loop does.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace applivery::test {

class Loop {
public:
    using Task = std::function<void()>;

    /// Returns an executor for ClientOptions::executor.
    [[nodiscard]] std::function<void(Task)> executor() const {
        return [weak = std::weak_ptr<State>(state_)](Task task) {
            const auto state = weak.lock();
            if (!state) return;
            const std::lock_guard<std::mutex> lock(state->mutex);
            state->tasks.push_back(std::move(task));
            state->arrived.notify_one();
        };
    }

    /// Runs the next task. @return false if no task arrives within 30 s.
    bool runOne() {
        const Task task = takeOne();
        if (task) task();
        return task != nullptr;
    }

    /// Runs tasks until the condition holds, or until no task arrives within 30 s.
    void runUntil(const std::function<bool()>& isReached) {
        while (!isReached() && runOne()) {
        }
    }

    /// Removes the next task from the queue without running the task. @return null if no task arrives within 30 s.
    Task takeOne() {
        std::unique_lock<std::mutex> lock(state_->mutex);
        if (!state_->arrived.wait_for(lock, std::chrono::seconds{30}, [this] { return !state_->tasks.empty(); })) {
            return nullptr;
        }
        Task task = std::move(state_->tasks.front());
        state_->tasks.pop_front();
        return task;
    }

    /// Returns the number of queued tasks.
    [[nodiscard]] std::size_t waiting() const {
        const std::lock_guard<std::mutex> lock(state_->mutex);
        return state_->tasks.size();
    }

private:
    struct State {
        std::mutex mutex;
        std::condition_variable arrived;
        std::deque<Task> tasks;  // guarded by mutex
    };

    std::shared_ptr<State> state_ =
        std::make_shared<State>();  // executors do not own it, because its tasks own executors
};

}  // namespace applivery::test
