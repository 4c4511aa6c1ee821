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
#include <utility>

namespace applivery::detail {

/// Delivers pages on the executor, each when it is requested. After an error, delivers std::nullopt. Thread-safe,
/// except prefetch().
class AsyncIteration final : public AsyncOperation {
public:
    using Done = std::function<void(NextPage)>;

    /// Creates an iteration over the builds of a client.
    /// @param client Null if it was moved from.
    /// @param isKept Whether the iteration keeps the client alive.
    [[nodiscard]] static std::shared_ptr<AsyncIteration> make(const std::shared_ptr<const ClientState>& client,
                                                              bool isKept, BuildFilter filter, WalkOptions options);

    /// Call make() instead.
    AsyncIteration(std::shared_ptr<Executor> executor, std::shared_ptr<const CallContext> context)
        : AsyncOperation(std::move(executor)), context_(std::move(context)) {}

    /// Delivers the next page that contains a build, the error that ends the iteration, or std::nullopt after either.
    /// If another next() is pending, `done` gets ErrorKind::invalidArgument, and the iteration continues.
    void next(Done done) noexcept;

    /// Prefetches pages. Call this only in `done`, when the reader needs more than the first build of the first page.
    void prefetch() noexcept;

    /// Ends the iteration. The pending next() gets ErrorKind::cancelled; if none is pending, the first later one does.
    void cancel() noexcept;

    /// Returns the client's context; null if the client cannot be used.
    [[nodiscard]] const std::shared_ptr<const CallContext>& context() const noexcept { return context_; }

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
    const std::shared_ptr<const CallContext> context_;
    std::optional<PageIteration> pages_;  // set by make(), because its callback needs a weak pointer to this object
};

}  // namespace applivery::detail
