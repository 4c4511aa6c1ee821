/// @file
/// The host's own executor, ClientOptions::executor, whatever it does with its tasks.
#pragma once

#include "client/executor.hpp"

#include <functional>
#include <memory>

namespace applivery::detail {

/// Runs a task once, even if the executor runs it twice. If the executor drops a task or throws, its work is abandoned.
///
/// An executor may run tasks at once, inside post(). If that happens during another task of the same thread, the inner
/// task runs after the outer one: completions that begin the next call would otherwise exhaust the stack.
class HostExecutor final : public Executor {
public:
    using Function = std::function<void(std::function<void()>)>;

    explicit HostExecutor(Function function);

    void post(std::shared_ptr<Stepwise> work) noexcept override;

private:
    const Function function_;
};

/// The function of an executor that runs tasks at once, for a client that cannot have a better one.
void runInline(const std::function<void()>& task);

}  // namespace applivery::detail
