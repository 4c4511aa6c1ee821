/// @file
/// One app in an overview that is made again and again: only what is new, or may still change, is asked for again.
#pragma once

#include "statistics/build_statistics.hpp"

#include <applivery/build.hpp>
#include <applivery/error.hpp>

#include <optional>
#include <string>

namespace applivery::program {

/// Builds that were processed or have failed, and that are older than all others, are settled: they are kept as
/// statistics alone, and one of them that is deleted meanwhile stays counted. A reading asks for what was made since.
class AppOverview {
public:
    /// @param app as the user named it; empty where the token says which.
    AppOverview(std::string app, Period period);

    [[nodiscard]] const std::string& app() const noexcept { return app_; }

    /// From when on builds are to be asked for.
    [[nodiscard]] TimePoint askSince() const noexcept { return askSince_; }

    // One reading: begin(), the builds since askSince(), newest first, and how it ended.
    void begin(TimePoint now);
    void add(const Build& build);
    void end(bool totalsChanged = false);
    void fail(Error error) { failure_ = std::move(error); }

    /// As of the last reading that came to its end; null where none has.
    [[nodiscard]] const BuildStatistics* statistics() const noexcept { return known_ ? &*known_ : nullptr; }

    /// Of the same reading; see totalsChangedNote.
    [[nodiscard]] bool totalsChanged() const noexcept { return totalsChanged_; }

    /// Why the last reading did not.
    [[nodiscard]] const std::optional<Error>& failure() const noexcept { return failure_; }

private:
    void askFrom(TimePoint time);

    std::string app_;
    TimePoint askSince_;
    BuildStatistics settled_;  // what was made before askSince_
    std::optional<BuildStatistics> known_;
    std::optional<Error> failure_;
    bool totalsChanged_ = false;

    // Of the reading under way.
    BuildStatistics all_;
    BuildStatistics settling_;               // what was made before nextAskSince_
    std::optional<TimePoint> nextAskSince_;  // absent before the first build
    std::optional<TimePoint> oldestSettling_;
    bool canSettle_ = true;
};

}  // namespace applivery::program
