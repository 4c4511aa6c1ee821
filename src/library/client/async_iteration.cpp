#include "client/async_iteration.hpp"

#include "client/client_state.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"

#include <applivery/builds_client.hpp>

#include <utility>

namespace applivery {
namespace detail {
namespace {

Error pendingPageError() {
    return Error(ErrorKind::invalidArgument,
                 "requesting the next page failed: the page before is still awaited. Wait for its callback.");
}

}  // namespace

std::shared_ptr<AsyncIteration> AsyncIteration::make(const std::shared_ptr<const ClientState>& client, bool isKept,
                                                     BuildFilter filter, WalkOptions options) {
    auto [request, executor] = asyncRequestOf(client.get(), std::move(filter));
    auto made = std::make_shared<AsyncIteration>(executor, contextOf(client.get()));
    made->pages_.emplace(isKept ? client : nullptr, std::move(request), std::move(options), std::move(executor),
                         made->notifier(true));
    return made;
}

void AsyncIteration::next(Done done) noexcept {
    if (forkGuard_.isForkedChild()) {  // another thread of the parent may have held the mutex at the fork
        NextPage next;
        if (!hasExplainedFork_.exchange(true)) next.emplace(PageIteration::forkedChildError());
        (void)invokeUserCode("", [&] { done(std::move(next)); });
        return;
    }
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!done_) done_.swap(done);
    }
    if (!done) return notify();
    const auto refuse = [&] {
        postFunction(*executor(),
                     [done, error = pendingPageError()]() mutable { done(Result<BuildPage>(std::move(error))); });
    };
    if (auto why = invokeUserCode("the iteration", refuse)) {  // std::bad_alloc
        (void)invokeUserCode("", [&] { done(Result<BuildPage>(*std::move(why))); });
    }
}

void AsyncIteration::prefetch() noexcept {
    pages_->prefetch();
}

void AsyncIteration::cancel() noexcept {
    if (forkGuard_.isForkedChild()) return;
    requestEnd(Error(ErrorKind::cancelled, "it was stopped"));  // so short that the string does not allocate
    notify();
}

void AsyncIteration::abandon(Error why) noexcept {
    requestEnd(std::move(why));
    step();
}

void AsyncIteration::requestEnd(Error why) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!end_) end_ = std::move(why);
}

WalkSummary AsyncIteration::summary() const {
    if (forkGuard_.isForkedChild()) return {};
    const std::lock_guard<std::mutex> lock(mutex_);
    return summary_;
}

bool AsyncIteration::handle(bool isOnExecutor) noexcept {
    try {
        advance();
    } catch (...) {  // std::bad_alloc
        endWith(Result<BuildPage>(errorOfException("the iteration")));
    }
    if (!next_) return false;
    if (!isOnExecutor) return true;
    Done done;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        done.swap(done_);
    }
    (void)invokeUserCode("", [&] { done(*std::exchange(next_, std::nullopt)); });
    return false;
}

// Sets `next_` if a next() is pending and its result is available.
void AsyncIteration::advance() {
    bool isAwaited = false;
    bool mustEnd = false;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        isAwaited = done_ != nullptr;
        mustEnd = end_.has_value();
    }
    if (mustEnd) pages_->end();
    if (next_ || !isAwaited) return;
    if (isOver_) {
        next_.emplace(std::nullopt);
        return;
    }
    if (mustEnd) return endWith(Result<BuildPage>(*std::move(end_)));
    NextPage page;
    do {
        page = pages_->step();
    } while (!page && !pages_->hasEnded() && pages_->isReady());
    if (!page && !pages_->hasEnded()) return;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        summary_ = pages_->summary();
    }
    if (page && *page) {
        next_.emplace(std::move(page));
    } else {
        endWith(std::move(page));
    }
}

// Delivers `last` once. Later calls of next() get std::nullopt.
void AsyncIteration::endWith(NextPage last) noexcept {
    pages_->end();
    isOver_ = true;
    next_.emplace(std::move(last));
}

namespace {

// Calls `onPage` with each page until it returns false, and then `done` once.
class PageLoop : public std::enable_shared_from_this<PageLoop> {
public:
    using OnPage = std::function<bool(BuildPage)>;
    using OnEnd = std::function<void(Result<WalkSummary>)>;

    PageLoop(std::shared_ptr<AsyncIteration> pages, OnPage onPage, OnEnd done)
        : pages_(std::move(pages)), onPage_(std::move(onPage)), done_(std::move(done)) {}

    void next() {
        pages_->next([self = shared_from_this()](NextPage page) { self->take(std::move(page)); });
    }

private:
    void take(NextPage page) {
        if (!page) return finish(pages_->summary());
        if (!*page) return finish(std::move(page->error()));
        auto shouldContinue =
            invokeUserCode("the callback of the iteration", [&] { return onPage_(*std::move(*page)); });
        if (shouldContinue && *shouldContinue) {
            if (auto refused = invokeUserCode("the iteration", [this] { next(); })) finish(*std::move(refused));
            return;
        }
        pages_->cancel();
        shouldContinue ? finish(pages_->summary()) : finish(std::move(shouldContinue.error()));
    }

    // Moves the outcome, because a copy that cannot allocate would lose the outcome. Not inlined, because g++ 12 with
    // optimization would otherwise warn of an uninitialized value.
    [[gnu::noinline]] void finish(Result<WalkSummary>&& outcome) {
        if (const auto done = std::exchange(done_, nullptr)) done(std::move(outcome));
    }

    const std::shared_ptr<AsyncIteration> pages_;
    const OnPage onPage_;
    OnEnd done_;
};

void startPageLoop(const std::shared_ptr<AsyncIteration>& pages, PageLoop::OnPage onPage, PageLoop::OnEnd done) {
    std::make_shared<PageLoop>(pages, std::move(onPage), loggingCallback(pages->context(), std::move(done)))->next();
}

Error movedFromStreamError() {
    return Error(ErrorKind::invalidArgument,
                 "requesting the next page failed: this stream was moved from. Use the stream that it was moved to.");
}

}  // namespace
}  // namespace detail

PageStream::PageStream(std::shared_ptr<detail::AsyncIteration> pages) noexcept : pages_(std::move(pages)) {}

PageStream::PageStream(PageStream&& other) noexcept : pages_(std::move(other.pages_)) {}

PageStream& PageStream::operator=(PageStream&& other) noexcept {
    if (pages_ && pages_ != other.pages_) pages_->cancel();
    pages_ = std::move(other.pages_);
    hasExplainedMove_ = false;
    return *this;
}

PageStream::~PageStream() {
    if (pages_) pages_->cancel();
}

void PageStream::next(Callback<void(NextPage)> done) {
    const auto pages = pages_;  // `done` may destroy this object
    if (pages) return pages->next(detail::loggingCallback(pages->context(), std::move(done).release()));
    NextPage page;
    if (!hasExplainedMove_.exchange(true)) page.emplace(detail::movedFromStreamError());
    detail::loggingCallback<NextPage>(nullptr, std::move(done).release())(std::move(page));
}

void PageStream::stop() noexcept {
    if (pages_) pages_->cancel();
}

WalkSummary PageStream::summary() const {
    return pages_ ? pages_->summary() : WalkSummary{};
}

PageStream BuildsClient::pageStream(BuildFilter filter, WalkOptions options) const {
    return PageStream(detail::AsyncIteration::make(state_, true, std::move(filter), std::move(options)));
}

void BuildsClient::forEachPage(BuildFilter filter, WalkOptions options, Callback<bool(BuildPage)> onPage,
                               Callback<void(Result<WalkSummary>)> done) const {
    // Callbacks that start the next iteration would keep the process from ending.
    if (detail::WorkerThread::processIsEnding()) return;
    detail::startPageLoop(detail::AsyncIteration::make(state_, false, std::move(filter), std::move(options)),
                          std::move(onPage).release(), std::move(done).release());
}

void BuildsClient::forEachBuild(BuildFilter filter, WalkOptions options, Callback<bool(Build)> onBuild,
                                Callback<void(Result<WalkSummary>)> done) const {
    if (detail::WorkerThread::processIsEnding()) return;
    const auto pages = detail::AsyncIteration::make(state_, false, std::move(filter), std::move(options));
    // The lambda runs only in callbacks of `pages`, which lives until its last callback returns.
    auto onPage = [&pages = *pages, onBuild = std::move(onBuild).release()](BuildPage page) {
        bool isFirst = true;
        for (Build& build : page.items) {
            if (!onBuild(std::move(build))) return false;
            if (std::exchange(isFirst, false)) pages.prefetch();
        }
        return true;
    };
    detail::startPageLoop(pages, std::move(onPage), std::move(done).release());
}

}  // namespace applivery
