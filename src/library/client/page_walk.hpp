/// @file
/// The walk through all pages of a list: sends its requests ahead of the reader, and delivers the pages in order.
#pragma once

#include "client/list_call.hpp"
#include "client/page_sequence.hpp"
#include "core/fork_guard.hpp"

#include <applivery/build_range.hpp>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace applivery::detail {

/// Where the answers of a walk's calls arrive, on any thread. It outlives the walk where calls are still in flight.
class WalkInbox {
public:
    using Arrived = std::optional<Result<BuildPage>>;

    /// Makes a place for a page, which is where memory may be refused.
    void expect(int number);
    void forget(int number);
    void put(int number, Result<BuildPage> page);

    /// Whether the page was asked for and did not arrive yet.
    [[nodiscard]] bool awaits(int number) const;

    /// The page, where it arrived.
    [[nodiscard]] Arrived take(int number);

    /// What arrives later is dropped.
    void close();

private:
    mutable std::mutex mutex_;
    bool isClosed_ = false;
    std::map<int, Arrived> pages_;  // empty until they arrive
};

/// Requests pages ahead of its reader, and delivers them in order and each build once. The first page that contains a
/// build is requested alone: a reader may need no other. Read by one thread at a time. The destructor cancels the
/// requests in flight.
class PageWalk {
public:
    /// A walk whose calls go on anywhere. It is read by step(); `onArrival` is run with each page that arrives.
    PageWalk(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options,
             std::shared_ptr<Executor> executor, std::function<void()> onArrival);

    /// A walk whose calls go on while its reader waits.
    /// @param client kept alive for the walk's calls.
    /// @param request of which the page and the token are the walk's to fill in. A failure is all that the walk yields.
    PageWalk(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options,
             std::shared_ptr<ReaderQueue> mailbox = std::make_shared<ReaderQueue>());
    PageWalk(const PageWalk&) = delete;
    PageWalk& operator=(const PageWalk&) = delete;
    ~PageWalk();

    /// Waits for the next page that contains a build. Returns the page, the error that ends the walk, or std::nullopt
    /// after either.
    [[nodiscard]] std::optional<Result<BuildPage>> next();

    /// Requests pages, and returns as next() does, without waiting. Takes at most one page. Returns std::nullopt also
    /// if that page did not arrive yet, or contains no build to deliver.
    [[nodiscard]] std::optional<Result<BuildPage>> step();

    /// Requests the first page, without waiting for it.
    void start() noexcept;

    /// Requests the pages ahead, without waiting for them: the reader moves on in the first page. Does nothing before
    /// that page is delivered.
    void prefetch() noexcept;

    /// Whether step() is of use now.
    [[nodiscard]] bool isReady() const;

    /// Of a walk that is read on in a forked child.
    [[nodiscard]] static Error begunBeforeAFork() noexcept;

    /// Ends the walk: next() has no more.
    void end();
    [[nodiscard]] bool hasEnded() const noexcept { return hasEnded_; }

    [[nodiscard]] const WalkSummary& summary() const noexcept { return sequence_.summary(); }

private:
    [[nodiscard]] std::optional<Error> validate();
    void prepare();
    void requestAhead();
    void requestAheadIfPossible() noexcept;
    void request(int number);
    [[nodiscard]] Result<BuildPage> accept(Result<BuildPage> page);

    const std::shared_ptr<const ClientState> client_;
    Result<ListCallRequest> request_;
    const WalkOptions options_;
    CancellationSource stop_;
    CancellationCallback onCancel_;
    const std::shared_ptr<ReaderQueue> mailbox_;  // null where its calls go on elsewhere
    const std::shared_ptr<Executor> executor_;
    const std::function<void()> onArrival_;
    const std::shared_ptr<WalkInbox> inbox_ = std::make_shared<WalkInbox>();
    bool isPrepared_ = false;
    int lastRequested_ = 0;      // page
    bool hasDelivered_ = false;  // a page to the reader
    PageSequence sequence_;
    const ForkGuard forkGuard_;
    bool hasEnded_ = false;
    std::optional<Error> refused_;
};

/// The builds of a PageWalk, one by one.
class BuildWalk {
public:
    BuildWalk(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options)
        : pages_(std::move(client), std::move(request), std::move(options)) {}

    /// Writes the next build to `element`, or the error that ends the walk. Returns false after the last.
    [[nodiscard]] bool next(std::optional<Result<Build>>& element);

    void end();
    [[nodiscard]] bool hasEnded() const noexcept { return pages_.hasEnded() && position_ == builds_.size(); }

    [[nodiscard]] const WalkSummary& summary() const noexcept { return pages_.summary(); }

private:
    PageWalk pages_;
    std::vector<Build> builds_;
    std::size_t position_ = 0;
};

}  // namespace applivery::detail
