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
    if (!nextRequestSince_ || !isFinal(build)) requestAgainFrom(*time);
    if (*time >= *nextRequestSince_) return;
    settling_.add(build, app_);
    ++buildsSettling_;
    oldestSettling_ = std::min(oldestSettling_.value_or(*time), *time);
}

// Makes the next refresh request the build that was created at `time`, and all newer builds. These builds do not
// settle.
void AppOverview::requestAgainFrom(TimePoint time) {
    // A creation time in the future counts as now: it must not settle builds that other uploaders create until then. If
    // the clock was set back, now can be before `requestSince_`. Builds from before that time are settled already, and
    // must not be requested again.
    const TimePoint now = std::max(all_.period().now, requestSince_);
    TimePoint from = std::min(time, now);
    // If the clocks differ, the service returns builds from before `requestSince_`, too.
    if (from >= requestSince_) from = std::max(from, requestSince_ + overlap) - overlap;  // cannot underflow
    if (nextRequestSince_ && from >= *nextRequestSince_) return;
    // The list is newest first. An older build before this one means that it is out of order.
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
    constexpr int buildsPerPage = 100;
    const std::int64_t buildsOfNextRefresh = builds_ - (settles ? buildsSettling_ : 0);
    expectedPages_ = static_cast<int>(buildsOfNextRefresh / buildsPerPage) + pagesBesideFullPages;
    if (!settles) return;
    settled_ = std::move(settling_);
    settling_ = settled_;
    requestSince_ = *nextRequestSince_;
    requestSinceIsLocal_ = false;
}

}  // namespace applivery::program
