/// @file
/// Runs a wait for builds from check to check.
#pragma once

#include "client/client_state.hpp"
#include "client/executor.hpp"
#include "client/wait_state_machine.hpp"
#include "core/fork_guard.hpp"
#include "core/linked_cancellation.hpp"

#include <applivery/build_page.hpp>
#include <applivery/build_waiter.hpp>
#include <applivery/result.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace applivery::detail {

/// Sends the requests of a wait, and sleeps between its checks. Handles one event at a time: the response to a request,
/// or the end of a sleep. A cancellation may come at any time, and the wait then ignores the other event. Everything
/// runs on the executor.
class WaitOperation final : public AsyncOperation {
public:
    using Results = Result<std::vector<WaitResult>>;

    /// Selects how the time until the next check and the time limit of a check are measured.
    enum class Timing {
        byClock,   ///< Timers of the clock.
        byPoller,  ///< Repeated calls of poll().
    };

    /// @param request The wait sets all but the client's members. If it is an error, so is the result.
    WaitOperation(Result<ListCallRequest> request, std::vector<BuildSelector> selectors, WaitOptions options,
                  std::shared_ptr<Executor> executor, Timing timing = Timing::byClock);

    /// Begins the wait. The executor decodes the responses, calls WaitOptions::onEvent, and calls `done` exactly once.
    /// Call this once, on an operation that a shared pointer owns. Throws std::bad_alloc before the wait begins.
    void begin(std::function<void(Results)> done);

    void abandon(Error why) noexcept override;

    // Of Timing::byPoller, on the thread that runs the executor.

    /// Begins a check that is due, and cancels a check at its time limit.
    void poll();

    /// In a forked child, ends the wait with an error, and returns true. Uses no lock, because another thread of the
    /// parent may have held it at the fork.
    bool endIfForkedChild();

    /// Returns the number of requests so far.
    [[nodiscard]] int requests() const noexcept { return requests_; }

    /// Returns the time until the next check; absent during a check.
    [[nodiscard]] std::optional<std::chrono::milliseconds> timeToNextCheck() const;

    [[nodiscard]] const WaitStateMachine& state() const noexcept { return wait_; }

private:
    enum class Event { none, begun, answered, awake, lost };

    void raise(Event event, bool isOnExecutor = false) noexcept;
    [[nodiscard]] bool handle(bool isOnExecutor) noexcept override;
    void proceed(Event event);
    void sendRequest();
    void limitRequestTime();
    void receive(Result<BuildPage> page);
    void sleep();
    void finish() noexcept;
    [[nodiscard]] std::shared_ptr<WaitOperation> self() {
        return std::static_pointer_cast<WaitOperation>(shared_from_this());
    }

    const ForkGuard forkGuard_;
    const Result<ListCallRequest> request_;
    const Timing timing_;
    const std::shared_ptr<Clock> clock_;  // null if the client cannot be used
    const LinkedCancellation cancel_;
    CancellationSource check_;                         // cancelled when the current request has ended, or must end
    std::optional<LinkedCancellation> requestCancel_;  // of the current request
    WaitStateMachine wait_;
    std::function<void(Results)> done_;
    std::optional<CancellationCallback> onCancel_;
    std::atomic<Event> event_{Event::none};
    std::optional<Result<BuildPage>> answer_;                   // of Event::answered
    std::optional<Error> clockFailure_;                         // of Event::awake
    std::optional<Error> lost_;                                 // of Event::lost: why the executor runs no more steps
    std::optional<std::chrono::steady_clock::time_point> due_;  // the next check; absent during a check
    int requests_ = 0;
};

}  // namespace applivery::detail
