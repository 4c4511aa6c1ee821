/// @file
/// For the tests of programs that use the library: time that costs none. Set it as ClientOptions::clock, and backoffs,
/// `Retry-After` and waits for builds are over at once, while everything reckons with the time that they would have
/// taken.
#pragma once

#include <applivery/clock.hpp>
#include <applivery/testing/ending.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace applivery {
namespace testing {

/// A clock without wall time. It begins at 2023-11-14 22:13:20 UTC unless told otherwise.
///
/// Safe to use from many threads at once.
class VirtualClock final : public Clock {
public:
    /// When time passes.
    enum class Passing {
        whenAwaited,  ///< Whoever waits makes it pass, and goes on at once, on its own thread: one wait after another.
        byHand,       ///< advance() alone makes it pass. For several waits at once, and for what happens meanwhile.
    };

    explicit VirtualClock(Passing passing = Passing::whenAwaited,
                          std::chrono::system_clock::time_point start =
                              std::chrono::system_clock::time_point{std::chrono::seconds{1'700'000'000}})
        : passing_(passing), start_(start) {}

    /// Ends all waits.
    ~VirtualClock() override {
        for (const auto& [due, wait] : waits_) wait.ending->run();
    }
    VirtualClock(const VirtualClock&) = delete;
    VirtualClock& operator=(const VirtualClock&) = delete;

    [[nodiscard]] std::chrono::steady_clock::time_point now() const override {
        return std::chrono::steady_clock::time_point{} + elapsed();
    }

    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override { return start_ + elapsed(); }

    void callAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        const std::chrono::milliseconds time = std::clamp(delay, std::chrono::milliseconds{0}, longest);
        if (passing_ == Passing::byHand) {
            auto wait = detail::Ending::of(std::move(wake), token);
            const std::lock_guard<std::mutex> lock(mutex_);
            delays_.push_back(delay);
            waits_.emplace(elapsed_ + time, Wait{std::move(wait), false});
            return;
        }
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            delays_.push_back(delay);
            if (!token.isCancelled()) elapsed_ += time;
        }
        advance(std::chrono::milliseconds{0});  // runs the alarms that are due now
        wake();
    }

    /// Calls `wake` when callAfter() or advance() has made this time pass, whatever Passing says. Neither delays() nor
    /// untilNextWake() counts alarms.
    void alarmAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        const std::chrono::milliseconds time = std::clamp(delay, std::chrono::milliseconds{0}, longest);
        auto alarm = detail::Ending::of(std::move(wake), token);
        const std::lock_guard<std::mutex> lock(mutex_);
        waits_.emplace(elapsed_ + time, Wait{std::move(alarm), true});
    }

    /// Lets time pass, and ends on this thread the waits that are due meanwhile, each at its time, also those that
    /// begin on this thread on the way.
    ///
    /// The next backoff of an asynchronous call begins on a thread of the client, which reads the answer before: wait
    /// for untilNextWake() between two calls of this. Or let this thread read it, and all backoffs are on the way: set
    /// `options.executor = [](auto task) { task(); }`.
    void advance(std::chrono::milliseconds time) {
        const std::chrono::milliseconds until = elapsed() + time;
        while (const std::shared_ptr<detail::Ending> wait = takeDue(until)) wait->run();
    }

    /// How much time has passed.
    [[nodiscard]] std::chrono::milliseconds elapsed() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return elapsed_;
    }

    /// How long each wait was to last, in the order in which they began.
    [[nodiscard]] std::vector<std::chrono::milliseconds> delays() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return delays_;
    }

    /// How long until advance() ends a wait; absent where nothing waits.
    [[nodiscard]] std::optional<std::chrono::milliseconds> untilNextWake() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto next = std::find_if(waits_.begin(), waits_.end(), [](const auto& wait) {
            return !wait.second.isAlarm && !wait.second.ending->hasRun();
        });
        if (next == waits_.end()) return std::nullopt;
        return next->first - elapsed_;
    }

private:
    struct Wait {
        std::shared_ptr<detail::Ending> ending;
        bool isAlarm;
    };

    static constexpr std::chrono::milliseconds longest = std::chrono::hours{24 * 365};  // sums must not overflow

    // The next wait that is due by then, at whose time it is now; none, and it is then.
    std::shared_ptr<detail::Ending> takeDue(std::chrono::milliseconds until) {
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto next = waits_.begin();
        const bool isDue = next != waits_.end() && next->first <= until;
        const std::chrono::milliseconds then = isDue ? next->first : until;
        if (then > elapsed_) elapsed_ = then;
        if (!isDue) return nullptr;
        std::shared_ptr<detail::Ending> wait = std::move(next->second.ending);
        waits_.erase(next);
        return wait;
    }

    const Passing passing_;
    const std::chrono::system_clock::time_point start_;
    mutable std::mutex mutex_{};
    std::chrono::milliseconds elapsed_{0};
    std::vector<std::chrono::milliseconds> delays_{};
    std::multimap<std::chrono::milliseconds, Wait> waits_{};  // by when they are due
};

}  // namespace testing

using testing::VirtualClock;

}  // namespace applivery
