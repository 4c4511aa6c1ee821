/// @file
/// State machine of a wait: decides which page to request next and interprets responses. Performs no I/O and never
/// sleeps.
#pragma once

#include "client/page_sequence.hpp"
#include "client/wait_rules.hpp"
#include "core/clock_skew.hpp"

#include <applivery/build_waiter.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace applivery::detail {

/// Decides what a wait does next. A check requests pages of the list, one after the other, while a build that matches
/// may be on the next page. The pages and the time of a check are limited. The caller waits between two checks.
class WaitStateMachine {
public:
    /// @param clock Null if the client cannot be used. The first call of the client then returns the error.
    WaitStateMachine(std::vector<BuildSelector> selectors, WaitOptions options, std::shared_ptr<Clock> clock);

    /// Returns whether the wait has ended.
    [[nodiscard]] bool isDone() const noexcept;

    /// Begins a check. Send its first request next.
    void beginCheck();

    /// Returns the filter of the next request. take() compares all members of the selectors again.
    [[nodiscard]] BuildFilter filter() const;
    /// Returns the page of the next request.
    [[nodiscard]] Page page() const noexcept { return {sequence_.nextPage(), buildsPerPage_}; }

    /// Returns the time that remains for the check: the wait must end within its time limit plus one second.
    [[nodiscard]] std::chrono::milliseconds timeLeft() const;

    /// Interprets the response to the request. Returns whether the check needs another page.
    bool take(Result<BuildPage> page);

    /// Ends a check at its time limit. The check then does not count as failed.
    void cutOff();

    /// Returns the time until the next check.
    [[nodiscard]] std::chrono::milliseconds delay() const noexcept { return delay_; }

    /// Ends the wait with WaitOutcome::cancelled.
    void cancel();

    /// Ends the wait with an error.
    void fail(Error error) noexcept;

    /// Returns one result for each selector, or the error that ended the wait.
    [[nodiscard]] Result<std::vector<WaitResult>> results() const;

private:
    using Milliseconds = std::chrono::milliseconds;
    using Steady = std::chrono::steady_clock;

    enum class CheckEnd { complete, failed, cutOff };

    // A build to wait for.
    struct Target {
        BuildSelector selector;
        WaitResult result{};
        std::optional<std::string> id{};  // if known, only that build matches
        bool isOver = false;
        bool isLost = false;
        std::vector<Build> matches{};                          // of the current check
        bool mayBeFurther = false;                             // a match may be on a page that was not read
        std::unordered_set<std::string> buildsOfUnknownAge{};  // ids

        [[nodiscard]] bool isListed() const noexcept { return result.build && !isLost; }
    };

    void takeFailure(Error error);
    void collectMatches(const std::vector<Build>& builds);
    void collectMatch(Target& target, const Build& build);
    void markUnread(const std::vector<Build>& builds, bool isStuck);
    [[nodiscard]] bool needsMore() const;
    void endCheck(CheckEnd how, const std::optional<Error>& error = std::nullopt);
    void recordCheck(Target& target, CheckEnd how, const std::optional<Error>& error);
    void resolveTarget(Target& target);
    void recordBuild(Target& target, Build build);
    void end(Target& target, WaitOutcome outcome);
    [[nodiscard]] Milliseconds deadline(const Target& target) const;
    [[nodiscard]] Milliseconds lastCheckTime(const Target& target) const;
    void planNextCheck(std::optional<std::chrono::seconds> asked);
    [[nodiscard]] Milliseconds elapsed() const;
    void report(WaitEvent event, const Target* target = nullptr) const;

    const WaitOptions options_;
    const Milliseconds timeLimit_;
    const Milliseconds findLimit_;
    const std::shared_ptr<Clock> clock_;
    std::vector<Target> targets_;
    std::optional<Error> error_;
    std::optional<Steady::time_point> startedAt_;
    int buildsPerPage_ = 0;
    PollInterval interval_;
    Milliseconds delay_{0};
    ClockSkew skew_;
    PageSequence sequence_;  // of the current or the last check
    Milliseconds checkStartedAt_{0};
    bool wasAnyComplete_ = false;    // whether a check was complete
    Milliseconds checkDuration_{0};  // of the last complete check
    bool hasFailed_ = false;         // whether the last check failed; a check that was cut off does not count
    int unexpectedResponses_ = 0;    // number of consecutive checks that ended with an unexpected response
    int lastMatchPage_ = 1;          // the page on which a build was last found
};

}  // namespace applivery::detail
