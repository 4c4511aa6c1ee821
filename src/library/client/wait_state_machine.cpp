#include "client/wait_state_machine.hpp"

#include "core/text.hpp"
#include "core/time_limits.hpp"
#include "core/user_code.hpp"

#include <algorithm>
#include <utility>

namespace applivery::detail {
namespace {

using std::chrono::milliseconds;

constexpr int buildsPerPageIfRecent = 20;   // the build is among the newest ones
constexpr int buildsPerPageOfAnyAge = 100;  // the build may be anywhere
constexpr int maxPagesOfFirstCheck = 50;
constexpr int maxPagesOfLaterChecks = 5;  // more if a build was found on a later page
constexpr int maxUnexpectedResponses = 3;
// Time to complete a check after the time limit. The rest of a second remains for the cancellation of a request.
constexpr milliseconds grace{900};

}  // namespace

WaitStateMachine::WaitStateMachine(std::vector<BuildSelector> selectors, WaitOptions options,
                                   std::shared_ptr<Clock> clock)
    : options_(std::move(options)),
      timeLimit_(std::min<Milliseconds>(options_.timeout, longestDelay)),
      findLimit_(std::min<Milliseconds>(options_.findTimeout, longestDelay)),
      clock_(std::move(clock)),
      interval_(options_) {
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
    buildsPerPage_ = areRecent ? buildsPerPageIfRecent : buildsPerPageOfAnyAge;
}

bool WaitStateMachine::isDone() const noexcept {
    return error_ || std::all_of(targets_.begin(), targets_.end(), [](const Target& target) { return target.isOver; });
}

void WaitStateMachine::beginCheck() {
    if (!startedAt_ && clock_) startedAt_ = clock_->now();
    checkStartedAt_ = elapsed();
    sequence_ = PageSequence();
    for (Target& target : targets_) {
        if (target.isOver) continue;
        target.matches.clear();
        ++target.result.polls;
    }
}

BuildFilter WaitStateMachine::filter() const {
    std::vector<const BuildSelector*> selectors;
    for (const Target& target : targets_) {
        if (!target.isOver) selectors.push_back(&target.selector);
    }
    return commonFilter(selectors);
}

bool WaitStateMachine::take(Result<BuildPage> page) {
    if (!page) {
        takeFailure(std::move(page.error()));
        return false;
    }
    if (page->serverTime) skew_.add(*page->serverTime, clock_->wallNow());
    const bool isStuck = sequence_.take(*page).has_value();
    collectMatches(page->items);
    markUnread(page->items, isStuck);
    const bool isToContinue = !isStuck && needsMore();
    if (isToContinue && timeLeft() > Milliseconds{0}) return true;
    isToContinue ? cutOff() : endCheck(CheckEnd::complete);
    return false;
}

void WaitStateMachine::collectMatches(const std::vector<Build>& builds) {
    for (Target& target : targets_) {
        if (target.isOver) continue;
        for (const Build& build : builds) collectMatch(target, build);
    }
}

void WaitStateMachine::collectMatch(Target& target, const Build& build) {
    if (target.id && trimmed(build.id) != trimmed(*target.id)) return;
    const bool wasFound = target.id && target.result.build;
    if (!wasFound) {
        if (!target.selector.matches(build) || isTooOld(target.selector, build, skew_.estimate())) return;
        if (target.selector.createdSince && !build.createdAt) {
            if (!target.buildsOfUnknownAge.insert(build.id).second) return;
            ++target.result.buildsOfUnknownAge;
            WaitEvent event{WaitEvent::Kind::unknownAge};
            event.build = build;
            return report(std::move(event), &target);
        }
    }
    target.matches.push_back(build);
    lastMatchPage_ = sequence_.summary().pages;
}

void WaitStateMachine::takeFailure(Error error) {
    if (error.kind() == ErrorKind::cancelled) return cancel();
    if (error.kind() == ErrorKind::timeout && timeLeft() < grace) return endCheck(CheckEnd::cutOff, error);
    if (error.isRetryable()) {
        unexpectedResponses_ = 0;
    } else if (!isUnexpected(error)) {
        return fail(std::move(error));
    } else if (++unexpectedResponses_ == maxUnexpectedResponses) {
        error.setMessage(error.message() + " " + std::to_string(maxUnexpectedResponses) +
                         " consecutive checks failed.");
        return fail(std::move(error));
    }
    for (Target& target : targets_) {
        if (!target.isOver) ++target.result.transientFailures;
    }
    WaitEvent event{WaitEvent::Kind::checkFailed};
    event.error = error;
    report(std::move(event));
    endCheck(CheckEnd::failed, error);
}

void WaitStateMachine::fail(Error error) noexcept {
    error_ = std::move(error);
}

void WaitStateMachine::cutOff() {
    endCheck(CheckEnd::cutOff,
             Error(ErrorKind::timeout, "the check failed: it was not complete at the time limit of the wait."));
}

// Marks the targets that may have a match on a later page. If the sequence is stuck, the later pages stay unread.
void WaitStateMachine::markUnread(const std::vector<Build>& builds, bool isStuck) {
    const bool isLast = !isStuck && !sequence_.shouldContinue();
    for (Target& target : targets_) {
        const bool areAllTooOld = !builds.empty() && std::all_of(builds.begin(), builds.end(), [&](const Build& build) {
            return isTooOld(target.selector, build, skew_.estimate());
        });
        target.mayBeFurther = !isLast && !areAllTooOld && !(target.id && !target.matches.empty());
    }
}

bool WaitStateMachine::needsMore() const {
    const int maxPages = wasAnyComplete_ ? std::clamp(lastMatchPage_ + 2, maxPagesOfLaterChecks, maxPagesOfFirstCheck)
                                         : maxPagesOfFirstCheck;
    const auto isWanted = [](const Target& target) { return target.mayBeFurther && !target.isOver; };
    return sequence_.summary().pages < maxPages && std::any_of(targets_.begin(), targets_.end(), isWanted);
}

void WaitStateMachine::endCheck(CheckEnd how, const std::optional<Error>& error) {
    const bool isComplete = how == CheckEnd::complete;
    if (isComplete) {
        unexpectedResponses_ = 0;
        checkDuration_ = elapsed() - checkStartedAt_;
    }
    if (how != CheckEnd::cutOff) hasFailed_ = !isComplete;
    for (Target& target : targets_) {
        if (target.isOver) continue;
        recordCheck(target, how, error);
        if (target.isOver || elapsed() < deadline(target)) continue;
        end(target, target.isListed() ? WaitOutcome::timedOutPending : WaitOutcome::timedOutNotFound);
    }
    wasAnyComplete_ = wasAnyComplete_ || isComplete;
    planNextCheck(error ? error->retryAfter() : std::nullopt);
}

// A build with a known id counts as found, even if the check does not read all pages.
void WaitStateMachine::recordCheck(Target& target, CheckEnd how, const std::optional<Error>& error) {
    WaitResult& result = target.result;
    const bool wasFound = target.id && !target.matches.empty();
    const int pagesRead = sequence_.summary().pages;
    if (!wasAnyComplete_) result.pagesOfFirstCheck = pagesRead;
    result.pagesOfLastCheck = pagesRead;
    result.hasUnreadPages = !wasFound && (how != CheckEnd::complete || target.mayBeFurther);
    if (how == CheckEnd::complete || wasFound) {
        result.lastCheckAt = elapsed();
        result.consecutiveFailures = 0;
        result.lastError.reset();
        return resolveTarget(target);
    }
    if (how == CheckEnd::failed) ++result.consecutiveFailures;
    if (error) result.lastError = error;
    // No other check follows, so the matches of this incomplete check are the result.
    if (elapsed() >= timeLimit_ && !target.matches.empty()) resolveTarget(target);
}

void WaitStateMachine::resolveTarget(Target& target) {
    if (target.matches.size() > 1 && !target.id) {
        target.result.candidates = std::move(target.matches);
        return end(target, WaitOutcome::ambiguous);
    }
    if (!target.matches.empty()) return recordBuild(target, std::move(target.matches.front()));
    if (target.result.build && !std::exchange(target.isLost, true)) {
        report({WaitEvent::Kind::lost}, &target);
    }
}

void WaitStateMachine::recordBuild(Target& target, Build build) {
    WaitResult& result = target.result;
    const bool isFirst = !result.build;
    const bool isChanged = !isFirst && result.build->status.text() != build.status.text();
    if (!build.id.empty()) target.id = build.id;
    target.isLost = false;
    result.build = std::move(build);
    result.lastSeenAt = elapsed();
    if (isFirst) result.timeToFound = result.lastSeenAt;
    if (isFirst) report({WaitEvent::Kind::found}, &target);
    if (isChanged) report({WaitEvent::Kind::statusChanged}, &target);
    if (result.build->status == BuildStatus::processed) end(target, WaitOutcome::processed);
    if (result.build->status == BuildStatus::error) end(target, WaitOutcome::failed);
}

void WaitStateMachine::end(Target& target, WaitOutcome outcome) {
    target.isOver = true;
    target.result.outcome = outcome;
    target.result.elapsed = elapsed();
}

// WaitOptions::findTimeout applies only if a complete check did not find the build. After a failed check, and before
// the first complete check, the build may be in the list. A match counts as found, although the check reads the other
// pages to find other matches.
WaitStateMachine::Milliseconds WaitStateMachine::deadline(const Target& target) const {
    const bool isInList = target.isListed() || (!target.id && !target.matches.empty());
    if (isInList || hasFailed_ || !target.result.lastCheckAt) return timeLimit_;
    return std::min(timeLimit_, target.result.lastSeenAt.value_or(Milliseconds{0}) + findLimit_);
}

// Returns when the last check begins. A check that takes longer than `grace` begins before the deadline.
WaitStateMachine::Milliseconds WaitStateMachine::lastCheckTime(const Target& target) const {
    const Milliseconds latest = deadline(target);
    const Milliseconds earlier = latest - checkDuration_;
    return checkDuration_ > grace && earlier > elapsed() ? earlier : latest;
}

void WaitStateMachine::planNextCheck(std::optional<std::chrono::seconds> asked) {
    delay_ = Milliseconds{0};
    if (!isDone()) {
        delay_ = interval_.next(options_);
        if (asked) delay_ = std::max<Milliseconds>(delay_, *asked);
        for (const Target& target : targets_) {
            if (!target.isOver) delay_ = std::min(delay_, lastCheckTime(target) - elapsed());
        }
        delay_ = std::max(delay_, Milliseconds{1});
    }
    WaitEvent event{WaitEvent::Kind::checked};
    event.nextCheck = delay_;
    report(std::move(event));
}

WaitStateMachine::Milliseconds WaitStateMachine::timeLeft() const {
    Milliseconds limit{0};
    for (const Target& target : targets_) {
        if (!target.isOver) limit = std::max(limit, deadline(target));
    }
    return std::max(limit + grace - elapsed(), Milliseconds{0});
}

void WaitStateMachine::cancel() {
    for (Target& target : targets_) {
        if (!target.isOver) end(target, WaitOutcome::cancelled);
    }
}

WaitStateMachine::Milliseconds WaitStateMachine::elapsed() const {
    return startedAt_ ? std::chrono::duration_cast<Milliseconds>(clock_->now() - *startedAt_) : Milliseconds{0};
}

void WaitStateMachine::report(WaitEvent event, const Target* target) const {
    if (!options_.onEvent) return;
    event.elapsed = elapsed();
    if (target != nullptr) {
        event.selector = static_cast<std::size_t>(target - targets_.data());
        if (!event.build) event.build = target->result.build;
    }
    (void)invokeUserCode("WaitOptions::onEvent", [&] { options_.onEvent(event); });
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
