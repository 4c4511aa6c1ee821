#include "client/apps_walk.hpp"

#include "core/user_code.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace applivery::detail {
namespace {

void add(WalkSummary& sum, const WalkSummary& part) {
    sum.pages += part.pages;
    sum.builds += part.builds;
    sum.repeats += part.repeats;
    sum.totalsChanged = sum.totalsChanged || part.totalsChanged;
}

std::vector<std::string> eachOnce(std::vector<std::string> ids) {
    std::unordered_set<std::string> seen;
    ids.erase(std::remove_if(ids.begin(), ids.end(), [&](const std::string& id) { return !seen.insert(id).second; }),
              ids.end());
    return ids;
}

// What is thrown on the way, for want of memory, ends the walk of this app and of no other.
std::optional<Result<BuildPage>> stepOf(PageWalk& walk) {
    try {
        return walk.step();
    } catch (...) {
        walk.end();
        return Result<BuildPage>(errorOfException("the walk"));
    }
}

}  // namespace

AppsWalk::AppsWalk(std::vector<std::string> applicationIds, MakeWalk makeWalk, int atOnce)
    : ids_(eachOnce(std::move(applicationIds))),
      makeWalk_(std::move(makeWalk)),
      atOnce_(static_cast<std::size_t>(std::max(atOnce, 1))) {}

bool AppsWalk::next(std::optional<AppBuild>& element) {
    if (forkGuard_.isForkedChild()) {
        end();
        element.emplace(AppBuild{{}, PageWalk::begunBeforeAFork()});
        return true;
    }
    if (position_ == 1 && !active_.empty()) active_.back().walk->prefetch();
    while (position_ == builds_.size()) {
        if (auto failure = begin()) {
            element = std::move(failure);
            return true;
        }
        if (active_.empty()) return false;
        const auto app = waitForOne();
        std::optional<Result<BuildPage>> page = stepOf(*app->walk);
        if (page && !*page) {
            element.emplace(AppBuild{std::move(app->id), std::move(page->error())});
            leave(app);
            return true;
        }
        if (page) {
            active_.splice(active_.end(), active_, app);
            builds_ = std::move((*page)->items);
            position_ = 0;
        } else if (app->walk->hasEnded()) {
            leave(app);
        }
    }
    element.emplace(AppBuild{active_.back().id, std::move(builds_[position_++])});
    return true;
}

// Begins as many walks as there may be. @return an app whose walk could not be made.
std::optional<AppBuild> AppsWalk::begin() {
    while (active_.size() < atOnce_ && startedCount_ < ids_.size()) {
        const std::string& id = ids_[startedCount_++];
        try {
            active_.push_front({id, makeWalk_(id, mailbox_)});
        } catch (...) {
            return AppBuild{id, errorOfException("the walk")};
        }
        active_.front().walk->start();
    }
    return std::nullopt;
}

// The app that was served longest ago, where it is ready or becomes so by what has come; else any that is.
AppsWalk::Apps::iterator AppsWalk::waitForOne() {
    const auto isReady = [](const App& app) { return app.walk->isReady(); };
    while (true) {
        if (isReady(active_.front())) return active_.begin();
        if (mailbox_->get()->runIfAny()) continue;
        const auto ready = std::find_if(active_.begin(), active_.end(), isReady);
        if (ready != active_.end()) return ready;
        (void)mailbox_->get()->runNext();
    }
}

void AppsWalk::leave(Apps::iterator app) {
    add(ended_, app->walk->summary());
    active_.erase(app);
}

void AppsWalk::end() {
    startedCount_ = ids_.size();
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
