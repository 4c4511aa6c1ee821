/// @file
/// Decides when requests may be sent: the rate limit of a transport, and the pauses that the service asks for.
#pragma once

#include "core/fork_guard.hpp"

#include <applivery/cancellation.hpp>
#include <applivery/http_transport.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

namespace applivery::detail {

/// Counts the requests of one transport in a sliding window. A limit of `r` requests per second allows `ceil(r)`
/// requests in any `ceil(r) / r` seconds, so that no second holds more than `ceil(r)`.
///
/// A request counts from the time at which the transport starts it. While a request is in the transport's queue, it
/// counts as if it were sent at the current time. At most `ceil(r)` requests are therefore in that queue, and the
/// transport may start all of them at once. If the transport never reports a start, a request counts from its slot.
///
/// Calls that must wait form the queue of this class, and leave it at equal intervals. A call takes its slot when it
/// sends its request, not earlier. After a pause, a cancelled call or a changed limit, no slot is therefore unused or
/// used twice.
///
/// Performs no I/O and starts no timer: the caller passes the time, and waits. Thread-safe.
class RateLimiter {
public:
    using Time = std::chrono::steady_clock::time_point;

    class Limit;
    class Waiter;

    /// Describes when a call may send its request.
    struct Turn {
        enum class Kind {
            now,      ///< The slot is taken: send the request.
            later,    ///< Ask again at `time`, or as soon as Waiter::token() is cancelled.
            tooLate,  ///< The slot would come after the deadline.
        };
        Kind kind = Kind::now;
        Time time{};
    };

    RateLimiter();

    /// Returns the limiter that all clients of this transport share. Their clocks must agree.
    [[nodiscard]] static std::shared_ptr<RateLimiter> of(const std::shared_ptr<HttpTransport>& transport);

    /// Takes a slot and returns true if a slot is free. With a limit, no slot is free while calls are in the queue.
    /// Does not allocate.
    [[nodiscard]] bool tryTake(Time now);

    /// Counts a request from `now` instead of from its slot, because the transport has started it. Does not allocate.
    void started(Time slot, Time now);

    /// Counts a request from its slot, because it ended without a reported start. Does not allocate.
    void endedWithoutStart(Time slot);

    /// Allows no request before this time. Does not allocate.
    void pauseUntil(Time time);

    /// Returns the latest end of all pauses.
    [[nodiscard]] Time pausedUntil() const;

    [[nodiscard]] bool hasLimit() const;

private:
    using Queue = std::list<Waiter*>;
    using Lock = std::unique_lock<std::mutex>;
    using Duration = Time::duration;

    struct Sent {
        Time time = Time::min();
        bool isUnstarted = false;  // the transport has not reported the start
    };

    // Allows at most `count` requests in any time of `length`.
    struct Window {
        std::size_t count;
        Duration length;
    };

    [[nodiscard]] static Window windowOf(double perSecond);
    void updateWindow();
    [[nodiscard]] bool isFree(bool isQueued, Time now) const;
    void record(Sent added);
    void removeUnstarted(Time slot);
    [[nodiscard]] Sent& sent(std::uint64_t number) { return sent_[static_cast<std::size_t>(number % sent_.size())]; }
    [[nodiscard]] const Sent& sent(std::uint64_t number) const {
        return sent_[static_cast<std::size_t>(number % sent_.size())];
    }
    [[nodiscard]] Time nthLastSent(std::size_t n, Time now) const;
    [[nodiscard]] Time slotTime(std::size_t position, Time now) const;
    [[nodiscard]] Duration longestGap() const;
    void wakeHead(Lock& lock);

    const ForkGuard forkGuard_;
    mutable std::mutex mutex_;
    // The rest is guarded by mutex_.
    std::multiset<double> limits_;  // of the existing clients
    std::optional<Window> window_;  // of the lowest limit
    std::vector<Sent> sent_;        // ring of the last requests, in order of time
    std::uint64_t sentCount_ = 0;
    std::size_t unstarted_ = 0;   // number of unstarted requests in `sent_`
    bool reportsStarts_ = false;  // whether the transport has reported a start
    Time latest_ = Time::min();   // the latest time that a caller has passed
    Time pausedUntil_ = Time::min();
    Time nextLeaveAt_ = Time::min();  // earliest time at which the next call leaves the queue
    Queue queue_;
    std::uint64_t lastNumber_ = 0;  // of the call that joined the queue last
};

/// Limits the rate as long as this object exists. The lowest limit of all clients applies.
class RateLimiter::Limit {
public:
    Limit(std::shared_ptr<RateLimiter> limiter, double perSecond);
    ~Limit();
    Limit(const Limit&) = delete;
    Limit& operator=(const Limit&) = delete;

private:
    const std::shared_ptr<RateLimiter> limiter_;
    std::multiset<double>::iterator entry_;
};

/// Represents a call that must wait for its slot. The destructor leaves the queue and cancels token().
///
/// Used by one thread at a time. Allocates in the constructor, and in ask() after a cancellation of token().
class RateLimiter::Waiter {
public:
    /// @param jitter From 0 to 1. Without a limit, the call after this one leaves the queue later by this share of the
    /// longest gap.
    Waiter(std::shared_ptr<RateLimiter> limiter, double jitter);
    ~Waiter();
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    /// Takes the slot if its time has come. Otherwise adds the call to the queue, or keeps the call in the queue. If
    /// the slot would come after the deadline, the call leaves the queue.
    [[nodiscard]] Turn ask(Time now, Time deadline);

    /// Returns the token that is cancelled if the slot comes earlier than the last Turn::time.
    [[nodiscard]] CancellationToken token() const noexcept { return wake_.token(); }

private:
    friend class RateLimiter;

    [[nodiscard]] bool isQueued() const noexcept { return own_.empty(); }
    void leaveQueue() { own_.splice(own_.end(), limiter_->queue_, node_); }
    void reserveNextSlot(Time now) const;
    [[nodiscard]] Time slotInQueue(Time now, Time deadline) const;

    const std::shared_ptr<RateLimiter> limiter_;
    const double jitter_;
    // The rest is guarded by the mutex of the limiter. The thread of the call reads `wake_` without the mutex, because
    // no other thread replaces it.
    CancellationSource wake_;
    Time askAt_{};              // when the call asks again
    std::uint64_t number_ = 0;  // grows from the head of the queue to its end
    Queue own_{this};  // holds the node while the call is not in the queue: joining the queue does not allocate
    const Queue::iterator node_ = own_.begin();
};

}  // namespace applivery::detail
