/// @file
/// Executors, and the tasks whose steps they run.
#pragma once

#include "core/fork_guard.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"

#include <applivery/cancellation.hpp>
#include <applivery/clock.hpp>
#include <applivery/error.hpp>
#include <applivery/result.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace applivery::detail {

/// Represents work that proceeds in steps. Each step handles one event.
class Task {
public:
    Task() = default;
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    virtual ~Task() = default;

    /// Runs the next step: handles the recorded events.
    virtual void step() noexcept = 0;

    /// Ends the work, with an error if the work has an outcome. Called instead of step() if the executor loses the
    /// step. Called on any thread.
    virtual void abandon(Error why) noexcept = 0;

    /// Returns whether the next step is short. Called on any thread.
    [[nodiscard]] virtual bool isQuick() const noexcept { return true; }

    /// Returns whether the next step may call user code, which may start other calls.
    [[nodiscard]] virtual bool mayCallUser() const noexcept { return true; }

private:
    friend class TaskList;
    std::shared_ptr<Task> next_{};
};

/// Stores tasks, first in, first out. Never allocates, because each task holds the next task. A task is in at most one
/// list.
class TaskList {
public:
    [[nodiscard]] bool isEmpty() const noexcept { return first_ == nullptr; }

    void push(std::shared_ptr<Task> task) noexcept;

    /// Removes and returns the first task; null if there is none.
    /// @param mustBeQuick Skips tasks that are not quick.
    std::shared_ptr<Task> pop(bool mustBeQuick = false) noexcept;

private:
    std::shared_ptr<Task> first_;
    Task* last_ = nullptr;
};

/// Runs the steps of tasks.
class Executor {
public:
    Executor() = default;
    Executor(const Executor&) = delete;
    Executor& operator=(const Executor&) = delete;
    virtual ~Executor() = default;

    /// Runs the next step of the task exactly once, inside this function or later. If the step cannot run, abandons the
    /// task instead.
    virtual void post(std::shared_ptr<Task> task) noexcept = 0;

    /// Runs the posted steps that are quick. Called during a long step, so that they need not wait for its end.
    virtual void runQuick() noexcept {}
};

/// Calls the function once, on the executor. If the executor loses the step, calls the function on any thread. Ignores
/// exceptions of the function. Throws std::bad_alloc: the function is then not called.
void postFunction(Executor& executor, std::function<void()> function);

/// Calls `done` exactly once, after the delay or when the token is cancelled. If the clock fails, `done` gets an error.
/// Throws std::bad_alloc: `done` is then not called.
void callAfter(Clock& clock, std::chrono::milliseconds delay, const CancellationToken& token,
               std::function<void(std::optional<Error>)> done);

/// Stores tasks, and runs them on the thread that calls one of the functions below. Tasks run in the order in which
/// they were posted; runQuick() skips some. post() never allocates, so that no step is lost to std::bad_alloc.
/// Thread-safe.
class TaskQueue final : public Executor {
public:
    void post(std::shared_ptr<Task> task) noexcept override;
    void runQuick() noexcept override;

    /// Runs the first task. Returns false if there is none.
    bool runIfAny();

    /// Waits for a task and runs it. After stop(), does not wait: returns false if there is no task.
    bool runNext();

    /// Makes runNext() return without waiting for tasks.
    void stop() noexcept;

    /// Runs all tasks. Each task that is posted later runs inside post().
    void close();

private:
    bool runFirst(std::unique_lock<std::mutex>& lock, bool mustBeQuick = false);

    std::mutex mutex_;
    std::condition_variable arrived_;
    TaskList tasks_;
    bool isStopped_ = false;
    bool isClosed_ = false;
};

/// Owns the queue of a thread that reads an iteration or waits for a call. Calls may use the queue longer, so the
/// destructor closes the queue. In a forked child, the queue stays open, because its mutex may stay locked.
class ReaderQueue {
public:
    ReaderQueue() = default;
    ReaderQueue(const ReaderQueue&) = delete;
    ReaderQueue& operator=(const ReaderQueue&) = delete;
    ~ReaderQueue() {
        if (!forkGuard_.isForkedChild()) queue_->close();
    }

    [[nodiscard]] const std::shared_ptr<TaskQueue>& get() const noexcept { return queue_; }

private:
    const ForkGuard forkGuard_;
    const std::shared_ptr<TaskQueue> queue_ = std::make_shared<TaskQueue>();
};

/// Runs an asynchronous operation on this thread and returns its outcome. Returns an error in these cases:
/// - This is a thread of the library.
/// - The operation cannot start because of an allocation failure.
/// @param start Starts the operation, with an executor and a callback for the outcome.
template <typename Outcome, typename Start>
[[nodiscard]] Outcome runBlocking(Start&& start) noexcept {
    try {
        if (WorkerThread::isCurrent()) return WorkerThread::deadlockError();
        std::optional<Outcome> outcome;
        const ReaderQueue queue;
        std::forward<Start>(start)(queue.get(), [&outcome](Outcome value) { outcome = std::move(value); });
        while (!outcome) (void)queue.get()->runNext();
        return *std::move(outcome);
    } catch (...) {
        return errorOfException("the call");
    }
}

/// Posts tasks to the function ClientOptions::executor. Runs each task once, even if the function runs the task twice.
/// If the function throws or drops a task, the task is abandoned.
///
/// The function may run tasks inside post(), so that they are nested. If 16 tasks of one executor are nested on a
/// thread, a task that may call the user waits for the end of the innermost of them. Otherwise, callbacks that start
/// the next call would exhaust the stack.
class HostExecutor final : public Executor {
public:
    using Function = std::function<void(std::function<void()>)>;

    /// @param function If null, tasks run inside post(). All executors without a function share one count of nested
    /// tasks.
    explicit HostExecutor(Function function = nullptr) : function_(std::move(function)) {}

    void post(std::shared_ptr<Task> task) noexcept override;

private:
    const Function function_;
};

/// Owns the thread for decoding and callbacks, if ClientOptions::executor is not set. The first call of executor()
/// starts the thread. The destructor ends the thread, after the thread has run the posted tasks. WorkerThread lists the
/// cases in which the destructor does not wait. Each later task runs inside post().
class CompletionThread {
public:
    /// Returns the executor of the thread. Fails in a forked child, if the system refuses the thread, if memory is
    /// exhausted, or if the process is ending.
    [[nodiscard]] Result<std::shared_ptr<Executor>> executor();

    /// Returns an error in a forked child.
    [[nodiscard]] std::optional<Error> errorIfForkedChild() const { return thread_.errorIfForkedChild(); }

private:
    std::mutex mutex_;
    std::shared_ptr<TaskQueue> queue_;  // guarded by mutex_; null until the thread has started
    WorkerThread thread_;
};

/// Handles events, which may come from any thread. The thread that handles an event also handles the events that come
/// meanwhile. So calls of handle() are never nested or concurrent, and no thread waits for another one.
class AsyncOperation : public Task, public std::enable_shared_from_this<AsyncOperation> {
public:
    explicit AsyncOperation(std::shared_ptr<Executor> executor) : executor_(std::move(executor)) {}

    /// Handles all events. abandon() calls this too, because the executor runs no more steps.
    void step() noexcept final {
        isPosted_ = false;
        notify(true);
    }

protected:
    /// Calls handle() for an event that the caller has recorded.
    void notify(bool isOnExecutor = false) noexcept;

    /// Returns a function that calls notify(). The function does not keep this object alive.
    [[nodiscard]] std::function<void()> notifier(bool isOnExecutor = false) {
        return [weak = weak_from_this(), isOnExecutor] {
            if (const auto self = weak.lock()) self->notify(isOnExecutor);
        };
    }

    /// Handles the recorded events that this thread may handle. Returns whether the executor must handle the rest. On
    /// the executor, handles all events and returns false.
    [[nodiscard]] virtual bool handle(bool isOnExecutor) noexcept = 0;

    [[nodiscard]] const std::shared_ptr<Executor>& executor() const noexcept { return executor_; }

private:
    const std::shared_ptr<Executor> executor_;
    std::atomic<int> events_{0};
    std::atomic<bool> isPosted_{false};
};

}  // namespace applivery::detail
