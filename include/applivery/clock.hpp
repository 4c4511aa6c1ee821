/// @file
/// Defines the source of time, which tests can replace.
#pragma once

#include <applivery/cancellation.hpp>
#include <applivery/export.hpp>

#include <chrono>
#include <functional>
#include <memory>

APPLIVERY_WARNINGS_PUSH
namespace applivery {

/// Provides the time, timers and time limits of a client. Set it as ClientOptions::clock.
///
/// For tests, use VirtualClock of applivery/testing/virtual_clock.hpp: a wait of twenty minutes then takes
/// about a millisecond. An implementation must be thread-safe, and must allow destruction on any thread.
///
/// @code
/// applivery::ClientOptions options;
/// options.clock = std::make_shared<applivery::testing::VirtualClock>();
/// @endcode
class APPLIVERY_API Clock {
public:
    virtual ~Clock();

    /// Returns the monotonic time, for deadlines and durations.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point now() const = 0;

    /// Returns the calendar time, for `Retry-After` dates and the age of builds.
    [[nodiscard]] virtual std::chrono::system_clock::time_point wallNow() const = 0;

    /// Starts a timer: calls `wake` exactly once, after the delay. Does not block.
    ///
    /// Calls `wake` earlier if the token is cancelled or the clock is destroyed. `wake` may run on any thread, also on
    /// the calling thread before this function returns. `wake` does not throw.
    ///
    /// If the timer cannot be started, the implementation throws, or destroys `wake` without calling it. The client's
    /// call that waits for the timer then ends with its last error.
    virtual void callAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) = 0;

    /// Starts a timer for a time limit: calls `wake` as callAfter() does. The caller continues to work meanwhile.
    ///
    /// A clock of a test may skip the delay of callAfter(), but must not skip this delay. The default implementation
    /// does nothing: a wait for a build can then exceed its time limit while its request is in a queue.
    virtual void alarmAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) {
        (void)delay, (void)token, (void)wake;
    }
};

/// Creates the clock of the machine.
///
/// The first timer starts the thread of the clock, which ends with the clock. A delay of more than ten years is
/// shortened to ten years. callAfter() and alarmAfter() throw:
///
/// - ConnectionError if the system refuses the thread, and in a forked child.
/// - CancelledError if the process is ending and the thread was not started before.
[[nodiscard]] APPLIVERY_API std::shared_ptr<Clock> makeSystemClock();

}  // namespace applivery
APPLIVERY_WARNINGS_POP
