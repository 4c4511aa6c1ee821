/// @file
/// A walk whose reader does not wait.
#pragma once

#include "client/event_driven.hpp"
#include "client/page_walk.hpp"
#include "core/process_stamp.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace applivery::detail {

/// Hands out page after page, each when it is asked for, on the executor. Safe to use from many threads at once, but
/// for next(), which is for one at a time.
class AsyncWalk final : public EventDriven {
public:
    using Next = std::optional<Result<BuildPage>>;
    using Done = std::function<void(Next)>;

    /// @param client kept alive for the walk's calls; null where it is not to be.
    AsyncWalk(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options,
              std::shared_ptr<Executor> executor);

    /// Tells the next page that holds anything; nothing behind the last. A failure is the last.
    void next(Done done) noexcept;

    /// Ends the walk. Who waits for a page is told that it was cancelled.
    void cancel() noexcept;

    /// Of the client; null where it cannot be used.
    [[nodiscard]] std::shared_ptr<const CallContext> context() const;

    /// Of what was told so far; in a forked child, of nothing.
    [[nodiscard]] WalkSummary summary() const;

    void abandon(Error why) noexcept override;

private:
    [[nodiscard]] bool handle(bool isOnExecutor) noexcept override;
    void advance();
    void endBy(Error why) noexcept;
    [[nodiscard]] Done takeDone() noexcept;
    [[nodiscard]] bool isAwaited() const noexcept;
    [[nodiscard]] std::function<void()> notifier();

    const ProcessStamp stamp_;
    mutable std::mutex mutex_;
    Done done_;                 // guarded by mutex_
    WalkSummary summary_;       // guarded by mutex_
    std::optional<Error> end_;  // guarded by mutex_; why the walk goes on no more
    std::optional<Next> next_;  // that is still to be told
    bool hasFailed_ = false;    // for want of memory: nothing follows

    const std::shared_ptr<const ClientState> client_;
    Result<ListCallRequest> request_;
    const WalkOptions options_;
    std::optional<PageWalk> walk_;  // made with the first need, when there is something to share
};

using OnPage = std::function<bool(BuildPage)>;
using WalkDone = std::function<void(Result<WalkSummary>)>;

/// Gives each page to `onPage`, until that says no; then calls `done` once.
void forEachPage(const std::shared_ptr<AsyncWalk>& walk, OnPage onPage, WalkDone done);

}  // namespace applivery::detail
