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

// Returns an error if an option is invalid.
Result<ListCallRequest> validatedRequest(Result<ListCallRequest> request, const WalkOptions& options) {
    if (!request) return request;
    if (options.prefetch < 1 || options.prefetch > maxPrefetch) {
        return Error(ErrorKind::invalidArgument,
                     "WalkOptions::prefetch is not between 1 and " + std::to_string(maxPrefetch) + '.');
    }
    if (options.appsAtOnce < 1) return Error(ErrorKind::invalidArgument, "WalkOptions::appsAtOnce is below 1.");
    return request;
}

}  // namespace

PageIteration::PageIteration(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request,
                             WalkOptions options, std::shared_ptr<Executor> executor, std::function<void()> onArrival)
    : client_(std::move(client)),
      request_(validatedRequest(std::move(request), options)),
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

bool PageIteration::next(std::optional<Result<BuildPage>>& element) {
    while (!hasEnded_) {
        element = step();
        if (element) return true;
        while (!isReady()) (void)queue_->get()->runNext();
    }
    return false;
}

std::optional<Result<BuildPage>> PageIteration::step() {
    if (hasEnded_) return std::nullopt;
    if (forkGuard_.isForkedChild()) {
        hasEnded_ = true;
        return Result<BuildPage>(forkedChildError());
    }
    if (!request_) {
        end();
        return Result<BuildPage>(request_.error());
    }
    requestAhead();
    if (slots_.empty() || !slots_.front()->hasArrived) return std::nullopt;
    Result<BuildPage> page = accept(*std::move(slots_.front()->page));
    if (!page || !sequence_.shouldContinue()) {
        end();
    } else if (hasDelivered_) {
        prefetch();
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

// Corrects `createdSince` by the first response that contains a time. A later response may have arrived long before the
// reader takes its page. The time of that response would be too old.
void PageIteration::correctCreatedSince(const BuildPage& page) {
    if (!options_.createdSince || !options_.createdSinceIsLocal || skew_.estimate()) return;
    if (page.serverTime) skew_.add(*page.serverTime, request_->context->clock->wallNow());
    sequence_.setCreatedSince(createdSinceByService(*options_.createdSince, skew_.estimate()));
}

void PageIteration::prefetch() noexcept {
    if (!request_ || hasEnded_ || forkGuard_.isForkedChild()) return;
    try {
        requestAhead();
    } catch (...) {  // std::bad_alloc: the next step() tries again, and throws
    }
}

void PageIteration::requestAhead() {
    const auto ahead = static_cast<std::size_t>(hasDelivered_ ? options_.prefetch : 1);
    const int last = sequence_.lastPage().value_or(std::numeric_limits<int>::max());
    while (slots_.size() < ahead && sequence_.nextPage() + static_cast<int>(slots_.size()) <= last) {
        request(sequence_.nextPage() + static_cast<int>(slots_.size()));
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
    } catch (...) {  // std::bad_alloc: no page will arrive in this slot
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
        std::optional<Result<BuildPage>> page;
        if (!pages_.next(page)) return false;
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
