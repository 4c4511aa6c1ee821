/// @file
/// A walk whose reader does not wait.
#pragma once

#include "client/executor.hpp"
#include "client/page_walk.hpp"
#include "core/fork_guard.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace applivery::detail {

/// Delivers page after page, each when it is requested, on the executor. After an error it delivers the end.
/// Thread-safe, except prefetch().
class AsyncWalk final : public AsyncOperation {
public:
    using Next = std::optional<Result<BuildPage>>;
    using Done = std::function<void(Next)>;

    /// @param client kept alive for the walk's calls; null where it is not to be.
    AsyncWalk(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options,
              std::shared_ptr<Executor> executor);

    /// Delivers the next page that contains a build, the error that ends the walk, or std::nullopt after either.
    /// Refuses a call before the one before is answered: its `done` gets ErrorKind::invalidArgument, and the walk goes
    /// on.
    void next(Done done) noexcept;

    /// Requests the pages ahead: the reader moves on in the first page. Call it only in `done`.
    void prefetch() noexcept;

    /// Ends the walk with ErrorKind::cancelled, which the call that waits gets, or else the next one.
    void cancel() noexcept;

    /// Of the client; null where it cannot be used.
    [[nodiscard]] std::shared_ptr<const CallContext> context() const;

    /// Of what was told so far; in a forked child, of nothing.
    [[nodiscard]] WalkSummary summary() const;

    void abandon(Error why) noexcept override;

private:
    [[nodiscard]] bool handle(bool isOnExecutor) noexcept override;
    void advance();
    void endWith(Next last) noexcept;
    void endBy(Error why) noexcept;
    [[nodiscard]] bool await(Done& done) noexcept;
    [[nodiscard]] Done takeDone() noexcept;
    [[nodiscard]] bool isAwaited() const noexcept;
    [[nodiscard]] bool hasEarlyEnd() const noexcept;
    [[nodiscard]] Error takeEarlyEnd() noexcept;
    [[nodiscard]] std::function<void()> notifier();

    const ForkGuard forkGuard_;
    mutable std::mutex mutex_;
    Done done_;                 // guarded by mutex_
    WalkSummary summary_;       // guarded by mutex_
    std::optional<Error> end_;  // guarded by mutex_; the first reason why the walk ends early
    std::optional<Next> next_;  // to be delivered
    bool isOver_ = false;       // nothing follows `next_`
    std::atomic<bool> hasExplainedFork_{false};

    const std::shared_ptr<const ClientState> client_;
    Result<ListCallRequest> request_;
    const WalkOptions options_;
    std::optional<PageWalk> walk_;  // made with the first need, when there is something to share
};

using OnPage = std::function<bool(BuildPage)>;
using OnBuild = std::function<bool(Build)>;
using WalkDone = std::function<void(Result<WalkSummary>)>;

/// Calls `onPage` with each page until it returns false, and then `done` once.
void forEachPage(const std::shared_ptr<AsyncWalk>& walk, OnPage onPage, WalkDone done);

/// As forEachPage(), build by build.
void forEachBuild(const std::shared_ptr<AsyncWalk>& walk, OnBuild onBuild, WalkDone done);

}  // namespace applivery::detail
