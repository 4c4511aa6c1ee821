/// @file
/// Iteration over the pages of a list without blocking: streams of pages, and callbacks for each page or build.
#pragma once

#include "client/executor.hpp"
#include "client/page_iteration.hpp"
#include "core/fork_guard.hpp"

#include <applivery/page_stream.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace applivery::detail {

/// Delivers pages on the executor, each when it is requested. After an error, delivers std::nullopt. Thread-safe,
/// except prefetch().
class AsyncIteration final : public AsyncOperation {
public:
    using Done = std::function<void(NextPage)>;

    /// @param client Kept alive by the iteration; may be null.
    AsyncIteration(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options,
                   std::shared_ptr<Executor> executor);

    /// Delivers the next page that contains a build, the error that ends the iteration, or std::nullopt after either.
    /// If another next() is pending, `done` gets ErrorKind::invalidArgument, and the iteration continues.
    void next(Done done) noexcept;

    /// Prefetches pages. Call this only in `done`, when the reader needs more than the first build of the first page.
    void prefetch() noexcept;

    /// Ends the iteration. The pending next() gets ErrorKind::cancelled; if none is pending, the first later one does.
    void cancel() noexcept;

    /// Returns the client's context; null if the client cannot be used.
    [[nodiscard]] std::shared_ptr<const CallContext> context() const;

    /// Returns the counts of the pages delivered so far. In a forked child, all counts are 0.
    [[nodiscard]] WalkSummary summary() const;

    void abandon(Error why) noexcept override;

private:
    [[nodiscard]] bool handle(bool isOnExecutor) noexcept override;
    void advance();
    void requestEnd(Error why) noexcept;
    void endWith(NextPage last) noexcept;

    const ForkGuard forkGuard_;
    std::atomic<bool> hasExplainedFork_{false};
    mutable std::mutex mutex_;
    Done done_;                     // guarded by mutex_; callback of the pending next()
    WalkSummary summary_;           // guarded by mutex_
    std::optional<Error> end_;      // guarded by mutex_; reason to end early, written once
    std::optional<NextPage> next_;  // result to deliver
    bool isOver_ = false;           // nothing follows `next_`

    const std::shared_ptr<const ClientState> client_;
    Result<ListCallRequest> request_;
    const WalkOptions options_;
    std::optional<PageIteration> pages_;  // created by the first next(): needs a shared pointer to this object
};

}  // namespace applivery::detail
