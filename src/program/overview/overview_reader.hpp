/// @file
/// Reads the builds of the apps of an overview. Each app is read on its own, page by page, without blocking.
#pragma once

#include "build_selection.hpp"
#include "counting_transport.hpp"
#include "overview/app_overview.hpp"
#include "overview/overview_events.hpp"

#include <applivery/build_range.hpp>
#include <applivery/clock.hpp>
#include <applivery/error.hpp>
#include <applivery/page_stream.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace applivery::program {

/// Reads each app from the first page to the last. One such iteration is a reading. Apps are named by their positions
/// in apps().
class OverviewReader {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// A reading is late this long after its start, and stalled this long after its last page.
    static constexpr std::chrono::seconds lateAfter{10};

    /// @param period of the statistics. Its `since` is set, and replaces that of the selection.
    /// @param pageTimeLimit longest time until the next page arrives, retries included; absent: the library's limits.
    /// @param events receives the pages.
    OverviewReader(BuildSelection selection, const Period& period,
                   std::optional<std::chrono::milliseconds> pageTimeLimit, std::shared_ptr<Clock> clock,
                   std::shared_ptr<OverviewEvents> events);

    /// Returns why the credentials are invalid; absent if they are valid.
    [[nodiscard]] const std::optional<Error>& credentialsError() const noexcept { return credentialsError_; }

    /// Returns whether start() may be called: the app is not being read, and the service asked for no pause.
    [[nodiscard]] bool canStart(std::size_t app) const;

    /// Begins to read the builds of an app that are new or may still change.
    void start(std::size_t app);

    /// Adds a page to its app, and requests the next one. @return whether the reading has ended.
    bool receive(OverviewEvents::PageEvent event);

    /// Gives the apps whose readings are late an error. The readings continue. @return whether one of these apps had no
    /// error.
    bool markLate();

    /// Ends the readings whose next page did not arrive within the time limit. Their apps get an error by receive().
    void endOverdue();

    /// Returns when markLate(), endOverdue() or activeReadings() has another result unless a page arrives; absent if
    /// none will.
    [[nodiscard]] std::optional<Time> nextChange() const;

    /// Returns whether no app is being read.
    [[nodiscard]] bool isIdle() const;

    /// Returns whether an app is being read that is not late, and was not late last time: it will soon be complete.
    [[nodiscard]] bool isReadingOnTime() const;

    /// Returns the number of readings that are not stalled.
    [[nodiscard]] std::size_t activeReadings() const;

    /// Returns the number of requests so far, including retries.
    [[nodiscard]] int requestCount() const noexcept { return transport_->count(); }

    /// Returns the pages and builds of all readings so far.
    [[nodiscard]] const WalkSummary& summary() const noexcept { return summary_; }

    /// Returns the apps in the order in which the user named them, without repeats.
    [[nodiscard]] const std::vector<AppOverview>& apps() const noexcept { return apps_; }

private:
    struct Reading {
        PageStream stream;
        BuildMatcher matcher;
        Time startedAt;
        Time lastPageAt;
        bool isLate = false;     // markLate() gave its app an error
        bool isOverdue = false;  // endOverdue() stopped it
    };

    void requestPage(std::size_t app);
    [[nodiscard]] BuildSelection selectionFor(const AppOverview& app) const;
    [[nodiscard]] bool isStalled(const Reading& reading) const;
    void fail(std::size_t app, const Error& error);

    const BuildSelection selection_;
    const std::shared_ptr<Clock> clock_;
    const std::optional<std::chrono::milliseconds> pageTimeLimit_;
    const std::shared_ptr<CountingTransport> transport_;
    const std::shared_ptr<OverviewEvents> events_;
    std::optional<Connection> connection_;
    std::optional<Error> credentialsError_;
    std::vector<AppOverview> apps_;
    std::vector<std::unique_ptr<Reading>> readings_;  // by app; null if the app is not being read
    std::vector<Time> pausedUntil_;                   // by app; Error::retryAfter()
    std::vector<bool> wasLate_;                       // by app; whether its last reading was late
    WalkSummary summary_;
};

}  // namespace applivery::program
