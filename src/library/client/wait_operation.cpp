#include "client/wait_operation.hpp"

#include "client/list_call.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"

#include <applivery/builds_client.hpp>

#include <algorithm>
#include <utility>

namespace applivery {
namespace detail {
namespace {

using std::chrono::milliseconds;

std::shared_ptr<Clock> clockOfWait(const Result<ListCallRequest>& request, const WaitOptions& options) {
    if (options.clock || !request) return options.clock;
    return request->context->clock;
}

}  // namespace

WaitOperation::WaitOperation(Result<ListCallRequest> request, std::vector<BuildSelector> selectors, WaitOptions options,
                             std::shared_ptr<Executor> executor, Timing timing)
    : AsyncOperation(std::move(executor)),
      request_(std::move(request)),
      timing_(timing),
      clock_(clockOfWait(request_, options)),
      cancel_(options.cancel, request_ ? request_->clientCancellation : CancellationToken()),
      wait_(std::move(selectors), std::move(options), clock_) {}

void WaitOperation::begin(std::function<void(Results)> done) {
    done_ = std::move(done);
    onCancel_.emplace(cancel_.token(), notifier());
    raise(Event::checkDue);
}

void WaitOperation::abandon(Error why) noexcept {
    lost_ = std::move(why);
    event_ = Event::lost;
    step();
}

void WaitOperation::raise(Event event, bool isOnExecutor) noexcept {
    event_ = event;
    notify(isOnExecutor);
}

bool WaitOperation::handle(bool isOnExecutor) noexcept {
    const bool isCancelled = cancel_.token().isCancelled();
    if (!done_ || (!isCancelled && event_ == Event::none)) return false;
    if (!isOnExecutor) return true;
    try {
        if (isCancelled) {
            wait_.cancel();
        } else if (lost_ || clockFailure_) {
            wait_.fail(*std::move(lost_ ? lost_ : clockFailure_));
        } else {
            proceed(event_.exchange(Event::none));
        }
    } catch (...) {
        wait_.fail(errorOfException("the wait"));  // std::bad_alloc
    }
    if (wait_.isDone()) finish();
    return false;
}

void WaitOperation::proceed(Event event) {
    if (wait_.isDone()) return;
    if (event != Event::responded) {
        wait_.beginCheck();
        return sendRequest();
    }
    Result<BuildPage> page = *std::exchange(response_, std::nullopt);
    const bool isCutOff = !page && page.error().kind() == ErrorKind::cancelled && requestEnd_.token().isCancelled();
    if (isCutOff) {
        wait_.cutOff();
    } else if (wait_.take(std::move(page))) {
        return sendRequest();
    }
    requestEnd_.cancel();
    if (!wait_.isDone()) sleep();
}

void WaitOperation::sendRequest() {
    if (endIfForkedChild()) return;  // a callback may have forked
    ++requests_;
    limitRequestTime();
    auto request = request_;
    if (request) {
        request->filter = wait_.filter();
        request->page = wait_.page();
        request->cancel = requestCancel_->token();
        request->timeBudget = std::max(wait_.timeLeft(), milliseconds{1});  // 0 would be no limit
    }
    startListCall(std::move(request), executor(),
                  {[self = self()](Result<BuildPage> page) { self->receive(std::move(page)); }});
}

// Sets an alarm for the time limit of the check. The time budget of the call is not enough, because the time in the
// transport's queue does not count. Each request needs a new alarm, because the last response may have extended the
// time limit.
void WaitOperation::limitRequestTime() {
    requestEnd_.cancel();
    requestEnd_ = CancellationSource();
    requestCancel_.emplace(cancel_.token(), requestEnd_.token());
    if (timing_ == Timing::byPoller || !clock_) return;
    // If the clock throws, only the time budget limits the call.
    (void)invokeUserCode("the clock", [&] {
        clock_->alarmAfter(wait_.timeLeft(), requestEnd_.token(), [requestEnd = requestEnd_]() mutable {
            // While the process is ending, the clock calls each alarm at once, which would cut off every check.
            if (!WorkerThread::processIsEnding()) requestEnd.cancel();
        });
    });
}

void WaitOperation::receive(Result<BuildPage> page) {
    response_ = std::move(page);
    raise(Event::responded, true);
}

void WaitOperation::sleep() {
    if (timing_ == Timing::byPoller) {
        due_ = clock_->now() + wait_.delay();
        return;
    }
    callAfter(*clock_, wait_.delay(), cancel_.token(), [self = self()](std::optional<Error> failure) {
        self->clockFailure_ = std::move(failure);
        self->raise(Event::checkDue);
    });
}

bool WaitOperation::endIfForkedChild() {
    if (!forkGuard_.isForkedChild()) return false;
    wait_.fail(WorkerThread::forkedChildError());
    return true;
}

void WaitOperation::poll() {
    if (!due_) {
        if (wait_.timeLeft() <= milliseconds{0}) requestEnd_.cancel();
    } else if (clock_->now() >= *due_) {
        due_.reset();
        raise(Event::checkDue, true);
    }
}

std::optional<milliseconds> WaitOperation::timeToNextCheck() const {
    if (!due_) return std::nullopt;
    return std::max(std::chrono::ceil<milliseconds>(*due_ - clock_->now()), milliseconds{0});
}

void WaitOperation::finish() noexcept {
    const auto done = std::exchange(done_, nullptr);
    requestEnd_.cancel();
    std::optional<Results> results;
    if (auto failure = invokeUserCode("the wait", [&] { results = wait_.results(); })) {  // std::bad_alloc
        results = *std::move(failure);
    }
    (void)invokeUserCode("", [&] { done(*std::move(results)); });
}

}  // namespace detail

namespace {

WaitResult onlyResult(std::vector<WaitResult> results) {
    return std::move(results.front());
}

}  // namespace

Result<std::vector<WaitResult>> BuildsClient::waitUntilBuildsProcessed(std::vector<BuildSelector> selectors,
                                                                       WaitOptions options) const {
    return detail::runBlocking<detail::WaitOperation::Results>([&](const auto& executor, auto done) {
        std::make_shared<detail::WaitOperation>(detail::requestOf(state_.get()), std::move(selectors),
                                                std::move(options), executor)
            ->begin(std::move(done));
    });
}

Result<WaitResult> BuildsClient::waitUntilBuildProcessed(BuildSelector selector, WaitOptions options) const {
    return waitUntilBuildsProcessed({std::move(selector)}, std::move(options)).transform(onlyResult);
}

void BuildsClient::waitUntilBuildProcessedAsync(BuildSelector selector, WaitOptions options,
                                                Callback<void(Result<WaitResult>)> done) const {
    waitUntilBuildsProcessedAsync({std::move(selector)}, std::move(options),
                                  [done = std::move(done).release()](Result<std::vector<WaitResult>> results) {
                                      if (done) done(std::move(results).transform(onlyResult));
                                  });
}

void BuildsClient::waitUntilBuildsProcessedAsync(std::vector<BuildSelector> selectors, WaitOptions options,
                                                 Callback<void(Result<std::vector<WaitResult>>)> done) const {
    // Callbacks that start the next wait would keep the process from ending.
    if (detail::WorkerThread::processIsEnding()) return;
    const auto state = state_;  // `done` may destroy this object
    const auto callback = detail::loggingCallback(detail::contextOf(state.get()), std::move(done).release());
    const auto start = [&] {
        auto [request, executor] = detail::asyncRequestOf(state.get());
        std::make_shared<detail::WaitOperation>(std::move(request), std::move(selectors), std::move(options),
                                                std::move(executor))
            ->begin(callback);
    };
    if (auto refusal = detail::invokeUserCode("the wait", start)) callback(*std::move(refusal));  // std::bad_alloc
}

}  // namespace applivery
