/// @file
/// The host's own executor, ClientOptions::executor, whatever it does with its tasks.
#pragma once

#include "client/executor.hpp"

#include <functional>
#include <memory>

namespace applivery::detail {

/// Runs a task once, even if the executor runs it twice. If the executor drops a task or throws, its work is abandoned.
///
/// An executor may run tasks at once, inside post(). If 16 tasks of the same executor are nested on a thread, the next
/// one runs after the innermost of them: completions that begin the next call would otherwise exhaust the stack.
class HostExecutor final : public Executor {
public:
    using Function = std::function<void(std::function<void()>)>;

    /// Runs tasks at once, for a client that cannot have a better executor. All such executors count as the same one.
    HostExecutor();

    explicit HostExecutor(Function function);

    void post(std::shared_ptr<Task> work) noexcept override;

private:
    const Function function_;
    const bool isHosts_;
};

}  // namespace applivery::detail
