#include "client/apps_walk.hpp"

#include <algorithm>
#include <utility>

namespace applivery::detail {
namespace {

void add(WalkSummary& sum, const WalkSummary& part) {
    sum.pages += part.pages;
    sum.builds += part.builds;
    sum.repeats += part.repeats;
    sum.totalsChanged = sum.totalsChanged || part.totalsChanged;
}

}  // namespace

AppsWalk::AppsWalk(std::vector<std::string> applicationIds, MakeWalk makeWalk, int atOnce)
    : ids_(std::move(applicationIds)),
      makeWalk_(std::move(makeWalk)),
      atOnce_(static_cast<std::size_t>(std::max(atOnce, 1))) {}

std::optional<AppBuild> AppsWalk::next() {
    while (position_ == builds_.size()) {
        begin();
        if (active_.empty()) return std::nullopt;
        const auto app = waitForOne();
        std::optional<Result<BuildPage>> page = app->walk->next();
        if (!page) {
            leave(app);
        } else if (!*page) {
            AppBuild failure{app->id, std::move(page->error())};
            leave(app);
            return failure;
        } else {
            active_.splice(active_.end(), active_, app);
            builds_ = std::move((*page)->items);
            position_ = 0;
        }
    }
    return AppBuild{active_.back().id, std::move(builds_[position_++])};
}

void AppsWalk::begin() {
    while (active_.size() < atOnce_ && begun_ < ids_.size()) {
        const std::string& id = ids_[begun_++];
        active_.push_front({id, makeWalk_(id, signal_)});
        active_.front().walk->start();
    }
}

AppsWalk::Apps::iterator AppsWalk::waitForOne() {
    std::unique_lock<std::mutex> lock(signal_->mutex);
    auto ready = active_.end();
    signal_->arrived.wait(lock, [&] {
        ready = std::find_if(active_.begin(), active_.end(), [](const App& app) { return app.walk->isReady(); });
        return ready != active_.end();
    });
    return ready;
}

void AppsWalk::leave(Apps::iterator app) {
    add(ended_, app->walk->summary());
    active_.erase(app);
}

void AppsWalk::end() {
    begun_ = ids_.size();
    while (!active_.empty()) leave(active_.begin());
    builds_.clear();
    position_ = 0;
}

WalkSummary AppsWalk::summary() const {
    WalkSummary sum = ended_;
    for (const App& app : active_) add(sum, app.walk->summary());
    return sum;
}

}  // namespace applivery::detail
