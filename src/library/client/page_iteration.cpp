#include "client/page_iteration.hpp"

#include "core/user_code.hpp"

#include <limits>
#include <new>
#include <string>

namespace applivery::detail {
namespace {

constexpr int maxPrefetch = 1000;

Error onPage(int number, Error error) {
    return error.setMessage("page " + std::to_string(number) + ": " + error.message());
}

}  // namespace

PageIteration::PageIteration(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request,
                             WalkOptions options, std::shared_ptr<Executor> executor, std::function<void()> onArrival)
    : client_(std::move(client)),
      request_(std::move(request)),
      options_(std::move(options)),
      onCancel_(options_.cancel, [stop = stop_]() mutable { stop.cancel(); }),
      executor_(std::move(executor)),
      onArrival_(std::move(onArrival)),
      sequence_(options_.createdSince) {}

PageIteration::PageIteration(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request,
                             WalkOptions options, std::shared_ptr<ReaderQueue> queue)
    : PageIteration(std::move(client), std::move(request), std::move(options), queue->get(), nullptr) {
    queue_ = std::move(queue);
}

std::optional<Result<BuildPage>> PageIteration::next() {
    while (!hasEnded_) {
        if (auto page = step()) return page;
        while (!isReady()) (void)queue_->get()->runNext();
    }
    return std::nullopt;
}

std::optional<Result<BuildPage>> PageIteration::step() {
    if (hasEnded_) return std::nullopt;
    if (forkGuard_.isForkedChild()) {
        hasEnded_ = true;
        return Result<BuildPage>(forkedChildError());
    }
    prepare();
    if (refused_) {
        end();
        return Result<BuildPage>(*std::exchange(refused_, std::nullopt));
    }
    requestAhead();
    if (slots_.empty() || !slots_.front()->hasArrived) return std::nullopt;
    Result<BuildPage> page = accept(*std::move(slots_.front()->page));
    if (!page || !sequence_.shouldContinue()) {
        end();
    } else if (hasDelivered_) {
        requestAheadIfPossible();
    }
    if (page && page->items.empty()) return std::nullopt;
    hasDelivered_ = true;
    return page;
}

Result<BuildPage> PageIteration::accept(Result<BuildPage> page) {
    slots_.pop_front();
    const int number = sequence_.nextPage();
    if (!page) return onPage(number, std::move(page.error()));
    correctCreatedSince(*page);
    if (auto error = sequence_.take(*page)) return onPage(number, *std::move(error));
    return page;
}

// Later responses may have arrived long before the reader takes them, so the first one with a time decides.
void PageIteration::correctCreatedSince(const BuildPage& page) {
    if (!options_.createdSince || !options_.createdSinceIsLocal || skew_.estimate()) return;
    const auto clock = request_->context->clock.lock();
    if (clock && page.serverTime) skew_.add(*page.serverTime, clock->wallNow());
    sequence_.setCreatedSince(createdSinceByService(*options_.createdSince, skew_.estimate()));
}

void PageIteration::start() noexcept {
    try {
        prepare();
        if (!refused_) requestAhead();
    } catch (...) {  // std::bad_alloc: the first step() tries again, and reports it
    }
}

void PageIteration::prefetch() noexcept {
    if (hasDelivered_ && !hasEnded_ && !forkGuard_.isForkedChild()) requestAheadIfPossible();
}

void PageIteration::prepare() {
    if (isPrepared_) return;
    refused_ = validate();  // if this throws, the next step() repeats it
    isPrepared_ = true;
}

// Returns why no request can be sent.
std::optional<Error> PageIteration::validate() {
    if (!request_) return std::move(request_.error());
    if (options_.prefetch < 1 || options_.prefetch > maxPrefetch) {
        return Error(ErrorKind::invalidArgument,
                     "WalkOptions::prefetch is not between 1 and " + std::to_string(maxPrefetch) + '.');
    }
    if (options_.appsAtOnce < 1) return Error(ErrorKind::invalidArgument, "WalkOptions::appsAtOnce is below 1.");
    return std::nullopt;
}

void PageIteration::requestAhead() {
    const auto ahead = static_cast<std::size_t>(hasDelivered_ ? options_.prefetch : 1);
    const int last = sequence_.lastPage().value_or(std::numeric_limits<int>::max());
    while (slots_.size() < ahead && sequence_.nextPage() + static_cast<int>(slots_.size()) <= last) {
        request(sequence_.nextPage() + static_cast<int>(slots_.size()));
    }
}

// Prefetches pages. After an allocation failure, the next step() requests them.
void PageIteration::requestAheadIfPossible() noexcept {
    try {
        requestAhead();
    } catch (...) {
    }
}

void PageIteration::request(int number) {
    ListCallRequest call = *request_;
    call.page.number = number;
    call.page.limit = options_.limit;
    call.cancel = stop_.token();
    slots_.push_back(std::make_shared<Slot>());
    try {
        const auto done = [slot = slots_.back(), onArrival = onArrival_](Result<BuildPage> page) {
            slot->page = std::move(page);
            slot->hasArrived = true;
            if (onArrival) onArrival();
        };
        startListCall(std::move(call), executor_, {done});
    } catch (...) {  // std::bad_alloc: the page does not arrive
        slots_.pop_back();
        throw;
    }
}

void PageIteration::end() {
    hasEnded_ = true;
    // In a forked child, another thread of the parent may have held a lock of the calls at the fork.
    if (!forkGuard_.isForkedChild()) stop_.cancel();
}

Error PageIteration::forkedChildError() noexcept {
    try {
        return Error(ErrorKind::connection, "the iteration was started before a fork. Start another one in the child.");
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    }
}

bool BuildIteration::next(std::optional<Result<Build>>& element) {
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

void BuildIteration::end() {
    pages_.end();
    builds_.clear();
    position_ = 0;
}

}  // namespace applivery::detail
