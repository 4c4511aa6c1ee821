/// @file
/// Time as the library sees it: the seam by which tests run twenty minutes in a millisecond, by the
/// VirtualClock of applivery/testing/virtual_clock.hpp.
#pragma once

#include <applivery/cancellation.hpp>
#include <applivery/export.hpp>

#include <chrono>
#include <functional>
#include <memory>

APPLIVERY_WARNINGS_PUSH
namespace applivery {

/// Tells the time and lets it pass. An implementation must be safe to use from many threads at once, and to destroy on
/// any thread.
class APPLIVERY_API Clock {
public:
    virtual ~Clock();

    /// For deadlines and durations: never set back.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point now() const = 0;

    /// The calendar's time, for `Retry-After` dates and the age of builds.
    [[nodiscard]] virtual std::chrono::system_clock::time_point wallNow() const = 0;

    /// Calls `wake` exactly once: after `delay`, or sooner where the token is cancelled or the clock is destroyed.
    /// `wake` may run on any thread, also on this one before the call returns. It must not throw.
    ///
    /// May throw where it cannot wait; dropping `wake` says the same. A call that waits then ends with what failed
    /// last.
    virtual void callAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) = 0;

    /// Calls `wake` as callAfter() does, for a time limit: the caller works meanwhile and does not wait for `wake`. A
    /// clock that skips the time of callAfter() must not skip this time.
    ///
    /// The default drops `wake`. A wait for a build can then exceed its time limit while its request is in a queue.
    virtual void alarmAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) {
        (void)delay, (void)token, (void)wake;
    }
};

/// The machine's own clock. Its one thread starts with the first callAfter() and ends with the clock; callAfter()
/// throws ConnectionError where the system refuses it. A delay of over ten years is ten years.
[[nodiscard]] APPLIVERY_API std::shared_ptr<Clock> makeSystemClock();

}  // namespace applivery
APPLIVERY_WARNINGS_POP
