#include "overview/overview_command.hpp"

#include "overview/overview.hpp"
#include "overview/overview_display.hpp"
#include "overview/overview_reader.hpp"
#include "overview/refresh_schedule.hpp"
#include "signals.hpp"
#include "text/messages.hpp"
#include "text/progress.hpp"

#include <applivery/applivery.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace applivery::program {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::hours defaultPeriod{24 * 30};

// Returns the time limit of a page. With --watch, a page that is late may be given up, because the next refresh is a
// retry. Without --watch, the library's limits apply.
std::optional<milliseconds> pageTimeLimitOf(const OverviewOptions& options) {
    constexpr milliseconds minLimit = std::chrono::seconds{30};  // the service needs that long for some lists
    constexpr milliseconds maxLimit = std::chrono::minutes{2};
    if (!options.isWatch) return std::nullopt;
    return std::clamp(options.interval, minLimit, maxLimit);
}

Period periodOf(const OverviewOptions& options, TimePoint now) {
    Period period{now, options.selection.since.value_or(now - defaultPeriod)};
    if (options.comparesPrevious) period.previousSince = previousBegin(*period.since, now);
    return period;
}

// Returns the exit code of the first failure, or ExitCode::partial if another app was read.
ExitCode exitCodeOfApps(const std::vector<AppOverview>& apps) {
    const auto hasFailed = [](const AppOverview& app) { return app.failure().has_value(); };
    const auto failed = std::find_if(apps.begin(), apps.end(), hasFailed);
    if (failed == apps.end()) return ExitCode::done;
    const bool haveAllFailed = std::all_of(apps.begin(), apps.end(), hasFailed);
    return haveAllFailed ? exitCodeOf(failed->failure()->kind()) : ExitCode::partial;
}

/// Runs the command once. All members are used on one thread, which waits for events.
class OverviewRun {
public:
    explicit OverviewRun(const OverviewOptions& options)
        : options_(options),
          clock_(options.clock ? options.clock : makeSystemClock()),
          period_(periodOf(options, clock_->wallNow())),
          display_(options),
          reader_(options.selection, period_, pageTimeLimitOf(options), clock_, events_),
          schedule_(options.interval, clock_, events_) {
        signals_.onResize([events = events_] { events->addResize(); });
    }
    ~OverviewRun() { signals_.onResize(nullptr); }
    OverviewRun(const OverviewRun&) = delete;
    OverviewRun& operator=(const OverviewRun&) = delete;

    ExitCode run() {
        if (const auto& error = reader_.credentialsError()) {
            display_.print(*error);
            return signals_.exitCodeOf(*error, ExitCode::credentials);
        }
        const CancellationCallback onSignal(signals_.token(), [events = events_] { events->wake(); });
        schedule_.begin(reader_);
        while (true) {
            schedule_.startApps(reader_);
            if (options_.isWatch) schedule_.setTimer(reader_);
            if (const auto code = handle(events_->wait())) return *code;
        }
    }

private:
    // Returns the exit code if the command is to end.
    std::optional<ExitCode> handle(OverviewEvents::Batch events) {
        for (OverviewEvents::PageEvent& event : events.pages) receive(std::move(event));
        if (const auto code = signals_.exitCode()) {
            progress_.reset();
            if (!options_.isWatch) display_.print(interruption("reading the builds"));
            return code;
        }
        schedule_.recordRequests(reader_);
        const bool isComplete = schedule_.isComplete(reader_);
        if (!options_.isWatch) return isComplete ? std::optional(showLast()) : std::nullopt;
        reader_.endOverdue();
        if (reader_.markLate()) schedule_.noteNews();
        if (isComplete && haveFailedPermanently()) return showLast();
        std::optional<ExitCode> code;
        if (isShowDue(events.isResized)) code = show(events.isResized);
        if (schedule_.isRefreshDue()) schedule_.begin(reader_);
        return code;
    }

    // An overview that is redrawn in place also shows news of single apps at once.
    [[nodiscard]] bool isShowDue(bool isResized) const {
        const bool isOnScreen = display_.isRedrawn() && isShown_;
        return schedule_.isPrintDue(reader_) || (isOnScreen && (isResized || schedule_.hasNews()));
    }

    // Adds the page to its app. The end of a reading is news, except for a repeated failure below the last overview.
    void receive(OverviewEvents::PageEvent event) {
        const AppOverview& app = reader_.apps()[event.app];
        const bool hadFailed = app.failure().has_value();
        const bool hasEnded = reader_.receive(std::move(event));
        if (progress_) progress_->show(reader_.summary());
        if (!hasEnded) return;
        period_.now = clock_->wallNow();
        if (!hadFailed || !app.failure() || display_.isRedrawn()) schedule_.noteNews();
    }

    // Returns whether further refreshes would fail too, such as after the token was revoked.
    [[nodiscard]] bool haveFailedPermanently() const {
        return std::all_of(reader_.apps().begin(), reader_.apps().end(),
                           [](const AppOverview& app) { return app.failure() && !app.failure()->isRetryable(); });
    }

    ExitCode showLast() {
        progress_.reset();
        return display_.showLast({period_, reader_.apps()}, exitCodeOfApps(reader_.apps()));
    }

    // Prints the overview, which another one follows. Returns the exit code if the output is closed.
    std::optional<ExitCode> show(bool isResized) {
        progress_.reset();
        isShown_ = true;
        schedule_.notePrinted();
        if (display_.show({period_, reader_.apps()}, schedule_.interval(), isResized)) return std::nullopt;
        return display_.codeOfWriteError(exitCodeOfApps(reader_.apps()));
    }

    const OverviewOptions& options_;
    Signals signals_;
    const std::shared_ptr<Clock> clock_;
    const std::shared_ptr<OverviewEvents> events_ = std::make_shared<OverviewEvents>();
    Period period_;
    OverviewDisplay display_;
    OverviewReader reader_;
    RefreshSchedule schedule_;
    std::optional<Progress> progress_{std::in_place, true};  // until the first overview is shown
    bool isShown_ = false;                                   // whether an overview was printed
};

}  // namespace

ExitCode overview(const OverviewOptions& options) {
    return OverviewRun(options).run();
}

}  // namespace applivery::program
