/// @file
/// Where the steps of a call run. No way of it needs memory, but for the host's own: a step that is due must not be
/// lost for want of some.
#pragma once

#include <applivery/error.hpp>

#include <memory>

namespace applivery::detail {

/// What goes on in steps, each of which waits for one event.
class Task {
public:
    Task() = default;
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    virtual ~Task() = default;

    /// Does what the last event asks for.
    virtual void step() noexcept = 0;

    /// Instead of step(), on any thread: the executor lost it, and it ends here.
    virtual void abandon(Error why) noexcept = 0;

    /// Whether the next step takes no time that others would have to wait for. Called from any thread.
    [[nodiscard]] virtual bool isQuick() const noexcept { return true; }

    /// Whether the next step may call a function of the user, which may begin further work.
    [[nodiscard]] virtual bool mayCallUser() const noexcept { return true; }

    /// For an executor that keeps what waits in a queue, and so never has it there twice.
    std::shared_ptr<Task> next{};
};

class Executor {
public:
    Executor() = default;
    Executor(const Executor&) = delete;
    Executor& operator=(const Executor&) = delete;
    virtual ~Executor() = default;

    /// Runs the next step of `work`, or abandons it: at once, or later on another thread.
    virtual void post(std::shared_ptr<Task> work) noexcept = 0;

    /// In the midst of a step that takes long: runs those that wait and are quick, where they would wait for it.
    virtual void runQuick() noexcept {}
};

}  // namespace applivery::detail
