/// @file
/// Runs threads of the library. A thread ends with its owner, the process or the plugin, whichever ends first.
#pragma once

#include "core/fork_guard.hpp"

#include <applivery/error.hpp>

#include <memory>
#include <optional>

namespace applivery::detail {

class RunningThread;

/// Does the work of a WorkerThread. Shared with the thread, because the owner may be destroyed on that thread.
class Worker {
public:
    Worker() = default;
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    virtual ~Worker();

    /// Works until stop(), then completes the remaining work and returns.
    virtual void run() noexcept = 0;

    /// Makes run() return. Called on any thread, also before run() and more than once. Must not block.
    virtual void stop() noexcept = 0;
};

/// Owns a thread. All signals are blocked in the thread, except those that its own errors raise, such as SIGSEGV.
///
/// The destructor stops the worker and waits for the thread. On a thread of the library, the destructor does not wait:
/// the thread is then joined when another thread starts, or at the end of the process. In a forked child, the
/// destructor does nothing.
class WorkerThread {
public:
    WorkerThread() = default;
    WorkerThread(const WorkerThread&) = delete;
    WorkerThread& operator=(const WorkerThread&) = delete;
    ~WorkerThread();

    /// Returns an error in a forked child of the process that created this object. The child must not use data that the
    /// thread shares: the thread may have been changing the data at the fork.
    [[nodiscard]] std::optional<Error> errorIfForkedChild() const;

    /// Returns the error of errorIfForkedChild().
    [[nodiscard]] static Error forkedChildError();

    /// Starts the thread. Call this once. Returns an error if the system refuses the thread, or if the process is
    /// ending. The worker then never runs.
    [[nodiscard]] std::optional<Error> start(std::shared_ptr<Worker> worker);

    /// Returns whether the caller is on a thread of the library. Such a thread must not wait for another one.
    [[nodiscard]] static bool isCurrent() noexcept;

    /// Returns the error of a blocking call on a thread of the library.
    [[nodiscard]] static Error deadlockError();

    /// Returns whether the threads of the library are ending or have ended. No other thread can then start.
    [[nodiscard]] static bool processIsEnding() noexcept;

    /// Registers an exit handler, which stops all threads of the library. The handler runs before the statics that
    /// exist now are destroyed.
    static void stopAllAtExit();

private:
    ForkGuard forkGuard_;
    std::shared_ptr<RunningThread> running_;
};

}  // namespace applivery::detail
