#include "overview/app_overview.hpp"

#include <algorithm>
#include <utility>

namespace applivery::program {
namespace {

// Uploads that overlap may come into the list in another order than that of their times.
constexpr std::chrono::minutes overlap{1};

}  // namespace

AppOverview::AppOverview(std::string app, Period period)
    : app_(std::move(app)),
      askSince_(period.since.value_or(TimePoint::min())),
      settled_(period),
      all_(period),
      settling_(period) {}

void AppOverview::begin(TimePoint now) {
    settled_.setNow(now);
    all_ = settled_;
    settling_ = settled_;
    nextAskSince_.reset();
    oldestSettling_.reset();
    canSettle_ = true;
}

void AppOverview::add(const Build& build) {
    all_.add(build, app_);
    const OptionalTime time = all_.timeOf(build);
    if (!time) {
        canSettle_ = false;  // no time to ask from leaves it out
        return;
    }
    if (!nextAskSince_ || !isFinal(build)) askFrom(*time);
    if (*time >= *nextAskSince_) return;
    settling_.add(build, app_);
    oldestSettling_ = std::min(oldestSettling_.value_or(*time), *time);
}

// What was settling is newer, as the list is, and will be asked for again; unless it is out of order. A clock that is
// ahead does not make others' builds old.
void AppOverview::askFrom(TimePoint time) {
    const TimePoint known = std::min(time, all_.period().now);
    const TimePoint from = std::max(known, askSince_ + overlap) - overlap;  // which no time is too old for
    if (nextAskSince_ && from >= *nextAskSince_) return;
    if (oldestSettling_ && *oldestSettling_ < from) canSettle_ = false;
    settling_ = settled_;
    oldestSettling_.reset();
    nextAskSince_ = from;
}

void AppOverview::end(bool totalsChanged) {
    totalsChanged_ = totalsChanged;
    failure_.reset();
    known_ = all_;
    if (!canSettle_ || !nextAskSince_) return;
    settled_ = std::move(settling_);
    settling_ = settled_;
    askSince_ = *nextAskSince_;
}

}  // namespace applivery::program
