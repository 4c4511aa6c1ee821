/// @file
/// The library's one way to have a thread of its own: started by the first need, ended with its owner, the process or
/// the plugin, whichever ends first.
#pragma once

#include "core/fork_guard.hpp"

#include <applivery/error.hpp>

#include <memory>
#include <optional>

namespace applivery::detail {

class RunningThread;

/// What a WorkerThread works on. Shared with the thread, since its owner may be destroyed on that very thread.
class Worker {
public:
    Worker() = default;
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    virtual ~Worker();

    /// Works until stop(), then ends what is left and returns.
    virtual void run() noexcept = 0;

    /// Called from any thread, also before run() and more than once. Must not block.
    virtual void stop() noexcept = 0;
};

/// Owns the thread. Signals are blocked in it, but for those that its own faults raise.
///
/// The destructor stops the worker and waits for the thread. On a thread of the library it does not wait: the thread is
/// then joined when another is started, or at the end of the process. In a forked child it touches nothing.
class WorkerThread {
public:
    WorkerThread() = default;
    WorkerThread(const WorkerThread&) = delete;
    WorkerThread& operator=(const WorkerThread&) = delete;
    ~WorkerThread();

    /// An error in a forked child of the process that made this: nothing that a thread there works on may be touched,
    /// since another thread may have been in the middle of it.
    [[nodiscard]] std::optional<Error> refusalInChild() const;

    /// That error.
    [[nodiscard]] static Error madeBeforeAFork();

    /// Starts the thread; called once. An error where the system refuses it, or the process is ending: the worker then
    /// never runs.
    [[nodiscard]] std::optional<Error> start(std::shared_ptr<Worker> worker);

    /// Whether the caller is on a thread of the library's own, which must not wait for another.
    [[nodiscard]] static bool isCurrent() noexcept;

    /// The error of what blocks and was called there.
    [[nodiscard]] static Error wouldWaitForItself();

    /// Whether every thread of the library ends or has ended, and none begins any more.
    [[nodiscard]] static bool processIsEnding() noexcept;

    /// From here on, the end of the process first ends every thread of the library, and only then what was initialised
    /// before this call.
    static void endBeforeWhatExists();

private:
    ForkGuard forkGuard_;
    std::shared_ptr<RunningThread> running_;
};

}  // namespace applivery::detail
