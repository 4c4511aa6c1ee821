#include "client/async_walk.hpp"

#include "core/user_code.hpp"

#include <utility>

namespace applivery::detail {
namespace {

Error isStillAwaited() {
    return Error(ErrorKind::invalidArgument,
                 "requesting the next page failed: the page before is still awaited. Wait for its callback.");
}

}  // namespace

AsyncWalk::AsyncWalk(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options,
                     std::shared_ptr<Executor> executor)
    : AsyncOperation(std::move(executor)),
      client_(std::move(client)),
      request_(std::move(request)),
      options_(std::move(options)) {}

void AsyncWalk::next(Done done) noexcept {
    if (forkGuard_.isForkedChild()) {  // no lock: another thread of the parent may have held it
        Next next;
        if (!hasExplainedFork_.exchange(true)) next.emplace(PageWalk::begunBeforeAFork());
        (void)invokeUserCode("", [&] { done(std::move(next)); });
        return;
    }
    if (await(done)) return notify();
    const auto refuse = [&] {
        postFunction(*executor(),
                     [done, error = isStillAwaited()]() mutable { done(Result<BuildPage>(std::move(error))); });
    };
    if (auto why = invokeUserCode("the walk", refuse)) {
        (void)invokeUserCode("", [&] { done(Result<BuildPage>(*std::move(why))); });
    }
}

// Takes `done`, unless another call waits. Returns whether it took it.
bool AsyncWalk::await(Done& done) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (done_) return false;
    done_ = std::move(done);
    return true;
}

void AsyncWalk::prefetch() noexcept {
    if (walk_) walk_->prefetch();
}

void AsyncWalk::cancel() noexcept {
    if (forkGuard_.isForkedChild()) return;
    endBy(Error(ErrorKind::cancelled, "it was stopped"));  // so short that no string allocates it
    notify();
}

void AsyncWalk::endBy(Error why) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!end_) end_ = std::move(why);
}

std::shared_ptr<const CallContext> AsyncWalk::context() const {
    return request_ ? request_->context : nullptr;
}

WalkSummary AsyncWalk::summary() const {
    if (forkGuard_.isForkedChild()) return {};
    const std::lock_guard<std::mutex> lock(mutex_);
    return summary_;
}

void AsyncWalk::abandon(Error why) noexcept {
    endBy(std::move(why));
    notifyWithoutExecutor();
}

bool AsyncWalk::handle(bool isOnExecutor) noexcept {
    try {
        advance();
    } catch (...) {  // std::bad_alloc
        endWith(Result<BuildPage>(errorOfException("the walk")));
    }
    if (!next_) return false;
    if (!isOnExecutor) return true;
    const Done done = takeDone();
    (void)invokeUserCode("", [&] { done(*std::exchange(next_, std::nullopt)); });
    return false;
}

// Prepares what the call that waits gets.
void AsyncWalk::advance() {
    const bool endsEarly = hasEarlyEnd();
    if (endsEarly && walk_) walk_->end();
    if (next_ || !isAwaited()) return;
    if (isOver_) {
        next_.emplace(std::nullopt);
        return;
    }
    if (endsEarly) return endWith(Result<BuildPage>(takeEarlyEnd()));
    if (!walk_) walk_.emplace(client_, request_, options_, executor(), notifier());
    Next page;
    do {
        page = walk_->step();
    } while (!page && !walk_->hasEnded() && walk_->isReady());
    if (!page && !walk_->hasEnded()) return;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        summary_ = walk_->summary();
    }
    if (page && *page) {
        next_.emplace(std::move(page));
    } else {
        endWith(std::move(page));
    }
}

// Whatever ends the walk is delivered once. Later calls get std::nullopt.
void AsyncWalk::endWith(Next last) noexcept {
    if (walk_) walk_->end();
    isOver_ = true;
    next_.emplace(std::move(last));
}

// The calls of the walk do not keep it alive.
std::function<void()> AsyncWalk::notifier() {
    return [weak = std::weak_ptr<AsyncOperation>(shared_from_this())] {
        if (const auto self = std::static_pointer_cast<AsyncWalk>(weak.lock())) self->notify(true);
    };
}

bool AsyncWalk::isAwaited() const noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    return done_ != nullptr;
}

bool AsyncWalk::hasEarlyEnd() const noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    return end_.has_value();
}

Error AsyncWalk::takeEarlyEnd() noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    return *std::move(end_);
}

AsyncWalk::Done AsyncWalk::takeDone() noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    return std::exchange(done_, nullptr);
}

namespace {

class EachPage : public std::enable_shared_from_this<EachPage> {
public:
    EachPage(std::shared_ptr<AsyncWalk> walk, OnPage onPage, WalkDone done)
        : walk_(std::move(walk)), onPage_(std::move(onPage)), done_(std::move(done)) {}

    void next() {
        walk_->next([self = shared_from_this()](AsyncWalk::Next page) { self->take(std::move(page)); });
    }

private:
    void nextOrFinish() {
        if (auto refused = invokeUserCode("the walk", [this] { next(); })) finish(*std::move(refused));
    }

    void take(AsyncWalk::Next page) {
        if (!page) return finish(walk_->summary());
        if (!*page) return finish(std::move(page->error()));
        auto shouldContinue =
            invokeUserCode("the function that a walk gives its builds to", [&] { return onPage_(*std::move(*page)); });
        if (shouldContinue && *shouldContinue) return nextOrFinish();
        walk_->cancel();
        shouldContinue ? finish(walk_->summary()) : finish(std::move(shouldContinue.error()));
    }

    // Nothing is copied: what had no memory to be told would be lost. Inlined, an optimizing g++ 12 warns of what
    // cannot be.
    [[gnu::noinline]] void finish(Result<WalkSummary>&& outcome) {
        if (const auto done = std::exchange(done_, nullptr)) done(std::move(outcome));
    }

    const std::shared_ptr<AsyncWalk> walk_;
    const OnPage onPage_;
    WalkDone done_;
};

}  // namespace

void forEachPage(const std::shared_ptr<AsyncWalk>& walk, OnPage onPage, WalkDone done) {
    std::make_shared<EachPage>(walk, std::move(onPage), std::move(done))->next();
}

void forEachBuild(const std::shared_ptr<AsyncWalk>& walk, OnBuild onBuild, WalkDone done) {
    // Called in a callback of the walk, which lives longer.
    const auto onPage = [&walk = *walk, onBuild = std::move(onBuild)](BuildPage page) {
        bool isFirst = true;
        for (Build& build : page.items) {
            if (!onBuild(std::move(build))) return false;
            if (std::exchange(isFirst, false)) walk.prefetch();
        }
        return true;
    };
    forEachPage(walk, onPage, std::move(done));
}

}  // namespace applivery::detail
