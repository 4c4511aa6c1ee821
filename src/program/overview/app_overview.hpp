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
/// A build is settled if it and all older builds are final. Settled builds are kept only as statistics: if one is
/// deleted later, it stays counted. A refresh requests the builds that were created after the settled ones.
class AppOverview {
public:
    /// @param app as the user named it; empty if the token implies it.
    AppOverview(std::string app, Period period);

    [[nodiscard]] const std::string& app() const noexcept { return app_; }

    /// Returns the earliest creation time of the builds to request.
    [[nodiscard]] TimePoint requestSince() const noexcept { return requestSince_; }

    /// Returns whether requestSince() is a time by the clock of this machine: the beginning of the period. If not, it
    /// comes from a Build::createdAt.
    [[nodiscard]] bool requestSinceIsLocal() const noexcept { return requestSinceIsLocal_; }

    /// @{
    /// One refresh: begin(), add() for each build since requestSince(), newest first, and end() or fail().
    void begin(TimePoint now);
    void add(const Build& build);
    void end(const WalkResult& result = {});
    void fail(Error error) { failure_ = std::move(error); }
    /// @}

    /// Returns the statistics of the last complete refresh; null if there is none.
    [[nodiscard]] const BuildStatistics* statistics() const noexcept { return complete_ ? &*complete_ : nullptr; }

    /// Returns WalkSummary::totalsChanged of that refresh.
    [[nodiscard]] bool totalsChanged() const noexcept { return totalsChanged_; }

    /// Returns the number of pages of that refresh.
    [[nodiscard]] int pages() const noexcept { return pages_; }

    /// Returns the largest LeftOut::unknownAge of all refreshes. A later refresh does not read all pages.
    [[nodiscard]] std::int64_t buildsOfUnknownAge() const noexcept { return buildsOfUnknownAge_; }

    /// Returns the error of the last refresh; absent if it was complete.
    [[nodiscard]] const std::optional<Error>& failure() const noexcept { return failure_; }

private:
    void requestFrom(TimePoint time);

    std::string app_;
    TimePoint requestSince_;
    bool requestSinceIsLocal_ = true;
    BuildStatistics settled_;  // of builds before requestSince_
    std::optional<BuildStatistics> complete_;
    std::optional<Error> failure_;
    bool totalsChanged_ = false;
    int pages_ = 0;
    std::int64_t buildsOfUnknownAge_ = 0;

    // The current refresh.
    BuildStatistics all_;
    BuildStatistics settling_;                   // of builds before nextRequestSince_
    std::optional<TimePoint> nextRequestSince_;  // absent before the first build
    std::optional<TimePoint> oldestSettling_;
    bool canSettle_ = true;
};

}  // namespace applivery::program
