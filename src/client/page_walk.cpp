#include "client/page_walk.hpp"

#include "core/user_code.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace applivery::detail {
namespace {

constexpr int mostAhead = 1000;

std::optional<int> asPage(std::int64_t number) {
    if (number > std::numeric_limits<int>::max()) return std::nullopt;
    return static_cast<int>(number);
}

Error onPage(int number, Error error) {
    return error.setMessage("page " + std::to_string(number) + ": " + error.message());
}

}  // namespace

void WalkInbox::expect(int number) {
    const std::lock_guard<std::mutex> lock(mutex_);
    pages_.emplace(number, std::nullopt);
}

void WalkInbox::forget(int number) {
    const std::lock_guard<std::mutex> lock(mutex_);
    pages_.erase(number);
}

void WalkInbox::put(int number, Result<BuildPage> page) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!isClosed_) pages_.find(number)->second = std::move(page);
}

bool WalkInbox::awaits(int number) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto place = pages_.find(number);
    return place != pages_.end() && !place->second;
}

WalkInbox::Arrived WalkInbox::take(int number) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto place = pages_.find(number);
    if (place == pages_.end() || !place->second) return std::nullopt;
    Arrived page = std::move(place->second);
    pages_.erase(place);
    return page;
}

void WalkInbox::close() {
    const std::lock_guard<std::mutex> lock(mutex_);
    isClosed_ = true;
}

PageWalk::PageWalk(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options,
                   std::shared_ptr<ReadersMailbox> mailbox)
    : client_(std::move(client)),
      request_(std::move(request)),
      options_(std::move(options)),
      onCancel_(options_.cancel, [stop = stop_]() mutable { stop.cancel(); }),
      mailbox_(std::move(mailbox)),
      executor_(mailbox_->get()) {}

PageWalk::PageWalk(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options,
                   std::shared_ptr<Executor> executor, std::function<void()> onArrival)
    : client_(std::move(client)),
      request_(std::move(request)),
      options_(std::move(options)),
      onCancel_(options_.cancel, [stop = stop_]() mutable { stop.cancel(); }),
      executor_(std::move(executor)),
      onArrival_(std::move(onArrival)) {}

PageWalk::~PageWalk() {
    end();
}

std::optional<Result<BuildPage>> PageWalk::next() {
    while (!hasEnded_) {
        if (auto page = step()) return page;
        while (!isReady()) (void)mailbox_->get()->runNext();
    }
    return std::nullopt;
}

std::optional<Result<BuildPage>> PageWalk::step() {
    if (hasEnded_) return std::nullopt;
    if (stamp_.isInherited()) {
        hasEnded_ = true;
        return Result<BuildPage>(begunBeforeAFork());
    }
    prepare();
    if (refused_) {
        end();
        return Result<BuildPage>(*std::exchange(refused_, std::nullopt));
    }
    askAhead();
    const int number = delivered_ + 1;
    WalkInbox::Arrived arrived = inbox_->take(number);
    if (!arrived) return std::nullopt;
    Result<BuildPage> page = deliver(*std::move(arrived));
    if (!page || (last_ && number >= *last_)) end();
    if (!hasEnded_) askAheadIfPossible();
    if (page && page->items.empty()) return std::nullopt;
    return page;
}

void PageWalk::start() noexcept {
    try {
        prepare();
        if (!refused_) askAhead();
    } catch (...) {  // for want of memory: the first step tries again, and says so
    }
}

void PageWalk::prepare() {
    if (!std::exchange(isPrepared_, true)) refused_ = refusal();
}

Error PageWalk::begunBeforeAFork() {
    return Error(ErrorKind::connection, "this walk was begun before a fork. Begin one of its own in the child.");
}

bool PageWalk::isReady() const {
    return hasEnded_ || !inbox_->awaits(delivered_ + 1);
}

// Why the walk cannot even begin.
std::optional<Error> PageWalk::refusal() {
    if (!request_) return std::move(request_.error());
    if (options_.prefetch < 1 || options_.prefetch > mostAhead) {
        return Error(ErrorKind::invalidArgument,
                     "WalkOptions::prefetch is not between 1 and " + std::to_string(mostAhead) + '.');
    }
    if (options_.appsAtOnce < 1) return Error(ErrorKind::invalidArgument, "WalkOptions::appsAtOnce is below 1.");
    return std::nullopt;
}

// The first page goes alone: it may say how many there are.
void PageWalk::askAhead() {
    const int ahead = delivered_ == 0 ? 1 : options_.prefetch;
    const int most = last_.value_or(std::numeric_limits<int>::max());
    while (asked_ < most && asked_ - delivered_ < ahead) {
        ask(asked_ + 1);
        ++asked_;
    }
}

// Before anybody needs the pages: what is refused now, for want of memory, is asked for again by the next step.
void PageWalk::askAheadIfPossible() noexcept {
    try {
        askAhead();
    } catch (...) {
    }
}

void PageWalk::ask(int number) {
    ListCallRequest request = *request_;
    request.page.number = number;
    request.page.limit = options_.limit;
    request.cancel = stop_.token();
    const auto arrived = [inbox = inbox_, number, notify = onArrival_](Result<BuildPage> page) {
        inbox->put(number, std::move(page));
        if (notify) notify();
    };
    inbox_->expect(number);
    try {
        startListCall(std::move(request), executor_, {arrived});
    } catch (...) {  // for want of memory: nothing will arrive there
        inbox_->forget(number);
        throw;
    }
}

Result<BuildPage> PageWalk::deliver(Result<BuildPage> page) {
    const int number = ++delivered_;
    if (!page) return onPage(number, std::move(page.error()));
    ++summary_.pages;
    received_ += static_cast<std::int64_t>(page->items.size());
    const bool hasChanged = learnTotals(*page);
    learnTheEnd(*page);
    if (page->items.empty()) {
        if (auto error = skip(*page)) return onPage(number, *std::move(error));
        return page;
    }
    skipped_ = 0;
    const bool isTooOld = this->isTooOld(*page);
    dropRepeats(*page);
    if (page->items.empty() && !hasChanged) {
        return onPage(number, Error(ErrorKind::invalidResponse,
                                    "it holds only builds of the pages before. Does the service ignore the page?"));
    }
    if (isTooOld) end();
    dropOld(*page);
    summary_.builds += static_cast<std::int64_t>(page->items.size());
    return page;
}

// A page without a build ends the walk, unless it says that another follows; which cannot go on for ever.
std::optional<Error> PageWalk::skip(const BuildPage& page) {
    constexpr int mostSkipped = 10;
    if (page.hasNextPage != true) {
        end();
    } else if (++skipped_ > mostSkipped) {
        return Error(ErrorKind::invalidResponse,
                     "it is empty, as those before it were, and still says that another page follows.");
    }
    return std::nullopt;
}

// @return whether they are not what they were: builds came or went meanwhile, and pages with them.
bool PageWalk::learnTotals(const BuildPage& page) {
    const bool hasChanged = (total_ && page.totalItems && *total_ != *page.totalItems) ||
                            (totalPages_ && page.totalPages && *totalPages_ != *page.totalPages);
    summary_.totalsChanged = summary_.totalsChanged || hasChanged;
    if (page.totalItems) total_ = page.totalItems;
    if (page.totalPages) totalPages_ = page.totalPages;
    return hasChanged;
}

// What the service says of its next page counts more than its totals. Totals that contradict what came are not
// believed.
void PageWalk::learnTheEnd(const BuildPage& page) {
    if (page.hasNextPage == false) {
        last_ = delivered_;
    } else if (page.totalPages && *page.totalPages > delivered_) {
        last_ = page.totalPages;
    } else if (page.hasNextPage == true || (!page.totalPages && !page.totalItems) || isContradicted(page)) {
        last_ = std::nullopt;
    } else if (page.totalItems && received_ < *page.totalItems) {
        const std::int64_t left = *page.totalItems - received_;
        const auto size = std::max<std::int64_t>(static_cast<std::int64_t>(page.items.size()), 1);
        last_ = page.totalPages ? std::nullopt : asPage(delivered_ + (left + size - 1) / size);
    } else {
        last_ = delivered_;
    }
}

// Whether more came than the totals tell of.
bool PageWalk::isContradicted(const BuildPage& page) const {
    return !page.items.empty() &&
           ((page.totalItems && received_ > *page.totalItems) || (page.totalPages && delivered_ > *page.totalPages));
}

void PageWalk::dropRepeats(BuildPage& page) {
    const std::size_t before = page.items.size();
    const std::size_t seenBefore = seen_.size();
    const auto isRepeat = [&](const Build& build) { return !build.id.empty() && !seen_.insert(build.id).second; };
    page.items.erase(std::remove_if(page.items.begin(), page.items.end(), isRepeat), page.items.end());
    // A page without one new id leads nowhere, whatever else is on it.
    if (delivered_ > 1 && seen_.size() == seenBefore) page.items.clear();
    summary_.repeats += static_cast<std::int64_t>(before - page.items.size());
}

bool PageWalk::isTooOld(const BuildPage& page) const {
    return options_.createdSince && std::all_of(page.items.begin(), page.items.end(), [&](const Build& build) {
               return build.createdAt && *build.createdAt < *options_.createdSince;
           });
}

void PageWalk::dropOld(BuildPage& page) const {
    if (!options_.createdSince) return;
    const auto isOld = [&](const Build& build) { return build.createdAt && *build.createdAt < *options_.createdSince; };
    page.items.erase(std::remove_if(page.items.begin(), page.items.end(), isOld), page.items.end());
}

void PageWalk::end() {
    hasEnded_ = true;
    if (stamp_.isInherited()) return;  // the calls are the parent's, and what they hold may be locked for good
    inbox_->close();
    stop_.cancel();
}

void BuildWalk::end() {
    pages_.end();
    builds_.clear();
    position_ = 0;
}

bool BuildWalk::next(std::optional<Result<Build>>& element) {
    if (position_ == builds_.size()) {
        std::optional<Result<BuildPage>> page = pages_.next();
        if (!page) return false;
        if (!*page) {
            element.emplace(std::move(page->error()));
            return true;
        }
        builds_ = std::move((*page)->items);
        position_ = 0;
    }
    element.emplace(std::move(builds_[position_++]));
    return true;
}

}  // namespace applivery::detail
