/// @file
/// Decides when `overview --watch` reads the apps, and when it prints an overview.
#pragma once

#include "overview/overview_events.hpp"
#include "overview/overview_reader.hpp"
#include "overview/request_budget.hpp"

#include <applivery/cancellation.hpp>
#include <applivery/clock.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>

namespace applivery::program {

/// Reads all apps once per interval. An app that is still being read misses a refresh, and does not delay the others.
class RefreshSchedule {
public:
    /// @param interval from one refresh to the next, extended if the RequestBudget requires it.
    /// @param events receives the timer.
    RefreshSchedule(std::chrono::milliseconds interval, std::shared_ptr<Clock> clock,
                    std::shared_ptr<OverviewEvents> events);
    ~RefreshSchedule() { timer_.cancel(); }
    RefreshSchedule(const RefreshSchedule&) = delete;
    RefreshSchedule& operator=(const RefreshSchedule&) = delete;

    /// Begins a refresh: the apps that OverviewReader::canStart() allows wait for their turn. Those that failed last
    /// time are at the end.
    void begin(const OverviewReader& reader);

    /// Starts the apps whose turn it is.
    void startApps(OverviewReader& reader);

    /// Sets the timer to the next event that depends on the time.
    void setTimer(const OverviewReader& reader);

    /// Records the requests that the reader has sent.
    void recordRequests(const OverviewReader& reader);

    [[nodiscard]] bool isRefreshDue() const { return clock_->now() >= nextRefreshAt_; }
    [[nodiscard]] bool hasWaitingApps() const noexcept { return !waitingApps_.empty(); }

    /// Returns whether no app is being read, and none waits.
    [[nodiscard]] bool isComplete(const OverviewReader& reader) const {
        return waitingApps_.empty() && reader.isIdle();
    }

    /// Returns the time from the last refresh to the next.
    [[nodiscard]] std::chrono::milliseconds interval() const noexcept { return interval_; }

    /// @{
    /// News are what the last printed overview does not contain.
    void noteNews();
    void notePrinted();
    [[nodiscard]] bool hasNews() const noexcept { return newsAt_.has_value(); }
    /// @}

    /// Returns whether to print an overview below the last one: once per refresh, and if there are news. News wait
    /// until all apps are read, but at most OverviewReader::lateAfter, and not for apps that are late or were late last
    /// time.
    [[nodiscard]] bool isPrintDue(const OverviewReader& reader) const;

private:
    using Time = OverviewReader::Time;

    [[nodiscard]] std::chrono::milliseconds nextInterval(const OverviewReader& reader) const;

    const std::chrono::milliseconds chosenInterval_;
    const std::shared_ptr<Clock> clock_;
    const std::shared_ptr<OverviewEvents> events_;
    RequestBudget budget_;
    int recordedRequests_ = 0;
    std::chrono::milliseconds interval_;  // the chosen one, or a longer one
    std::deque<std::size_t> waitingApps_;
    Time nextRefreshAt_;
    bool isPrinted_ = false;  // since the last refresh began
    std::optional<Time> newsAt_;
    std::optional<Time> timerAt_;
    CancellationSource timer_;
};

}  // namespace applivery::program
