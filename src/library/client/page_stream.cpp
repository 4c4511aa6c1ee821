/// @file
/// Iterations whose reader does not wait: streams of pages, and callbacks for each page or build.
#include "client/async_walk.hpp"
#include "client/client_state.hpp"
#include "client/list_call.hpp"
#include "core/worker_thread.hpp"

#include <applivery/builds_client.hpp>
#include <applivery/page_stream.hpp>

#include <utility>

namespace applivery {
namespace {

Error streamWasMovedFrom() {
    return Error(ErrorKind::invalidArgument,
                 "requesting the next page failed: this stream was moved from. Use the stream that it was moved to.");
}

// @param isKept whether the walk keeps the client alive.
std::shared_ptr<detail::AsyncWalk> asyncWalk(const std::shared_ptr<const detail::ClientState>& client, bool isKept,
                                             BuildFilter filter, WalkOptions options) {
    auto request = detail::requestOf(client.get(), std::move(filter));
    auto executor = detail::executorOf(client.get());
    if (!executor) {
        request = executor.error();
        executor = std::shared_ptr<detail::Executor>(std::make_shared<detail::HostExecutor>());
    }
    return std::make_shared<detail::AsyncWalk>(isKept ? client : nullptr, std::move(request), std::move(options),
                                               *std::move(executor));
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
    if (walk) return walk->next(detail::loggingCallback(walk->context(), std::move(done).release()));
    NextPage page;
    if (!hasExplainedMove_.exchange(true)) page.emplace(streamWasMovedFrom());
    detail::loggingCallback<NextPage>(nullptr, std::move(done).release())(std::move(page));
}

void PageStream::stop() noexcept {
    if (walk_) walk_->cancel();
}

WalkSummary PageStream::summary() const {
    return walk_ ? walk_->summary() : WalkSummary{};
}

PageStream BuildsClient::pageStream(BuildFilter filter, WalkOptions options) const {
    return PageStream(asyncWalk(state_, true, std::move(filter), std::move(options)));
}

void BuildsClient::forEachPage(BuildFilter filter, WalkOptions options, Callback<bool(BuildPage)> onPage,
                               Callback<void(Result<WalkSummary>)> done) const {
    // Completions that begin the next walk would never let it end.
    if (detail::WorkerThread::processIsEnding()) return;
    const auto walk = asyncWalk(state_, false, std::move(filter), std::move(options));
    detail::forEachPage(walk, std::move(onPage).release(),
                        detail::loggingCallback(walk->context(), std::move(done).release()));
}

void BuildsClient::forEachBuild(BuildFilter filter, WalkOptions options, Callback<bool(Build)> onBuild,
                                Callback<void(Result<WalkSummary>)> done) const {
    if (detail::WorkerThread::processIsEnding()) return;
    const auto walk = asyncWalk(state_, false, std::move(filter), std::move(options));
    detail::forEachBuild(walk, std::move(onBuild).release(),
                         detail::loggingCallback(walk->context(), std::move(done).release()));
}

}  // namespace applivery
