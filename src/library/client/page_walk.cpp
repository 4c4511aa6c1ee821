#include "client/page_walk.hpp"

#include "core/user_code.hpp"

#include <limits>
#include <new>
#include <string>
#include <utility>

namespace applivery::detail {
namespace {

constexpr int maxPrefetch = 1000;

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
                   std::shared_ptr<ReaderQueue> mailbox)
    : client_(std::move(client)),
      request_(std::move(request)),
      options_(std::move(options)),
      onCancel_(options_.cancel, [stop = stop_]() mutable { stop.cancel(); }),
      mailbox_(std::move(mailbox)),
      executor_(mailbox_->get()),
      sequence_(options_.createdSince) {}

PageWalk::PageWalk(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options,
                   std::shared_ptr<Executor> executor, std::function<void()> onArrival)
    : client_(std::move(client)),
      request_(std::move(request)),
      options_(std::move(options)),
      onCancel_(options_.cancel, [stop = stop_]() mutable { stop.cancel(); }),
      executor_(std::move(executor)),
      onArrival_(std::move(onArrival)),
      sequence_(options_.createdSince) {}

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
    if (forkGuard_.isForkedChild()) {
        hasEnded_ = true;
        return Result<BuildPage>(begunBeforeAFork());
    }
    prepare();
    if (refused_) {
        end();
        return Result<BuildPage>(*std::exchange(refused_, std::nullopt));
    }
    requestAhead();
    WalkInbox::Arrived arrived = inbox_->take(sequence_.nextPage());
    if (!arrived) return std::nullopt;
    Result<BuildPage> page = accept(*std::move(arrived));
    if (!page || !sequence_.shouldContinue()) {
        end();
    } else if (hasDelivered_) {
        requestAheadIfPossible();
    }
    if (page && page->items.empty()) return std::nullopt;
    hasDelivered_ = true;
    return page;
}

void PageWalk::start() noexcept {
    try {
        prepare();
        if (!refused_) requestAhead();
    } catch (...) {  // std::bad_alloc: the first step() tries again, and reports it
    }
}

void PageWalk::prefetch() noexcept {
    if (hasDelivered_ && !hasEnded_ && !forkGuard_.isForkedChild()) requestAheadIfPossible();
}

void PageWalk::prepare() {
    if (isPrepared_) return;
    refused_ = validate();  // may throw, and is then repeated
    isPrepared_ = true;
}

Error PageWalk::begunBeforeAFork() noexcept {
    try {
        return Error(ErrorKind::connection, "this walk was begun before a fork. Begin one of its own in the child.");
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    }
}

bool PageWalk::isReady() const {
    return hasEnded_ || !inbox_->awaits(sequence_.nextPage());
}

// Returns why no request can be sent.
std::optional<Error> PageWalk::validate() {
    if (!request_) return std::move(request_.error());
    if (options_.prefetch < 1 || options_.prefetch > maxPrefetch) {
        return Error(ErrorKind::invalidArgument,
                     "WalkOptions::prefetch is not between 1 and " + std::to_string(maxPrefetch) + '.');
    }
    if (options_.appsAtOnce < 1) return Error(ErrorKind::invalidArgument, "WalkOptions::appsAtOnce is below 1.");
    return std::nullopt;
}

void PageWalk::requestAhead() {
    const int ahead = hasDelivered_ ? options_.prefetch : 1;
    const int last = sequence_.lastPage().value_or(std::numeric_limits<int>::max());
    while (lastRequested_ < last && lastRequested_ + 1 < sequence_.nextPage() + ahead) {
        request(lastRequested_ + 1);
        ++lastRequested_;
    }
}

// Before the reader needs the pages. If memory is refused now, the next step() requests them again.
void PageWalk::requestAheadIfPossible() noexcept {
    try {
        requestAhead();
    } catch (...) {
    }
}

void PageWalk::request(int number) {
    ListCallRequest call = *request_;
    call.page.number = number;
    call.page.limit = options_.limit;
    call.cancel = stop_.token();
    const auto arrived = [inbox = inbox_, number, notify = onArrival_](Result<BuildPage> page) {
        inbox->put(number, std::move(page));
        if (notify) notify();
    };
    inbox_->expect(number);
    try {
        startListCall(std::move(call), executor_, {arrived});
    } catch (...) {  // std::bad_alloc: nothing arrives
        inbox_->forget(number);
        throw;
    }
}

Result<BuildPage> PageWalk::accept(Result<BuildPage> page) {
    const int number = sequence_.nextPage();
    if (!page) return onPage(number, std::move(page.error()));
    if (auto error = sequence_.take(*page)) return onPage(number, *std::move(error));
    return page;
}

void PageWalk::end() {
    hasEnded_ = true;
    if (forkGuard_.isForkedChild()) return;  // the calls are the parent's, and what they hold may be locked for good
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
    } else if (position_ == 1) {
        pages_.prefetch();
    }
    element.emplace(std::move(builds_[position_++]));
    return true;
}

}  // namespace applivery::detail
