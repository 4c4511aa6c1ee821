#include "overview/app_overview.hpp"

#include "build_parts.hpp"

#include <algorithm>
#include <utility>

namespace applivery::program {
namespace {

// Uploads at the same time may be listed in another order than by their creation times.
constexpr std::chrono::minutes overlap{1};

}  // namespace

AppOverview::AppOverview(std::string app, Period period, std::string name)
    : app_(std::move(app)),
      name_(std::move(name)),
      requestSince_(period.previousSince ? *period.previousSince : period.since.value_or(TimePoint::min())),
      settled_(period),
      all_(period),
      settling_(period) {}

void AppOverview::begin(TimePoint now) {
    settled_.setNow(now);
    all_ = settled_;
    settling_ = settled_;
    nextRequestSince_.reset();
    oldestSettling_.reset();
    canSettle_ = true;
    builds_ = 0;
    buildsSettling_ = 0;
}

void AppOverview::add(const Build& build) {
    all_.add(build, app_);
    ++builds_;
    const OptionalTime time = all_.timeOf(build);
    if (!time) {
        canSettle_ = false;  // every later request returns this build again
        return;
    }
    if (!nextRequestSince_ || !isFinal(build)) requestFrom(*time);
    if (*time >= *nextRequestSince_) return;
    settling_.add(build, app_);
    ++buildsSettling_;
    oldestSettling_ = std::min(oldestSettling_.value_or(*time), *time);
}

// Builds that were settling are newer than `time`, because the list is newest first, and are requested again. If one of
// them is older, the list is out of order and nothing settles. A creation time in the future counts as now: it must not
// settle builds of other uploaders. If the clock was set back, now can be before `requestSince_`, from which the
// settled builds must not be requested again. A time before `requestSince_` is possible if the clocks differ.
void AppOverview::requestFrom(TimePoint time) {
    const TimePoint atMostNow = std::min(time, std::max(all_.period().now, requestSince_));
    const TimePoint from = atMostNow < requestSince_
                               ? atMostNow
                               : std::max(atMostNow, requestSince_ + overlap) - overlap;  // cannot underflow
    if (nextRequestSince_ && from >= *nextRequestSince_) return;
    if (oldestSettling_ && *oldestSettling_ < from) canSettle_ = false;
    settling_ = settled_;
    buildsSettling_ = 0;
    oldestSettling_.reset();
    nextRequestSince_ = from;
}

void AppOverview::end(const WalkResult& result) {
    totalsChanged_ = result.summary.totalsChanged;
    pages_ = result.summary.pages;
    buildsOfUnknownAge_ = std::max(buildsOfUnknownAge_, result.leftOut.unknownAge);
    failure_.reset();
    complete_ = all_;
    readAt_ = all_.period().now;
    const bool settles = canSettle_ && nextRequestSince_;
    constexpr int buildsOfPage = 100;
    expectedPages_ = static_cast<int>((builds_ - (settles ? buildsSettling_ : 0)) / buildsOfPage) + pagesBesideBuilds;
    if (!settles) return;
    settled_ = std::move(settling_);
    settling_ = settled_;
    requestSince_ = *nextRequestSince_;
    requestSinceIsLocal_ = false;
}

}  // namespace applivery::program
