/// @file
/// Defines VirtualClock, a test double of the clock for the tests of programs that use the library.
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

/// Provides a time that advances without waiting. Set it as ClientOptions::clock.
///
/// By default, backoffs, `Retry-After` and waits for builds end at once, and the clock advances by their duration. The
/// calendar time begins at 2023-11-14 22:13:20 UTC, if no other time is given. Thread-safe.
///
/// @code
/// const auto clock = std::make_shared<applivery::testing::VirtualClock>();
/// applivery::ClientOptions options;
/// options.clock = clock;
/// const applivery::BuildsClient client{applivery::AppToken{"any-token"}, options, service};
/// const auto result = client.waitUntilBuildProcessed(applivery::BuildSelector::byId("an-id"));
/// std::cout << "waited for " << clock->elapsed().count() << " ms\n";
/// @endcode
class VirtualClock final : public Clock {
public:
    /// Lists the ways in which time advances.
    enum class Passing {
        /// A wait advances the time and ends at once, on the thread that waits. Suits tests with one wait at a time.
        whenAwaited,
        /// Only advance() advances the time. Suits tests with several waits at once, or with events during a wait.
        byHand,
    };

    /// Creates a clock.
    ///
    /// @param passing the way in which time advances.
    /// @param start the calendar time at the beginning.
    explicit VirtualClock(Passing passing = Passing::whenAwaited,
                          std::chrono::system_clock::time_point start =
                              std::chrono::system_clock::time_point{std::chrono::seconds{1'700'000'000}})
        : passing_(passing), start_(start) {}

    /// Ends all waits, and calls `wake` for all time limits that have not ended.
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

    /// Starts a time limit: calls `wake` when callAfter() or advance() has advanced the time by the delay. Does not
    /// advance the time itself. delays() and untilNextWake() do not include time limits.
    void alarmAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        const std::chrono::milliseconds time = std::clamp(delay, std::chrono::milliseconds{0}, longest);
        auto alarm = detail::Ending::of(std::move(wake), token);
        const std::lock_guard<std::mutex> lock(mutex_);
        waits_.emplace(elapsed_ + time, Wait{std::move(alarm), true});
    }

    /// Advances the time. Ends the waits that become due, each at its own time, on the calling thread. Also ends waits
    /// that begin during advance(), if they become due.
    ///
    /// The next backoff of an asynchronous call begins after a thread of the client has decoded the response. advance()
    /// may return before that backoff begins. Choose one of the following:
    ///
    /// - Between two calls of advance(), wait until untilNextWake() has a value.
    /// - Set `options.executor = [](auto task) { task(); }`. All backoffs then begin on the thread that calls
    /// advance().
    void advance(std::chrono::milliseconds time) {
        const std::chrono::milliseconds until = elapsed() + time;
        while (const std::shared_ptr<detail::Ending> wait = takeDue(until)) wait->run();
    }

    /// Returns the time by which the clock has advanced.
    [[nodiscard]] std::chrono::milliseconds elapsed() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return elapsed_;
    }

    /// Returns the requested duration of each wait, in the order in which the waits began.
    [[nodiscard]] std::vector<std::chrono::milliseconds> delays() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return delays_;
    }

    /// Returns the time until the next wait ends, or std::nullopt if there is no wait.
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

    // Returns the next wait or time limit that is due at `until` or before, and advances the time to the end of this
    // wait. If none is due, returns null and advances the time to `until`.
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
    std::multimap<std::chrono::milliseconds, Wait> waits_{};  // waits and time limits, by their end
};

}  // namespace testing

using testing::VirtualClock;

}  // namespace applivery
