#include "client/apps_iteration.hpp"

#include "core/user_code.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace applivery::detail {
namespace {

void addTo(WalkSummary& sum, const WalkSummary& part) {
    sum.pages += part.pages;
    sum.builds += part.builds;
    sum.repeats += part.repeats;
    sum.totalsChanged = sum.totalsChanged || part.totalsChanged;
}

std::vector<std::string> withoutRepeats(std::vector<std::string> ids) {
    std::unordered_set<std::string> seen;
    ids.erase(std::remove_if(ids.begin(), ids.end(), [&](const std::string& id) { return !seen.insert(id).second; }),
              ids.end());
    return ids;
}

}  // namespace

AppsIteration::AppsIteration(std::vector<std::string> applicationIds, MakePages makePages, int appsAtOnce)
    : ids_(withoutRepeats(std::move(applicationIds))),
      makePages_(std::move(makePages)),
      appsAtOnce_(static_cast<std::size_t>(std::max(appsAtOnce, 1))) {}

bool AppsIteration::next(std::optional<AppBuild>& element) {
    if (forkGuard_.isForkedChild()) {
        end();
        element.emplace(AppBuild{{}, PageIteration::forkedChildError()});
        return true;
    }
    if (position_ == 1 && !active_.empty()) active_.back().pages->prefetch();
    while (position_ == builds_.size()) {
        if (auto failure = startApps()) {
            element = std::move(failure);
            return true;
        }
        if (active_.empty()) return false;
        const auto app = waitForApp();
        auto step = invokeUserCode("the iteration", [&] { return app->pages->step(); });
        auto page = step ? *std::move(step) : std::optional<Result<BuildPage>>(std::move(step.error()));
        if (page && !*page) {  // std::bad_alloc ends the iteration over this app only
            element.emplace(AppBuild{std::move(app->id), std::move(page->error())});
            endApp(app);
            return true;
        }
        if (page) {
            active_.splice(active_.end(), active_, app);
            builds_ = std::move((*page)->items);
            position_ = 0;
        } else if (app->pages->hasEnded()) {
            endApp(app);
        }
    }
    element.emplace(AppBuild{active_.back().id, std::move(builds_[position_++])});
    return true;
}

// Starts apps until enough are active. Returns an error if the iteration over an app cannot be created.
std::optional<AppBuild> AppsIteration::startApps() {
    while (active_.size() < appsAtOnce_ && startedCount_ < ids_.size()) {
        const std::string& id = ids_[startedCount_++];
        try {
            active_.push_front({id, makePages_(id, queue_)});
        } catch (...) {
            return AppBuild{id, errorOfException("the iteration")};
        }
        active_.front().pages->prefetch();
    }
    return std::nullopt;
}

// Returns an app whose page has arrived. Prefers the app that has waited longest for its turn: before another app is
// chosen, the posted tasks run, which may make that app ready.
AppsIteration::Apps::iterator AppsIteration::waitForApp() {
    const auto isReady = [](const App& app) { return app.pages->isReady(); };
    while (true) {
        if (isReady(active_.front())) return active_.begin();
        if (queue_->get()->runIfAny()) continue;
        const auto ready = std::find_if(active_.begin(), active_.end(), isReady);
        if (ready != active_.end()) return ready;
        (void)queue_->get()->runNext();
    }
}

void AppsIteration::endApp(Apps::iterator app) {
    addTo(ended_, app->pages->summary());
    active_.erase(app);
}

void AppsIteration::end() {
    startedCount_ = ids_.size();
    while (!active_.empty()) endApp(active_.begin());
    builds_.clear();
    position_ = 0;
}

WalkSummary AppsIteration::summary() const {
    WalkSummary sum = ended_;
    for (const App& app : active_) addTo(sum, app.pages->summary());
    return sum;
}

}  // namespace applivery::detail
