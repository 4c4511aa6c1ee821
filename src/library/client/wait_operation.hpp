/// @file
/// Runs a wait for builds: sends the requests, and waits between the checks.
#pragma once

#include "client/client_state.hpp"
#include "client/wait_state_machine.hpp"
#include "core/executor.hpp"
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

/// Sends the requests of a wait, and waits between its checks. Expects one event at a time: the response to a request,
/// or the beginning of a check. A cancellation may come at any time, and the wait then ignores the other event. Handles
/// all events on the executor.
class WaitOperation final : public AsyncOperation {
public:
    using Results = Result<std::vector<WaitResult>>;

    /// Selects how the time until the next check and the time limit of a check are measured.
    enum class Timing {
        byClock,   ///< Timers of the clock.
        byPoller,  ///< Repeated calls of poll().
    };

    /// @param request The wait sets the members that do not come from the client. An error is the outcome of the wait.
    WaitOperation(Result<ListCallRequest> request, std::vector<BuildSelector> selectors, WaitOptions options,
                  std::shared_ptr<Executor> executor, Timing timing = Timing::byClock);

    /// Begins the wait. The executor decodes the responses, calls WaitOptions::onEvent, and calls `done` exactly once.
    /// Call this once. A shared pointer must own this object. Throws std::bad_alloc: the wait then does not begin.
    void begin(std::function<void(Results)> done);

    void abandon(Error why) noexcept override;

    // The functions below are for Timing::byPoller. Call them on the thread that runs the executor.

    /// Begins a check if a check is due. Ends the current check if its time limit has passed.
    void poll();

    /// In a forked child, ends the wait with an error, and returns true. Uses no mutex, because another thread of the
    /// parent may have held the mutex at the fork.
    bool endIfForkedChild();

    /// Returns the number of requests so far.
    [[nodiscard]] int requests() const noexcept { return requests_; }

    /// Returns the time until the next check; absent during a check.
    [[nodiscard]] std::optional<std::chrono::milliseconds> timeToNextCheck() const;

    [[nodiscard]] const WaitStateMachine& state() const noexcept { return wait_; }

private:
    enum class Event { none, checkDue, responded, lost };

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
    CancellationSource requestEnd_;                    // cancelled when the current request has ended, or must end
    std::optional<LinkedCancellation> requestCancel_;  // of the current request
    WaitStateMachine wait_;
    std::function<void(Results)> done_;
    std::optional<CancellationCallback> onCancel_;
    std::atomic<Event> event_{Event::none};
    std::optional<Result<BuildPage>> response_;                 // of Event::responded
    std::optional<Error> clockFailure_;                         // of Event::checkDue
    std::optional<Error> lost_;                                 // of Event::lost: why the executor runs no more steps
    std::optional<std::chrono::steady_clock::time_point> due_;  // the next check; absent during a check
    int requests_ = 0;
};

}  // namespace applivery::detail
