#include "client/apps_iteration.hpp"
#include "client/client_state.hpp"
#include "client/page_iteration.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"

#include <applivery/build_range.hpp>
#include <applivery/builds_client.hpp>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace applivery {
namespace {

// Ends the iteration with an error as its last element.
template <typename T, typename Walk>
void failWith(Error error, Walk& walk, std::optional<T>& element) {
    walk.end();
    if constexpr (std::is_same_v<T, AppBuild>) {
        element.emplace(AppBuild{{}, std::move(error)});
    } else {
        element.emplace(std::move(error));
    }
}

}  // namespace

template <typename T, typename Walk>
void WalkRange<T, Walk>::iterator::begin() {
    if (!cursor_ || cursor_->isAtEnd) {
        cursor_.reset();
    } else if (cursor_->current) {
        current_ = cursor_->current;
    } else {
        advance();
    }
}

template <typename T, typename Walk>
void WalkRange<T, Walk>::iterator::advance() {
    if (!cursor_) return;
    Walk& walk = *cursor_->walk;
    // Allocates before the iteration delivers an element, so that an allocation failure loses no element. A copy of
    // this iterator keeps the old element.
    constexpr long ownAndCursor = 2;
    if (current_ != cursor_->current || current_.use_count() != ownAndCursor) {
        current_ = std::make_shared<std::optional<T>>();
        cursor_->current = current_;
    }
    bool hasMore = !walk.hasEnded();
    try {
        if (hasMore && detail::WorkerThread::isCurrent()) {
            failWith(detail::WorkerThread::deadlockError(), walk, *current_);
        } else if (hasMore) {
            hasMore = walk.next(*current_);
        }
    } catch (...) {
        failWith(detail::errorOfException("the iteration"), walk, *current_);
    }
    if (hasMore) return;
    cursor_->isAtEnd = true;
    cursor_.reset();
}

template <typename T, typename Walk>
WalkSummary WalkRange<T, Walk>::summary() const {
    return cursor_ ? cursor_->walk->summary() : WalkSummary{};
}

template class APPLIVERY_API WalkRange<Result<BuildPage>, detail::PageIteration>;
template class APPLIVERY_API WalkRange<Result<Build>, detail::BuildIteration>;
template class APPLIVERY_API WalkRange<AppBuild, detail::AppsIteration>;

PageRange BuildsClient::pages(BuildFilter filter, WalkOptions options) const {
    auto request = detail::requestOf(state_.get(), std::move(filter));
    return PageRange(std::make_shared<detail::PageIteration>(state_, std::move(request), std::move(options)));
}

BuildRange BuildsClient::builds(BuildFilter filter, WalkOptions options) const {
    auto request = detail::requestOf(state_.get(), std::move(filter));
    return BuildRange(std::make_shared<detail::BuildIteration>(state_, std::move(request), std::move(options)));
}

}  // namespace applivery
