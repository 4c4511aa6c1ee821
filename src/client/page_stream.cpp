#include "client/async_walk.hpp"
#include "client/completion.hpp"

#include <applivery/page_stream.hpp>

#include <utility>

namespace applivery {

PageStream::PageStream(std::shared_ptr<detail::AsyncWalk> walk) noexcept : walk_(std::move(walk)) {}

PageStream::PageStream(PageStream&&) noexcept = default;

PageStream& PageStream::operator=(PageStream&& other) noexcept {
    if (walk_ && walk_ != other.walk_) walk_->cancel();
    walk_ = std::move(other.walk_);
    return *this;
}

PageStream::~PageStream() {
    if (walk_) walk_->cancel();
}

void PageStream::next(Callback<void(NextPage)> done) {
    const auto walk = walk_;  // `done` may destroy this object
    walk->next(detail::loggingCompletion(walk->context(), std::move(done).release()));
}

void PageStream::stop() noexcept {
    walk_->cancel();
}

WalkSummary PageStream::summary() const {
    return walk_->summary();
}

}  // namespace applivery
