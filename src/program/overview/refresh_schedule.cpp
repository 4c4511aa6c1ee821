#include "overview/refresh_schedule.hpp"

#include <algorithm>
#include <utility>

namespace applivery::program {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// Rounds up coarsely, so that an interval that the budget changes slightly stays the same.
milliseconds roundedUp(milliseconds interval) {
    const milliseconds step = interval > minutes{10}   ? minutes{5}
                              : interval > minutes{1}  ? seconds{30}
                              : interval > seconds{10} ? seconds{5}
                                                       : seconds{1};
    return (interval + step - milliseconds{1}) / step * step;
}

}  // namespace

RefreshSchedule::RefreshSchedule(milliseconds interval, std::shared_ptr<Clock> clock,
                                 std::shared_ptr<OverviewEvents> events)
    : shortestInterval_(interval),
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
            const bool isWaiting = std::find(waiting_.begin(), waiting_.end(), i) != waiting_.end();
            if (!isWaiting && reader.canStart(i) && reader.apps()[i].failure().has_value() == hasFailed)
                waiting_.push_back(i);
        }
    }
}

void RefreshSchedule::startApps(OverviewReader& reader) {
    constexpr std::size_t atOnce = 4;
    while (!waiting_.empty() && reader.activeCount() < atOnce) {
        reader.start(waiting_.front());
        waiting_.pop_front();
    }
}

void RefreshSchedule::setTimer(const OverviewReader& reader) {
    Time next = std::min(nextRefreshAt_, reader.nextChange().value_or(nextRefreshAt_));
    if (newsAt_) next = std::min(next, *newsAt_ + OverviewReader::patience);
    const Time now = clock_->now();
    if (timerAt_ == next && now < next) return;
    timer_.cancel();
    timer_ = CancellationSource();
    timerAt_ = next;
    const auto delay = std::max(std::chrono::ceil<milliseconds>(next - now), milliseconds{0});
    clock_->callAfter(delay, timer_.token(), [events = events_] { events->wake(); });
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
    const bool isDelayed = hasWaitingApps() || reader.isExpected();
    return !isDelayed || clock_->now() >= *newsAt_ + OverviewReader::patience;
}

milliseconds RefreshSchedule::nextInterval(const OverviewReader& reader) const {
    int requests = 0;
    for (const AppOverview& app : reader.apps()) requests += app.expectedPages();
    const milliseconds possible = budget_.intervalFor(requests, clock_->now());
    return possible > shortestInterval_ ? roundedUp(possible) : shortestInterval_;
}

}  // namespace applivery::program
