/// @file
/// Iteration over the pages of a list without blocking.
#pragma once

#include "client/page_iteration.hpp"
#include "core/executor.hpp"
#include "core/fork_guard.hpp"

#include <applivery/page_stream.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace applivery::detail {

/// Delivers a page, on the executor, for each call of next(). Thread-safe, except prefetch().
class AsyncIteration final : public AsyncOperation {
public:
    using Done = std::function<void(NextPage)>;

    /// Creates an iteration over the builds of a client.
    /// @param client State of the BuildsClient; null if the BuildsClient was moved from.
    /// @param isKept Whether the iteration keeps the client alive.
    [[nodiscard]] static std::shared_ptr<AsyncIteration> make(const std::shared_ptr<const ClientState>& client,
                                                              bool isKept, BuildFilter filter, WalkOptions options);

    /// Creates an incomplete iteration, for make() only. Public because std::make_shared needs the constructor.
    AsyncIteration(std::shared_ptr<Executor> executor, std::shared_ptr<const CallContext> context)
        : AsyncOperation(std::move(executor)), context_(std::move(context)) {}

    /// Delivers the next page that contains a build, or the error that ends the iteration. After the end, delivers
    /// std::nullopt. If another next() is pending, delivers ErrorKind::invalidArgument, and the iteration continues.
    void next(Done done) noexcept;

    /// Prefetches pages. Call this only in `done`, when the reader needs more than the first build of the first page.
    void prefetch() noexcept;

    /// Ends the iteration. The pending next(), or else the following next(), delivers ErrorKind::cancelled.
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
    std::optional<Error> end_;      // guarded by mutex_; reason to end the iteration early, written once
    std::optional<NextPage> next_;  // result to deliver, if any; the result itself is std::nullopt after the end
    bool isOver_ = false;           // `next_` is the last result, or the last result was delivered
    const std::shared_ptr<const CallContext> context_;
    std::optional<PageIteration> pages_;  // set by make(), because its callback needs a weak pointer to this object
};

}  // namespace applivery::detail
