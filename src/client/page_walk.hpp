/// @file
/// The walk through all pages of a list: what to ask for next, and where it ends.
#pragma once

#include "client/list_call.hpp"
#include "client/mailbox.hpp"
#include "core/process_stamp.hpp"

#include <applivery/build_range.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace applivery::detail {

/// On which the calls of a walk go on while its reader waits, or those of several walks that it reads together.
class ReadersMailbox {
public:
    ReadersMailbox() = default;
    ReadersMailbox(const ReadersMailbox&) = delete;
    ReadersMailbox& operator=(const ReadersMailbox&) = delete;
    ~ReadersMailbox() {
        if (!stamp_.isInherited()) mailbox_->close();
    }

    [[nodiscard]] const std::shared_ptr<Mailbox>& get() const noexcept { return mailbox_; }

private:
    const ProcessStamp stamp_;
    const std::shared_ptr<Mailbox> mailbox_ = std::make_shared<Mailbox>();  // the calls hold it too
};

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

/// Read by one thread at a time. Asks for pages ahead of its reader, delivers them in order and each build once;
/// destroying it cancels what is in flight.
class PageWalk {
public:
    /// A walk whose calls go on anywhere. It is read by step(); `onArrival` is run with each page that arrives.
    PageWalk(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options,
             std::shared_ptr<Executor> executor, std::function<void()> onArrival);

    /// A walk whose calls go on while its reader waits.
    /// @param client kept alive for the walk's calls.
    /// @param request of which the page and the token are the walk's to fill in. A failure is all that the walk yields.
    PageWalk(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options,
             std::shared_ptr<ReadersMailbox> mailbox = std::make_shared<ReadersMailbox>());
    PageWalk(const PageWalk&) = delete;
    PageWalk& operator=(const PageWalk&) = delete;
    ~PageWalk();

    /// The next page that holds anything, waited for; absent behind the last. A failure is the last.
    [[nodiscard]] std::optional<Result<BuildPage>> next();

    /// As next(), without waiting: takes one page alone, and asks for others. Absent also where it did not arrive yet,
    /// or nothing on it is of use.
    [[nodiscard]] std::optional<Result<BuildPage>> step();

    /// Asks for the first page, without waiting for it.
    void start() noexcept;

    /// Whether step() is of use now.
    [[nodiscard]] bool isReady() const;

    /// Of a walk that is read on in a forked child.
    [[nodiscard]] static Error begunBeforeAFork();

    /// Ends the walk: next() has no more.
    void end();
    [[nodiscard]] bool hasEnded() const noexcept { return hasEnded_; }

    [[nodiscard]] const WalkSummary& summary() const noexcept { return summary_; }

private:
    [[nodiscard]] std::optional<Error> refusal();
    void prepare();
    void askAhead();
    void askAheadIfPossible() noexcept;
    void ask(int number);
    [[nodiscard]] Result<BuildPage> deliver(Result<BuildPage> page);
    bool learnTotals(const BuildPage& page);
    void learnTheEnd(const BuildPage& page);
    [[nodiscard]] std::optional<Error> skip(const BuildPage& page);
    [[nodiscard]] bool isContradicted(const BuildPage& page) const;
    void dropRepeats(BuildPage& page);
    [[nodiscard]] bool isTooOld(const BuildPage& page) const;
    void dropOld(BuildPage& page) const;

    const std::shared_ptr<const ClientState> client_;
    Result<ListCallRequest> request_;
    const WalkOptions options_;
    CancellationSource stop_;
    CancellationCallback onCancel_;
    const std::shared_ptr<ReadersMailbox> mailbox_;  // null where its calls go on elsewhere
    const std::shared_ptr<Executor> executor_;
    const std::function<void()> onArrival_;
    const std::shared_ptr<WalkInbox> inbox_ = std::make_shared<WalkInbox>();
    bool isPrepared_ = false;
    int asked_ = 0;                      // the last page that was asked for
    int delivered_ = 0;                  // the last that was delivered
    std::optional<int> last_;            // of the list, where the service says it
    std::optional<std::int64_t> total_;  // what the service said last
    std::optional<int> totalPages_;
    std::int64_t received_ = 0;  // builds, repeats included
    int skipped_ = 0;            // pages in a row that held nothing
    const ProcessStamp stamp_;
    bool hasEnded_ = false;
    std::optional<Error> refused_;
    std::unordered_set<std::string> seen_;
    WalkSummary summary_;
};

/// The builds of a PageWalk, one by one.
class BuildWalk {
public:
    BuildWalk(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options)
        : pages_(std::move(client), std::move(request), std::move(options)) {}

    /// The next build into `element`; false behind the last. A failure is the last.
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
