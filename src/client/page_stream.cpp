#include "client/async_walk.hpp"
#include "client/completion.hpp"

#include <applivery/page_stream.hpp>

#include <utility>

namespace applivery {
namespace {

Error wasMovedFrom() {
    return Error(ErrorKind::invalidArgument,
                 "requesting the next page failed: this stream was moved from. Use the stream that it was moved to.");
}

}  // namespace

PageStream::PageStream(std::shared_ptr<detail::AsyncWalk> walk) noexcept : walk_(std::move(walk)) {}

PageStream::PageStream(PageStream&& other) noexcept : walk_(std::move(other.walk_)) {}

PageStream& PageStream::operator=(PageStream&& other) noexcept {
    if (walk_ && walk_ != other.walk_) walk_->cancel();
    walk_ = std::move(other.walk_);
    hasExplainedMove_ = false;
    return *this;
}

PageStream::~PageStream() {
    if (walk_) walk_->cancel();
}

void PageStream::next(Callback<void(NextPage)> done) {
    const auto walk = walk_;  // `done` may destroy this object
    if (walk) return walk->next(detail::loggingCompletion(walk->context(), std::move(done).release()));
    NextPage page;
    if (!hasExplainedMove_.exchange(true)) page.emplace(wasMovedFrom());
    detail::loggingCompletion<NextPage>(nullptr, std::move(done).release())(std::move(page));
}

void PageStream::stop() noexcept {
    if (walk_) walk_->cancel();
}

WalkSummary PageStream::summary() const {
    return walk_ ? walk_->summary() : WalkSummary{};
}

}  // namespace applivery
