#include "http/rate_limiter.hpp"

#include "core/per_process.hpp"
#include "core/time_limits.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

namespace applivery::detail {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t longestWindow = 1024;  // requests; a power of two, so that the count of requests may overflow

// Timers fire late. The queue compensates for up to this time.
constexpr milliseconds usualLateness{20};

struct Limiters {
    struct Entry {
        std::weak_ptr<HttpTransport> transport;
        std::shared_ptr<RateLimiter> limiter;  // lives as long as the transport, so that earlier requests still count
    };
    std::mutex mutex;
    std::map<const HttpTransport*, Entry> byTransport;
};

// Holds the limiter whose calls this thread is waking, and the number of nested calls of its wakeHead().
struct Waking {
    const RateLimiter* limiter = nullptr;
    int depth = 0;
};
thread_local Waking waking;

constexpr int maxNestedWaking = 16;  // a thread may have a small stack

RateLimiter::Time laterBy(RateLimiter::Time time, RateLimiter::Time::duration step, std::size_t steps) {
    if (steps == 0 || step.count() == 0) return time;
    const auto maxSteps = (RateLimiter::Time::max() - std::max(time, RateLimiter::Time{})) / step;
    if (steps > static_cast<std::uint64_t>(maxSteps)) return RateLimiter::Time::max();
    return time + step * static_cast<RateLimiter::Time::rep>(steps);
}

}  // namespace

RateLimiter::RateLimiter() : sent_(longestWindow) {}

std::shared_ptr<RateLimiter> RateLimiter::of(const std::shared_ptr<HttpTransport>& transport) {
    auto& limiters = perProcess<Limiters>();
    const std::lock_guard<std::mutex> lock(limiters.mutex);
    for (auto next = limiters.byTransport.begin(); next != limiters.byTransport.end();) {
        const auto entry = next++;
        if (entry->second.transport.expired()) limiters.byTransport.erase(entry);
    }
    Limiters::Entry& entry = limiters.byTransport[transport.get()];
    if (!entry.limiter) entry = {transport, std::make_shared<RateLimiter>()};
    return entry.limiter;
}

RateLimiter::Window RateLimiter::windowOf(double perSecond) {
    // The window of a high limit is a part of a second, so that the ring can hold the requests of a window.
    constexpr double highest = 1'000'000;
    const double rate = std::min(perSecond, highest);
    const double parts = std::ceil(rate / static_cast<double>(longestWindow));
    const double count = parts > 1 ? std::floor(rate / parts) : std::ceil(rate);
    const double seconds = parts > 1 ? 1 / parts : count / rate;
    const std::chrono::duration<double> length(seconds);
    const bool isTooLong = length > std::chrono::duration<double>(longestDelay);  // sums must not overflow
    return {static_cast<std::size_t>(count), isTooLong ? Duration(longestDelay) : std::chrono::ceil<Duration>(length)};
}

void RateLimiter::updateWindow() {
    nextLeaveAt_ = Time::min();  // earlier requests still count, but the interval depends on the limit
    window_.reset();
    if (!limits_.empty()) window_ = windowOf(*limits_.begin());
}

bool RateLimiter::hasLimit() const {
    const Lock lock(mutex_);
    return window_.has_value();
}

RateLimiter::Time RateLimiter::pausedUntil() const {
    const Lock lock(mutex_);
    return pausedUntil_;
}

void RateLimiter::pauseUntil(Time time) {
    const Lock lock(mutex_);
    pausedUntil_ = std::max(pausedUntil_, time);
}

bool RateLimiter::tryTake(Time now) {
    const Lock lock(mutex_);
    latest_ = std::max(latest_, now);
    if (!isFree(false, now)) return false;
    record({now, true});
    return true;
}

// Returns whether a call may take a slot now. With a limit, a new call waits for the calls in the queue. Without a
// limit, only a pause delays a new call. The calls that a pause delayed leave the queue one by one.
bool RateLimiter::isFree(bool isQueued, Time now) const {
    if (!window_ && !isQueued) return now >= pausedUntil_;
    return (isQueued || queue_.empty()) && slotTime(0, now) <= now;
}

// Keeps the records in order of time: another thread may already have recorded a later time.
void RateLimiter::record(Sent added) {
    std::uint64_t number = sentCount_++;
    unstarted_ += added.isUnstarted ? 1U : 0U;
    unstarted_ -= sent(number).isUnstarted ? 1U : 0U;  // the oldest record, which `added` replaces
    for (std::size_t i = 1; i < longestWindow && sent(number - 1).time > added.time; ++i, --number) {
        sent(number) = sent(number - 1);
    }
    sent(number) = added;
}

// Does nothing if newer records have replaced the record of the slot.
void RateLimiter::removeUnstarted(Time slot) {
    for (std::size_t i = 1; i <= longestWindow; ++i) {
        std::uint64_t number = sentCount_ - i;
        if (!sent(number).isUnstarted || sent(number).time != slot) continue;
        for (; number + 1 < sentCount_; ++number) sent(number) = sent(number + 1);
        sent(--sentCount_) = {};
        --unstarted_;
        return;
    }
}

void RateLimiter::started(Time slot, Time now) {
    if (forkGuard_.isForkedChild()) return;  // another thread may have held the mutex at the fork
    const Lock lock(mutex_);
    latest_ = std::max(latest_, now);
    reportsStarts_ = true;
    removeUnstarted(slot);
    record({now, false});
}

void RateLimiter::endedWithoutStart(Time slot) {
    if (forkGuard_.isForkedChild()) return;  // another thread may have held the mutex at the fork
    Lock lock(mutex_);
    removeUnstarted(slot);
    record({slot, false});
    wakeHead(lock);
}

// Returns the time of the n-th last record. If the transport reports starts, unstarted requests count as sent now,
// after all others.
RateLimiter::Time RateLimiter::nthLastSent(std::size_t n, Time now) const {
    if (unstarted_ == 0 || !reportsStarts_) return sent(sentCount_ - n).time;
    if (n <= unstarted_) return std::max(now, latest_);
    std::size_t left = n - unstarted_;
    for (std::size_t i = 1; i <= longestWindow; ++i) {
        if (!sent(sentCount_ - i).isUnstarted && --left == 0) return sent(sentCount_ - i).time;
    }
    return Time::min();
}

// Returns the time between two calls that leave the queue. Without a limit, jitter takes a share of this time. The time
// is then shorter in a long queue: 5,000 calls leave within about half a minute.
RateLimiter::Duration RateLimiter::longestGap() const {
    if (window_) return window_->length / static_cast<Duration::rep>(window_->count);
    constexpr Duration longest = milliseconds{200};
    constexpr Duration sumOfGaps = std::chrono::seconds{5};
    return std::min(longest, sumOfGaps / static_cast<Duration::rep>(queue_.size() + 1));
}

// Returns when the call at this position may send its request. The time is exact for the first call, and an estimate
// for the others: wakeHead() wakes a call that becomes the first.
RateLimiter::Time RateLimiter::slotTime(std::size_t position, Time now) const {
    Time first = std::max({now, pausedUntil_, nextLeaveAt_});
    if (!window_) return laterBy(first, longestGap() / 2, position);
    const auto afterWindow = [&](std::size_t next) {
        return nthLastSent(window_->count - next, now) + window_->length;
    };
    first = std::max(first, afterWindow(0));
    const std::size_t last = std::min(position, window_->count - 1);
    return std::max(laterBy(first, longestGap(), position), laterBy(afterWindow(last), longestGap(), position - last));
}

// Wakes the first call of the queue if its slot comes before the time at which the call asks again. The clock may run
// the call inside cancel(). The call then takes its slot and leaves the queue, and the loop continues with the next
// call. A nested wakeHead() wakes the next call sooner, because user code inside cancel() may wait for that call. At
// the maximum depth, only an outer wakeHead() wakes the next call.
void RateLimiter::wakeHead(Lock& lock) {
    const int depth = waking.limiter == this ? waking.depth + 1 : 1;
    if (depth > maxNestedWaking) return;
    const Waking outer = std::exchange(waking, Waking{this, depth});
    while (!queue_.empty()) {
        Waiter& head = *queue_.front();
        const Time slot = slotTime(0, Time::min());
        if (head.askAt_ <= slot) break;
        head.askAt_ = slot;
        CancellationSource wake = head.wake_;  // another thread may destroy `head`
        lock.unlock();
        wake.cancel();
        lock.lock();
    }
    waking = outer;
}

RateLimiter::Limit::Limit(std::shared_ptr<RateLimiter> limiter, double perSecond) : limiter_(std::move(limiter)) {
    const Lock lock(limiter_->mutex_);
    entry_ = limiter_->limits_.insert(perSecond);
    limiter_->updateWindow();
}

RateLimiter::Limit::~Limit() {
    if (limiter_->forkGuard_.isForkedChild()) return;  // another thread may have held the mutex at the fork
    Lock lock(limiter_->mutex_);
    limiter_->limits_.erase(entry_);
    limiter_->updateWindow();
    limiter_->wakeHead(lock);
}

RateLimiter::Waiter::Waiter(std::shared_ptr<RateLimiter> limiter, double jitter)
    : limiter_(std::move(limiter)), jitter_(jitter) {}

RateLimiter::Waiter::~Waiter() {
    if (limiter_->forkGuard_.isForkedChild()) return;  // another thread may have held the mutex at the fork
    {
        Lock lock(limiter_->mutex_);
        if (isQueued()) {
            leaveQueue();
            limiter_->wakeHead(lock);
        }
    }
    wake_.cancel();
}

RateLimiter::Turn RateLimiter::Waiter::ask(Time now, Time deadline) {
    std::optional<CancellationSource> newWake;
    if (token().isCancelled()) newWake.emplace();
    Lock lock(limiter_->mutex_);
    if (newWake) wake_ = *std::move(newWake);
    limiter_->latest_ = std::max(limiter_->latest_, now);
    if (now <= deadline && limiter_->isFree(isQueued(), now)) {
        if (isQueued()) {
            reserveNextSlot(now);
            leaveQueue();
        }
        limiter_->record({now, true});
        limiter_->wakeHead(lock);
        return {};
    }
    const Time slot = slotInQueue(now, deadline);
    if (slot > deadline) {
        if (isQueued()) leaveQueue();
        limiter_->wakeHead(lock);
        return {Turn::Kind::tooLate, slot};
    }
    if (!isQueued()) {
        number_ = ++limiter_->lastNumber_;
        limiter_->queue_.splice(limiter_->queue_.end(), own_);
    }
    askAt_ = slot;
    return {Turn::Kind::later, slot};
}

// Sets the earliest time at which the next call leaves the queue.
void RateLimiter::Waiter::reserveNextSlot(Time now) const {
    const Time due = std::max(limiter_->slotTime(0, Time::min()), now - usualLateness);
    const std::chrono::duration<double> longest = limiter_->longestGap();
    const Duration gap =
        limiter_->window_ ? limiter_->longestGap() : std::chrono::duration_cast<Duration>(longest * jitter_);
    limiter_->nextLeaveAt_ = laterBy(due, gap, 1);
}

// Returns when this call may send its request.
RateLimiter::Time RateLimiter::Waiter::slotInQueue(Time now, Time deadline) const {
    const Queue& queue = limiter_->queue_;
    if (!isQueued()) return limiter_->slotTime(queue.size(), now);
    // An upper bound of the position, because calls that joined earlier may have left.
    const auto position = std::min<std::uint64_t>(number_ - queue.front()->number_, queue.size() - 1);
    const Time slot = limiter_->slotTime(static_cast<std::size_t>(position), now);
    if (slot <= deadline) return slot;
    // Counts the exact position, which takes longer.
    return limiter_->slotTime(static_cast<std::size_t>(std::distance(queue.begin(), Queue::const_iterator(node_))),
                              now);
}

}  // namespace applivery::detail
