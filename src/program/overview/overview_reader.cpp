#include "overview/overview_reader.hpp"

#include "option_names.hpp"
#include "text/time_text.hpp"

#include <applivery/applivery.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace applivery::program {
namespace {

constexpr int buildsPerPage = 100;  // the service's default may be lower, and cost more requests

Error overdueError(std::chrono::milliseconds limit) {
    return Error(ErrorKind::timeout, "the next page did not arrive within " + durationText(limit) + '.')
        .setRetryable(true);
}

Error lateError() {
    const std::string after = durationText(OverviewReader::lateAfter);
    return Error(ErrorKind::timeout, "the reading is not complete after " + after + ", and continues.")
        .setRetryable(true);
}

}  // namespace

OverviewReader::OverviewReader(BuildSelection selection, const Period& period,
                               std::optional<std::chrono::milliseconds> pageTimeLimit, std::shared_ptr<Clock> clock,
                               std::shared_ptr<OverviewEvents> events)
    : selection_(std::move(selection)),
      clock_(std::move(clock)),
      pageTimeLimit_(pageTimeLimit),
      transport_(std::make_shared<CountingTransport>(makeTransport(selection_.connection))),
      events_(std::move(events)) {
    Result<Connection> connection = connect(selection_.connection, transport_);
    if (!connection) {
        credentialsError_ = connection.error();
        return;
    }
    connection_ = *std::move(connection);
    std::vector<std::string> names = selection_.connection.applications;
    if (names.empty()) names.emplace_back();
    for (const std::string& name : names) {
        const auto isNamed = [&](const AppOverview& app) { return app.app() == name; };
        if (std::any_of(apps_.begin(), apps_.end(), isNamed)) continue;
        const auto shownName = selection_.connection.appNames.find(name);
        apps_.emplace_back(name, period, shownName == selection_.connection.appNames.end() ? "" : shownName->second);
    }
    readings_.resize(apps_.size());
    pausedUntil_.resize(apps_.size());
    wasLate_.resize(apps_.size());
}

BuildSelection OverviewReader::selectionFor(const AppOverview& app) const {
    BuildSelection selection = selection_;
    selection.since = app.requestSince();
    selection.includesUnknownAge = !selection_.since;  // the default period leaves out no unfinished build
    return selection;
}

bool OverviewReader::canStart(std::size_t app) const {
    return !readings_[app] && clock_->now() >= pausedUntil_[app];
}

void OverviewReader::start(std::size_t app) {
    AppOverview& overview = apps_[app];
    const BuildSelection selection = selectionFor(overview);
    WalkOptions options;
    options.limit = buildsPerPage;
    if (overview.statistics() != nullptr) options.prefetch = 1;  // new builds seldom fill more than one page
    options.createdSince = selection.since;
    options.createdSinceIsLocal = overview.requestSinceIsLocal();
    PageStream stream = appClient(*connection_, overview.app()).pageStream(selection.sentFilter(), std::move(options));
    const Time now = clock_->now();
    readings_[app] = std::make_unique<Reading>(Reading{std::move(stream), BuildMatcher(selection), now, now});
    overview.begin(clock_->wallNow());
    requestPage(app);
}

void OverviewReader::requestPage(std::size_t app) {
    readings_[app]->stream.next([events = events_, app](NextPage page) { events->addPage(app, std::move(page)); });
}

bool OverviewReader::receive(OverviewEvents::PageEvent event) {
    std::unique_ptr<Reading>& reading = readings_[event.app];
    AppOverview& app = apps_[event.app];
    const bool hasEnded = !event.page;
    const bool hasFailed = event.page && !*event.page;
    if (!hasEnded && !hasFailed) {
        const std::vector<Build>& builds = (*event.page)->items;
        for (const Build& build : builds) {
            if (reading->matcher.includes(build)) app.add(build);
        }
        ++summary_.pages;
        summary_.builds += static_cast<std::int64_t>(builds.size());
        reading->lastPageAt = clock_->now();
        requestPage(event.app);
        return false;
    }
    if (hasFailed) {
        fail(event.app, event.page->error());
    } else {
        app.end({reading->stream.summary(), reading->matcher.leftOut()});
    }
    wasLate_[event.app] = reading->isLate;
    reading.reset();
    return true;
}

void OverviewReader::fail(std::size_t app, const Error& error) {
    constexpr std::chrono::seconds noPause{0};
    constexpr std::chrono::seconds longestPause = std::chrono::hours{1};
    pausedUntil_[app] = clock_->now() + std::min(error.retryAfter().value_or(noPause), longestPause);
    apps_[app].fail(readings_[app]->isOverdue ? overdueError(*pageTimeLimit_)
                                              : withOptionNames(error, selection_.connection));
}

void OverviewReader::endOverdue() {
    for (const std::unique_ptr<Reading>& reading : readings_) {
        if (!reading || !pageTimeLimit_ || clock_->now() < reading->lastPageAt + *pageTimeLimit_) continue;
        if (!reading->isOverdue) reading->stream.stop();
        reading->isOverdue = true;
    }
}

bool OverviewReader::markLate() {
    bool isChanged = false;
    for (std::size_t i = 0; i < apps_.size(); ++i) {
        Reading* const reading = readings_[i].get();
        if (reading == nullptr || reading->isLate || clock_->now() < reading->startedAt + lateAfter) continue;
        reading->isLate = true;
        if (!apps_[i].failure()) isChanged = true;
        apps_[i].fail(lateError());
    }
    return isChanged;
}

std::optional<OverviewReader::Time> OverviewReader::nextChange() const {
    std::optional<Time> earliest;
    const auto add = [&](Time time) { earliest = std::min(earliest.value_or(time), time); };
    for (const auto& reading : readings_) {
        if (!reading) continue;
        if (!reading->isLate) add(reading->startedAt + lateAfter);
        if (!isStalled(*reading)) add(reading->lastPageAt + lateAfter);
        if (pageTimeLimit_ && !reading->isOverdue) add(reading->lastPageAt + *pageTimeLimit_);
    }
    return earliest;
}

bool OverviewReader::isIdle() const {
    return std::all_of(readings_.begin(), readings_.end(), [](const auto& reading) { return !reading; });
}

bool OverviewReader::isReadingOnTime() const {
    for (std::size_t i = 0; i < apps_.size(); ++i) {
        if (readings_[i] && !readings_[i]->isLate && !wasLate_[i]) return true;
    }
    return false;
}

std::size_t OverviewReader::activeReadings() const {
    return static_cast<std::size_t>(std::count_if(
        readings_.begin(), readings_.end(), [&](const auto& reading) { return reading && !isStalled(*reading); }));
}

bool OverviewReader::isStalled(const Reading& reading) const {
    return clock_->now() >= reading.lastPageAt + lateAfter;
}

}  // namespace applivery::program
