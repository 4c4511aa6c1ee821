/// @file
/// One app in an overview that is refreshed: each refresh requests only builds that are new or may still change.
#pragma once

#include "build_walk.hpp"
#include "statistics/build_statistics.hpp"

#include <applivery/build.hpp>
#include <applivery/error.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace applivery::program {

/// Statistics of one app over several refreshes.
///
/// A build is settled if it and all older builds are final. Of settled builds, only statistics are kept: a build that
/// is deleted later remains counted. A refresh requests the builds that were created after the settled ones.
class AppOverview {
public:
    /// @param app as the user named it; empty if the token implies it.
    /// @param name to show, which the user gave; empty if none.
    AppOverview(std::string app, Period period, std::string name = "");

    [[nodiscard]] const std::string& app() const noexcept { return app_; }
    [[nodiscard]] const std::string& givenName() const noexcept { return name_; }

    /// Returns the name to show: the given one, or else the app as the user named it.
    [[nodiscard]] const std::string& name() const noexcept { return name_.empty() ? app_ : name_; }

    /// Returns the earliest creation time of the builds to request.
    [[nodiscard]] TimePoint requestSince() const noexcept { return requestSince_; }

    /// Returns whether requestSince() is a time by the clock of this machine: the beginning of the period. If not, it
    /// comes from a Build::createdAt.
    [[nodiscard]] bool requestSinceIsLocal() const noexcept { return requestSinceIsLocal_; }

    /// @{
    /// One refresh: begin(), add() for each build since requestSince(), newest first, and end() or fail(). A refresh
    /// can also continue after fail().
    void begin(TimePoint now);
    void add(const Build& build);
    void end(const WalkResult& result = {});
    void fail(Error error) { failure_ = std::move(error); }
    /// @}

    /// Returns the statistics of the last complete refresh; null if there is none.
    [[nodiscard]] const BuildStatistics* statistics() const noexcept { return complete_ ? &*complete_ : nullptr; }

    /// Returns when that refresh began; absent if there is none.
    [[nodiscard]] const std::optional<TimePoint>& readAt() const noexcept { return readAt_; }

    /// Returns how many pages the next refresh reads if few builds are new.
    [[nodiscard]] int expectedPages() const noexcept { return expectedPages_; }

    /// Returns WalkSummary::totalsChanged of that refresh.
    [[nodiscard]] bool totalsChanged() const noexcept { return totalsChanged_; }

    /// Returns the number of pages of that refresh.
    [[nodiscard]] int pages() const noexcept { return pages_; }

    /// Returns the largest LeftOut::unknownAge of all refreshes. A later refresh does not read all pages.
    [[nodiscard]] std::int64_t buildsOfUnknownAge() const noexcept { return buildsOfUnknownAge_; }

    /// Returns the error of the last refresh; absent if it was complete.
    [[nodiscard]] const std::optional<Error>& failure() const noexcept { return failure_; }

private:
    static constexpr int pagesBesideFullPages = 2;  // a page that is not full, and the page that ends the iteration

    void requestAgainFrom(TimePoint time);

    std::string app_;
    std::string name_;
    TimePoint requestSince_;
    bool requestSinceIsLocal_ = true;
    BuildStatistics settled_;  // of builds before requestSince_
    std::optional<BuildStatistics> complete_;
    std::optional<Error> failure_;
    std::optional<TimePoint> readAt_;
    int expectedPages_ = pagesBesideFullPages;
    bool totalsChanged_ = false;
    int pages_ = 0;
    std::int64_t buildsOfUnknownAge_ = 0;

    // The current refresh.
    BuildStatistics all_;
    BuildStatistics settling_;                   // settled builds, and builds before nextRequestSince_
    std::optional<TimePoint> nextRequestSince_;  // absent before the first build
    std::optional<TimePoint> oldestSettling_;    // creation time of the oldest build of this refresh in settling_
    bool canSettle_ = true;                      // whether settling_ may replace settled_ at the end
    std::int64_t builds_ = 0;                    // number of builds in this refresh
    std::int64_t buildsSettling_ = 0;            // number of builds that this refresh added to settling_
};

}  // namespace applivery::program
