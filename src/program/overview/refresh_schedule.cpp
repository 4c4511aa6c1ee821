#include "overview/refresh_schedule.hpp"

#include <algorithm>
#include <utility>

namespace applivery::program {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

milliseconds roundingStep(milliseconds interval) {
    if (interval > minutes{10}) return minutes{5};
    if (interval > minutes{1}) return seconds{30};
    if (interval > seconds{10}) return seconds{5};
    return seconds{1};
}

// Rounds up coarsely, so that an interval that the budget changes slightly stays the same.
milliseconds roundedUp(milliseconds interval) {
    const milliseconds step = roundingStep(interval);
    const auto steps = (interval + step - milliseconds{1}) / step;
    return steps * step;
}

}  // namespace

RefreshSchedule::RefreshSchedule(milliseconds interval, std::shared_ptr<Clock> clock,
                                 std::shared_ptr<OverviewEvents> events)
    : chosenInterval_(interval),
      clock_(std::move(clock)),
      events_(std::move(events)),
      interval_(interval),
      nextRefreshAt_(clock_->now()) {}

void RefreshSchedule::begin(const OverviewReader& reader) {
    interval_ = nextInterval(reader);
    nextRefreshAt_ = clock_->now() + interval_;
    isPrinted_ = false;
    for (const bool hasFailed : {false, true}) {
        for (std::size_t i = 0; i < reader.apps().size(); ++i) {
            if (reader.apps()[i].failure().has_value() != hasFailed) continue;
            const bool isWaiting = std::find(waitingApps_.begin(), waitingApps_.end(), i) != waitingApps_.end();
            if (!isWaiting && reader.canStart(i)) waitingApps_.push_back(i);
        }
    }
}

void RefreshSchedule::startApps(OverviewReader& reader) {
    constexpr std::size_t maxActiveReadings = 4;
    while (!waitingApps_.empty() && reader.activeReadings() < maxActiveReadings) {
        reader.start(waitingApps_.front());
        waitingApps_.pop_front();
    }
}

void RefreshSchedule::setTimer(const OverviewReader& reader) {
    Time next = std::min(nextRefreshAt_, reader.nextChange().value_or(nextRefreshAt_));
    if (newsAt_) next = std::min(next, *newsAt_ + OverviewReader::lateAfter);
    Time now = clock_->now();
    if (timerAt_ == next && now < next) return;
    timerAt_ = next;
    constexpr milliseconds tolerance{1};
    Time setAt;
    do {  // a delay is relative, so the timer is late if time passed before it was set
        setAt = now;
        timer_.cancel();
        timer_ = CancellationSource();
        const auto delay = std::max(std::chrono::ceil<milliseconds>(next - setAt), milliseconds{0});
        clock_->callAfter(delay, timer_.token(), [events = events_] { events->wake(); });
        now = clock_->now();
    } while (now - setAt > tolerance && setAt < next);
}

void RefreshSchedule::recordRequests(const OverviewReader& reader) {
    budget_.record(reader.requestCount() - recordedRequests_, clock_->now());
    recordedRequests_ = reader.requestCount();
}

void RefreshSchedule::noteNews() {
    if (!newsAt_) newsAt_ = clock_->now();
}

void RefreshSchedule::notePrinted() {
    newsAt_.reset();
    isPrinted_ = true;
}

bool RefreshSchedule::isPrintDue(const OverviewReader& reader) const {
    if (isComplete(reader) && !isPrinted_) return true;
    if (!newsAt_) return false;
    const bool isDelayed = hasWaitingApps() || reader.isReadingOnTime();
    return !isDelayed || clock_->now() >= *newsAt_ + OverviewReader::lateAfter;
}

milliseconds RefreshSchedule::nextInterval(const OverviewReader& reader) const {
    int requests = 0;
    for (const AppOverview& app : reader.apps()) requests += app.expectedPages();
    const milliseconds shortestAllowed = budget_.intervalFor(requests, clock_->now());
    return shortestAllowed > chosenInterval_ ? roundedUp(shortestAllowed) : chosenInterval_;
}

}  // namespace applivery::program
