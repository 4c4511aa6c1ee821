/// @file
/// What a wait asks for next, and what the answers mean to it. Nothing is sent here, and no time passes.
#pragma once

#include <applivery/build_waiter.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace applivery::detail {

/// A check asks for pages of the list, one after the other, until all builds that are waited for have been found in it
/// or cannot be in it. Between two checks time passes.
class WaitStateMachine {
public:
    /// @param clock null where the client cannot be used; its calls then say why.
    WaitStateMachine(std::vector<BuildSelector> selectors, WaitOptions options, std::shared_ptr<Clock> clock);

    [[nodiscard]] bool isDone() const noexcept { return isDone_; }

    void beginCheck();

    // Of the check's next request.
    [[nodiscard]] BuildFilter filter() const;
    [[nodiscard]] Page page() const noexcept { return page_; }

    /// How much time is left for it: what waits longer for its turn, or for another attempt, comes too late.
    [[nodiscard]] std::chrono::milliseconds timeLeft() const;

    /// @return whether the check needs another page.
    bool take(Result<BuildPage> page);

    /// Until the next check.
    [[nodiscard]] std::chrono::milliseconds delay() const noexcept { return delay_; }

    void cancel();

    [[nodiscard]] Result<std::vector<WaitResult>> results() const;

private:
    using Milliseconds = std::chrono::milliseconds;
    using Steady = std::chrono::steady_clock;

    // One build that is waited for.
    struct Target {
        BuildSelector selector;
        WaitResult result{};
        std::optional<std::string> id{};  // once it is known: no other build takes its place
        bool isOver = false;
        bool isLost = false;
        Milliseconds lastSeen{0};
        std::vector<Build> matches{};  // of the check under way
    };

    void takeFailure(Error error);
    void estimateClockSkew(const BuildPage& page);
    void collectMatches(const std::vector<Build>& builds);
    [[nodiscard]] int maxPages() const;
    [[nodiscard]] bool needsMore(const BuildPage& page) const;
    [[nodiscard]] bool isTooOld(const Target& target, const Build& build) const;
    [[nodiscard]] bool matches(const Target& target, const Build& build) const;
    void endCheck(bool isWhole);
    void resolveTarget(Target& target);
    void recordBuild(Target& target, Build build);
    void end(Target& target, WaitOutcome outcome);
    [[nodiscard]] Milliseconds deadline(const Target& target) const;
    void planNextCheck(std::optional<std::chrono::seconds> asked);
    [[nodiscard]] Milliseconds elapsed() const;
    void notify(WaitEvent::Kind kind, const Target* target, std::optional<Error> error = std::nullopt) const;

    const WaitOptions options_;
    const std::shared_ptr<Clock> clock_;
    std::vector<Target> targets_;
    std::optional<Error> error_;
    bool isDone_ = false;
    std::optional<Steady::time_point> startedAt_;
    Page page_;
    Milliseconds interval_;
    Milliseconds delay_{0};
    std::unordered_set<std::string> seen_;  // ids, in the check under way
    bool isFirstCheck_ = true;
    bool hasFailed_ = false;                           // the last check
    int deepest_ = 1;                                  // the page on which a build was found last
    std::optional<std::chrono::seconds> serverAhead_;  // of this machine's calendar
};

}  // namespace applivery::detail
