/// @file
/// The library's own thread for decoding and completions, where the host gives no executor.
#pragma once

#include "client/task_queue.hpp"
#include "core/worker_thread.hpp"

#include <applivery/result.hpp>

#include <memory>
#include <mutex>
#include <optional>

namespace applivery::detail {

/// Starts with the first need. The destructor runs what was posted, and ends the thread; what is posted later runs
/// where it comes from.
class CompletionThread {
public:
    /// Runs steps on the thread. An error where the system refuses it, and in a forked child.
    [[nodiscard]] Result<std::shared_ptr<Executor>> executor();

    /// An error in a forked child.
    [[nodiscard]] std::optional<Error> refusalInChild() const { return thread_.refusalInChild(); }

private:
    std::mutex mutex_;
    std::shared_ptr<TaskQueue> mailbox_;  // guarded by mutex_; of the thread that was started
    WorkerThread thread_;
};

}  // namespace applivery::detail
