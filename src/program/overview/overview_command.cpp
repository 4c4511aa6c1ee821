#include "overview/overview_command.hpp"

#include "overview/overview_display.hpp"
#include "overview/overview_reader.hpp"
#include "overview/overview_writer.hpp"
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

// In a watch, the next refresh is a retry. Without a watch, the library's limits apply.
std::optional<milliseconds> pageTimeLimitOf(const OverviewOptions& options) {
    constexpr milliseconds shortest = std::chrono::seconds{30};  // the service needs that long for some lists
    constexpr milliseconds longest = std::chrono::minutes{2};
    if (!options.isWatch) return std::nullopt;
    return std::clamp(options.interval, shortest, longest);
}

Period periodOf(const OverviewOptions& options, TimePoint now) {
    Period period{now, options.selection.since.value_or(now - defaultPeriod)};
    if (options.comparesPrevious) period.previousSince = previousBegin(*period.since, now);
    return period;
}

ExitCode codeOf(const std::vector<AppOverview>& apps) {
    ExitCode code = ExitCode::done;
    bool isSomethingRead = false;
    for (const AppOverview& app : apps) {
        if (!app.failure()) isSomethingRead = true;
        if (app.failure() && code == ExitCode::done) code = exitCodeOf(app.failure()->kind());
    }
    return code != ExitCode::done && isSomethingRead ? ExitCode::partial : code;
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
    // Returns the exit code if the command has ended.
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

    [[nodiscard]] bool isShowDue(bool isResized) const {
        const bool isOnScreen = display_.isRedrawn() && isShown_;
        return schedule_.isPrintDue(reader_) || (isOnScreen && (isResized || schedule_.hasNews()));
    }

    void receive(OverviewEvents::PageEvent event) {
        const AppOverview& app = reader_.apps()[event.app];
        const bool hadFailed = app.failure().has_value();
        const bool hasEnded = reader_.receive(std::move(event));
        if (progress_) progress_->show(reader_.summary());
        if (!hasEnded) return;
        period_.now = clock_->wallNow();
        if (!hadFailed || !app.failure() || display_.isRedrawn()) schedule_.noteNews();
    }

    // Returns whether a further refresh would fail too, such as after the token was revoked.
    [[nodiscard]] bool haveFailedPermanently() const {
        return std::all_of(reader_.apps().begin(), reader_.apps().end(),
                           [](const AppOverview& app) { return app.failure() && !app.failure()->isRetryable(); });
    }

    ExitCode showLast() {
        progress_.reset();
        return display_.showLast({period_, reader_.apps()}, codeOf(reader_.apps()));
    }

    std::optional<ExitCode> show(bool isResized) {
        progress_.reset();
        isShown_ = true;
        schedule_.notePrinted();
        if (display_.show({period_, reader_.apps()}, schedule_.interval(), isResized)) return std::nullopt;
        return display_.codeOfWriteError(codeOf(reader_.apps()));
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
    bool isShown_ = false;
};

}  // namespace

ExitCode overview(const OverviewOptions& options) {
    return OverviewRun(options).run();
}

}  // namespace applivery::program
