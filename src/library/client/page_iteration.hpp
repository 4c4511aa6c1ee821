/// @file
/// Iteration over the pages of a list: sends requests ahead of the reader, and delivers the pages in order.
#pragma once

#include "client/list_call.hpp"
#include "client/page_sequence.hpp"
#include "core/clock_skew.hpp"
#include "core/fork_guard.hpp"

#include <applivery/build_range.hpp>

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace applivery::detail {

/// Delivers the pages of a list in order, and each build once. The first page that contains a build is requested alone,
/// because a reader may need no other. Used by one thread at a time. The destructor cancels the requests in flight.
class PageIteration {
public:
    /// Creates an iteration that is read by step(), without blocking.
    /// @param client Kept alive by the iteration; may be null.
    /// @param request The iteration sets the page and the token. An error is the only element of the iteration.
    /// @param onArrival Called when a page has arrived, on the thread that receives the page. May be null.
    PageIteration(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options,
                  std::shared_ptr<Executor> executor, std::function<void()> onArrival);

    /// Creates an iteration that is read by next(). Its calls run on the thread of the reader.
    /// @param queue Iterations that the same thread reads can share a queue.
    PageIteration(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options,
                  std::shared_ptr<ReaderQueue> queue = std::make_shared<ReaderQueue>());
    PageIteration(const PageIteration&) = delete;
    PageIteration& operator=(const PageIteration&) = delete;
    ~PageIteration() { end(); }

    /// Waits for the next page that contains a build. Writes the page, or the error that ends the iteration, to
    /// `element`. Returns false after the last element.
    [[nodiscard]] bool next(std::optional<Result<BuildPage>>& element);

    /// Sends requests without waiting, and takes at most one page. Returns the page, or the error that ends the
    /// iteration. Returns std::nullopt in these cases:
    /// - The page has not arrived.
    /// - The page contains no build to deliver.
    /// - The iteration has ended.
    [[nodiscard]] std::optional<Result<BuildPage>> step();

    /// Requests the first page, without waiting for the page. After a delivery, requests the next pages instead. Call
    /// this before the first step(), or when the reader needs more than the first build of the first page.
    void prefetch() noexcept;

    /// Returns false if step() can do nothing until a page arrives.
    [[nodiscard]] bool isReady() const { return hasEnded_ || slots_.empty() || slots_.front()->hasArrived; }

    /// Ends the iteration: next() returns false, and step() returns std::nullopt.
    void end();
    [[nodiscard]] bool hasEnded() const noexcept { return hasEnded_; }

    [[nodiscard]] const WalkSummary& summary() const noexcept { return sequence_.summary(); }

    /// Returns the error of an iteration that a forked child tries to continue.
    [[nodiscard]] static Error forkedChildError() noexcept;

private:
    // Receives a page, on any thread. A call may write to its slot after the iteration has ended.
    struct Slot {
        std::optional<Result<BuildPage>> page;
        std::atomic<bool> hasArrived{false};  // set after `page`
    };

    void requestAhead();
    void request(int number);
    [[nodiscard]] Result<BuildPage> accept(Result<BuildPage> page);
    void correctCreatedSince(const BuildPage& page);

    const std::shared_ptr<const ClientState> client_;
    const Result<ListCallRequest> request_;
    const WalkOptions options_;
    CancellationSource stop_;
    CancellationCallback onCancel_;
    std::shared_ptr<ReaderQueue> queue_;  // null if the calls use another executor
    const std::shared_ptr<Executor> executor_;
    const std::function<void()> onArrival_;
    std::deque<std::shared_ptr<Slot>> slots_;  // of the requested pages, from the next page of the sequence on
    bool hasDelivered_ = false;                // whether the reader has received a page
    PageSequence sequence_;
    ClockSkew skew_;
    const ForkGuard forkGuard_;
    bool hasEnded_ = false;
};

/// Iterates over the builds of a list.
class BuildIteration {
public:
    BuildIteration(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options)
        : pages_(std::move(client), std::move(request), std::move(options)) {}

    /// Waits for the next build. Writes the build, or the error that ends the iteration, to `element`. Returns false
    /// after the last element.
    [[nodiscard]] bool next(std::optional<Result<Build>>& element);

    void end();
    [[nodiscard]] bool hasEnded() const noexcept { return pages_.hasEnded() && position_ == builds_.size(); }

    [[nodiscard]] const WalkSummary& summary() const noexcept { return pages_.summary(); }

private:
    PageIteration pages_;
    std::vector<Build> builds_;
    std::size_t position_ = 0;
};

}  // namespace applivery::detail
