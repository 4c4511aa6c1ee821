#include "client/wait_state_machine.hpp"

#include "core/chance.hpp"
#include "core/time_limits.hpp"
#include "core/user_code.hpp"

#include <algorithm>
#include <utility>

namespace applivery::detail {
namespace {

using std::chrono::milliseconds;

constexpr int recentBuilds = 20;          // on a page, where what is waited for is among the newest
constexpr int allBuilds = 100;            // on a page, where it may be anywhere
constexpr int maxPagesOfFirstCheck = 50;  // pages of the first check
constexpr int maxPagesOfLaterChecks = 5;  // of the others, which look for what is new

// What is wrong with a selector, or nothing.
const char* validate(const BuildSelector& selector) {
    const bool isEmpty = !selector.id && !selector.versionName && !selector.versionCode && !selector.commit &&
                         !selector.branch && !selector.tag && !selector.buildNumber && !selector.os &&
                         !selector.createdSince;
    if (isEmpty) return "a BuildSelector selects nothing. Set its id, or what else is known of the build.";
    if (selector.id && selector.id->empty()) return "BuildSelector::id is empty.";
    if (!selector.id && !selector.createdSince && !selector.anyAge) {
        return "a BuildSelector without id could match an older build. Set createdSince, or anyAge where that is "
               "meant.";
    }
    if (selector.os == Os::unknown) return "BuildSelector::os is unknown.";
    return nullptr;
}

const char* validate(const WaitOptions& options) {
    if (options.timeout.count() < 0 || options.findTimeout.count() < 0)
        return "a time limit of WaitOptions is negative.";
    if (options.minDelay.count() <= 0) return "WaitOptions::minDelay is not above 0.";
    if (options.maxDelay < options.minDelay) return "WaitOptions::maxDelay is below minDelay.";
    return nullptr;
}

bool matchesIfSet(const std::optional<std::string>& wanted, const OptionalText& text) {
    return !wanted || wanted == text;
}

// The value that all have in common.
template <typename T>
std::optional<T> common(const std::vector<std::optional<T>>& values) {
    const bool isOne =
        std::all_of(values.begin(), values.end(), [&](const auto& value) { return value == values.front(); });
    return isOne ? values.front() : std::nullopt;
}

}  // namespace

WaitStateMachine::WaitStateMachine(std::vector<BuildSelector> selectors, WaitOptions options,
                                   std::shared_ptr<Clock> clock)
    : options_(std::move(options)),
      clock_(std::move(clock)),
      interval_(std::min<Milliseconds>(options_.minDelay, longestDelay)) {
    const char* fault = selectors.empty() ? "there is no BuildSelector to wait for." : validate(options_);
    bool areRecent = true;
    for (BuildSelector& selector : selectors) {
        if (fault == nullptr) fault = validate(selector);
        areRecent = areRecent && selector.createdSince;
        Target target;
        target.id = selector.id;
        target.selector = std::move(selector);
        targets_.push_back(std::move(target));
    }
    if (fault != nullptr) error_ = Error(ErrorKind::invalidArgument, fault);
    isDone_ = error_.has_value();
    page_.limit = areRecent ? recentBuilds : allBuilds;
}

void WaitStateMachine::beginCheck() {
    if (!startedAt_ && clock_) startedAt_ = clock_->now();
    page_.number = 1;
    seen_.clear();
    for (Target& target : targets_) {
        if (target.isOver) continue;
        target.matches.clear();
        ++target.result.polls;
    }
}

// What is filtered by the service is compared here once more. Never by status: a build would leave such a list when it
// is processed, and when it fails.
BuildFilter WaitStateMachine::filter() const {
    std::vector<std::optional<std::string>> versions;
    std::vector<std::optional<Os>> systems;
    for (const Target& target : targets_) {
        if (target.isOver) continue;
        versions.push_back(target.selector.versionName);
        systems.push_back(target.selector.os);
    }
    BuildFilter filter;
    filter.versionName = common(versions);
    filter.os = common(systems);
    return filter;
}

bool WaitStateMachine::take(Result<BuildPage> page) {
    if (!page) {
        takeFailure(std::move(page.error()));
        return false;
    }
    estimateClockSkew(*page);
    // What came before comes again where builds were uploaded meanwhile; a page of nothing else leads nowhere.
    auto& items = page->items;
    const bool wasEmpty = items.empty();
    const auto isRepeat = [this](const Build& build) { return !build.id.empty() && !seen_.insert(build.id).second; };
    items.erase(std::remove_if(items.begin(), items.end(), isRepeat), items.end());
    if (items.empty() && !wasEmpty) page->hasNextPage = false;
    collectMatches(items);
    if (needsMore(*page)) {
        ++page_.number;
        return true;
    }
    endCheck(true);
    planNextCheck(std::nullopt);
    return false;
}

void WaitStateMachine::collectMatches(const std::vector<Build>& builds) {
    for (Target& target : targets_) {
        if (target.isOver) continue;
        for (const Build& build : builds) {
            if (!matches(target, build)) continue;
            target.matches.push_back(build);
            deepest_ = page_.number;
        }
    }
}

void WaitStateMachine::takeFailure(Error error) {
    if (error.kind() == ErrorKind::cancelled) return cancel();
    if (!error.isRetryable()) {
        error_ = std::move(error);
        isDone_ = true;
        return;
    }
    for (Target& target : targets_) {
        if (!target.isOver) ++target.result.transientFailures;
    }
    const auto asked = error.retryAfter();
    notify(WaitEvent::Kind::checkFailed, nullptr, std::move(error));
    endCheck(false);
    planNextCheck(asked);
}

void WaitStateMachine::estimateClockSkew(const BuildPage& page) {
    if (serverAhead_ || !page.serverTime) return;  // once: a clock that is set meanwhile must not move the limit
    using std::chrono::floor;
    using std::chrono::seconds;
    serverAhead_ =
        floor<seconds>(page.serverTime->time_since_epoch()) - floor<seconds>(clock_->wallNow().time_since_epoch());
}

int WaitStateMachine::maxPages() const {
    return isFirstCheck_ ? maxPagesOfFirstCheck
                         : std::min(maxPagesOfFirstCheck, std::max(maxPagesOfLaterChecks, deepest_ + 2));
}

// A build that is waited for may be on a later page as long as it was not found, and not all builds are too old for it.
bool WaitStateMachine::needsMore(const BuildPage& page) const {
    const bool isLast = page.items.empty() || page.hasNextPage == false ||
                        (!page.hasNextPage && page.totalPages && *page.totalPages <= page_.number) ||
                        page_.number >= maxPages();
    if (isLast) return false;
    return std::any_of(targets_.begin(), targets_.end(), [&](const Target& target) {
        if (target.isOver || (target.id && !target.matches.empty())) return false;
        return !std::all_of(page.items.begin(), page.items.end(),
                            [&](const Build& build) { return isTooOld(target, build); });
    });
}

// The service's calendar may go otherwise than this machine's. Where it tells its time, in whole seconds and some time
// ago, the difference is known; else it is taken for small.
bool WaitStateMachine::isTooOld(const Target& target, const Build& build) const {
    if (!target.selector.createdSince || !build.createdAt) return false;
    using std::chrono::floor;
    using std::chrono::seconds;
    constexpr seconds imprecision{2};
    constexpr seconds usualError = std::chrono::minutes{5};
    const seconds ahead = serverAhead_ ? *serverAhead_ - imprecision : -usualError;
    const seconds since =
        floor<seconds>(target.selector.createdSince->time_since_epoch());  // these have room for any sum
    return floor<seconds>(build.createdAt->time_since_epoch()) < since + ahead;
}

bool WaitStateMachine::matches(const Target& target, const Build& build) const {
    if (target.id && build.id != *target.id) return false;
    if (target.id && target.result.build) return true;  // it was found
    const BuildSelector& selector = target.selector;
    static const DeployerInfo none;
    const DeployerInfo& deployer = build.deployer && build.deployer->info ? *build.deployer->info : none;
    return !isTooOld(target, build) && (!selector.os || build.os == *selector.os) &&
           matchesIfSet(selector.versionName, build.versionName) &&
           matchesIfSet(selector.versionCode, build.versionCode) && matchesIfSet(selector.commit, deployer.commit) &&
           matchesIfSet(selector.branch, deployer.branch) && matchesIfSet(selector.tag, deployer.tag) &&
           matchesIfSet(selector.buildNumber, deployer.buildNumber);
}

// @param isWhole whether the list was read as far as was needed.
void WaitStateMachine::endCheck(bool isWhole) {
    isFirstCheck_ = isFirstCheck_ && !isWhole;
    hasFailed_ = !isWhole;
    for (Target& target : targets_) {
        if (target.isOver) continue;
        if (isWhole || (target.id && !target.matches.empty())) resolveTarget(target);
        if (target.isOver || elapsed() < deadline(target)) continue;
        const bool isThere = target.result.build && !target.isLost;
        end(target, isThere ? WaitOutcome::timedOutPending : WaitOutcome::timedOutNotFound);
    }
}

void WaitStateMachine::resolveTarget(Target& target) {
    if (target.matches.size() > 1 && !target.id) {
        target.result.candidates = std::move(target.matches);
        return end(target, WaitOutcome::ambiguous);
    }
    if (!target.matches.empty()) return recordBuild(target, std::move(target.matches.front()));
    if (target.result.build && !std::exchange(target.isLost, true)) notify(WaitEvent::Kind::lost, &target);
}

void WaitStateMachine::recordBuild(Target& target, Build build) {
    WaitResult& result = target.result;
    const bool isFirst = !result.build;
    const bool isChanged = !isFirst && result.build->status.text() != build.status.text();
    if (!build.id.empty()) target.id = build.id;
    target.isLost = false;
    target.lastSeen = elapsed();
    result.build = std::move(build);
    if (isFirst) result.timeToFound = target.lastSeen;
    if (isFirst) notify(WaitEvent::Kind::found, &target);
    if (isChanged) notify(WaitEvent::Kind::statusChanged, &target);
    if (result.build->status == BuildStatus::processed) end(target, WaitOutcome::processed);
    if (result.build->status == BuildStatus::error) end(target, WaitOutcome::failed);
}

void WaitStateMachine::end(Target& target, WaitOutcome outcome) {
    target.isOver = true;
    target.result.outcome = outcome;
    target.result.elapsed = elapsed();
}

// The last moment of a wait for it.
WaitStateMachine::Milliseconds WaitStateMachine::deadline(const Target& target) const {
    if ((target.result.build && !target.isLost) || hasFailed_) return options_.timeout;  // nobody could look
    return std::min(options_.timeout, target.lastSeen + std::min<Milliseconds>(options_.findTimeout, longestDelay));
}

void WaitStateMachine::planNextCheck(std::optional<std::chrono::seconds> asked) {
    isDone_ = std::all_of(targets_.begin(), targets_.end(), [](const Target& target) { return target.isOver; });
    delay_ = Milliseconds{0};
    if (!isDone_) {
        const auto drawn =
            callUserCode("WaitOptions::random", [&] { return options_.random ? options_.random() : drawChance(); });
        const double jitter = 0.9 + 0.2 * (drawn && *drawn >= 0 && *drawn <= 1 ? *drawn : 0.5);
        delay_ = Milliseconds(static_cast<Milliseconds::rep>(static_cast<double>(interval_.count()) * jitter));
        interval_ = std::min(std::min<Milliseconds>(options_.maxDelay, longestDelay), interval_ + interval_ / 2);
        if (asked) delay_ = std::max<Milliseconds>(delay_, *asked);
        for (const Target& target : targets_) {
            if (!target.isOver) delay_ = std::min(delay_, deadline(target) - elapsed());
        }
        delay_ = std::max(delay_, Milliseconds{1});
    }
    notify(WaitEvent::Kind::checked, nullptr);
}

// At the last check there is none, and no attempt but one is made.
WaitStateMachine::Milliseconds WaitStateMachine::timeLeft() const {
    return std::max(std::min<Milliseconds>(options_.timeout, longestDelay) - elapsed(), Milliseconds{0});
}

void WaitStateMachine::cancel() {
    for (Target& target : targets_) {
        if (!target.isOver) end(target, WaitOutcome::cancelled);
    }
    isDone_ = true;
}

WaitStateMachine::Milliseconds WaitStateMachine::elapsed() const {
    return startedAt_ ? std::chrono::duration_cast<Milliseconds>(clock_->now() - *startedAt_) : Milliseconds{0};
}

void WaitStateMachine::notify(WaitEvent::Kind kind, const Target* target, std::optional<Error> error) const {
    if (!options_.onEvent) return;
    WaitEvent event;
    event.kind = kind;
    event.error = std::move(error);
    event.elapsed = elapsed();
    event.nextCheck = delay_;
    if (target != nullptr) {
        event.selector = static_cast<std::size_t>(target - targets_.data());
        event.build = target->result.build;
    }
    (void)callUserCode("WaitOptions::onEvent", [&] { options_.onEvent(event); });
}

Result<std::vector<WaitResult>> WaitStateMachine::results() const {
    if (error_) return *error_;
    std::vector<WaitResult> results;
    for (const Target& target : targets_) {
        results.push_back(target.result);
        if (!target.isOver) results.back().elapsed = elapsed();
    }
    return results;
}

}  // namespace applivery::detail
