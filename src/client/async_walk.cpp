#include "client/async_walk.hpp"

#include "core/user_code.hpp"

#include <utility>

namespace applivery::detail {

AsyncWalk::AsyncWalk(std::shared_ptr<const ClientState> client, Result<ListCallRequest> request, WalkOptions options,
                     std::shared_ptr<Executor> executor)
    : EventDriven(std::move(executor)),
      client_(std::move(client)),
      request_(std::move(request)),
      options_(std::move(options)) {}

void AsyncWalk::next(Done done) noexcept {
    if (stamp_.isInherited()) {
        (void)callUserCode("", [&] { done(Result<BuildPage>(PageWalk::begunBeforeAFork())); });
        return;
    }
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        done_ = std::move(done);
    }
    happened();
}

void AsyncWalk::cancel() noexcept {
    if (stamp_.isInherited()) return;
    endBy(Error(ErrorKind::cancelled, "it was stopped"));  // so short that no string allocates it
    happened();
}

void AsyncWalk::endBy(Error why) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!end_) end_ = std::move(why);
}

std::shared_ptr<const CallContext> AsyncWalk::context() const {
    return request_ ? request_->context : nullptr;
}

WalkSummary AsyncWalk::summary() const {
    if (stamp_.isInherited()) return {};
    const std::lock_guard<std::mutex> lock(mutex_);
    return summary_;
}

void AsyncWalk::abandon(Error why) noexcept {
    endBy(std::move(why));
    happenedWithoutExecutor();
}

bool AsyncWalk::handle(bool isOnExecutor) noexcept {
    try {
        advance();
    } catch (...) {  // for want of memory
        if (walk_) walk_->end();
        hasFailed_ = true;
        next_.emplace(Result<BuildPage>(errorOfException("the walk")));
    }
    if (!next_) return false;
    if (!isOnExecutor) return true;
    const Done done = takeDone();
    (void)callUserCode("", [&] { done(*std::exchange(next_, std::nullopt)); });
    return false;
}

// Looks for what is to be told to who waits.
void AsyncWalk::advance() {
    std::optional<Error> end;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        end = end_;
    }
    if (end && walk_) walk_->end();
    if (next_ || !isAwaited()) return;
    if (hasFailed_) {
        next_.emplace(std::nullopt);
        return;
    }
    if (end) {
        next_.emplace(Result<BuildPage>(*std::move(end)));
        return;
    }
    if (!walk_) walk_.emplace(client_, request_, options_, executor(), notifier());
    Next page;
    do {
        page = walk_->step();
    } while (!page && !walk_->hasEnded() && walk_->isReady());
    if (!page && !walk_->hasEnded()) return;
    next_.emplace(std::move(page));
    const std::lock_guard<std::mutex> lock(mutex_);
    summary_ = walk_->summary();
}

// The calls of the walk do not keep it alive.
std::function<void()> AsyncWalk::notifier() {
    return [weak = std::weak_ptr<EventDriven>(shared_from_this())] {
        if (const auto self = std::static_pointer_cast<AsyncWalk>(weak.lock())) self->happened(true);
    };
}

bool AsyncWalk::isAwaited() const noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    return done_ != nullptr;
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
        if (auto refused = callUserCode("the walk", [this] { next(); })) finish(*std::move(refused));
    }

    void take(AsyncWalk::Next page) {
        if (!page) return finish(walk_->summary());
        if (!*page) return finish(std::move(page->error()));
        auto goesOn =
            callUserCode("the function that a walk gives its builds to", [&] { return onPage_(*std::move(*page)); });
        if (goesOn && *goesOn) return nextOrFinish();
        walk_->cancel();
        goesOn ? finish(walk_->summary()) : finish(std::move(goesOn.error()));
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

}  // namespace applivery::detail
