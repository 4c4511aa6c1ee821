/// @file
/// Waiting for builds over the list: the call that blocks, and the poller that does not.
#include "client/client_state.hpp"
#include "client/list_call.hpp"
#include "client/wait_operation.hpp"
#include "client/wait_state_machine.hpp"
#include "core/fork_guard.hpp"
#include "core/linked_cancellation.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"

#include <applivery/builds_client.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace applivery {

using std::chrono::milliseconds;

std::string_view toString(WaitOutcome outcome) noexcept {
    switch (outcome) {
        case WaitOutcome::processed:
            return "processed";
        case WaitOutcome::failed:
            return "failed";
        case WaitOutcome::timedOutPending:
            return "timedOutPending";
        case WaitOutcome::timedOutNotFound:
            return "timedOutNotFound";
        case WaitOutcome::ambiguous:
            return "ambiguous";
        case WaitOutcome::cancelled:
            break;
    }
    return "cancelled";
}

namespace {

Result<std::vector<WaitResult>> waitFor(const std::shared_ptr<const detail::ClientState>& client,
                                        std::vector<BuildSelector> selectors, const WaitOptions& options) {
    if (detail::WorkerThread::isCurrent()) return detail::WorkerThread::wouldWaitForItself();
    const detail::ReaderQueue mailbox;
    const auto results = std::make_shared<std::optional<Result<std::vector<WaitResult>>>>();
    detail::startWait(client, std::move(selectors), options, mailbox.get(),
                      [results](Result<std::vector<WaitResult>> outcome) { *results = std::move(outcome); });
    while (!*results) (void)mailbox.get()->runNext();
    return std::move(**results);
}

WaitResult onlyResult(std::vector<WaitResult> results) {
    return std::move(results.front());
}

}  // namespace

Result<std::vector<WaitResult>> BuildsClient::waitUntilBuildsProcessed(std::vector<BuildSelector> selectors,
                                                                       WaitOptions options) const {
    try {
        return waitFor(state_, std::move(selectors), options);
    } catch (...) {
        return detail::errorOfException("the wait");
    }
}

Result<WaitResult> BuildsClient::waitUntilBuildProcessed(BuildSelector selector, WaitOptions options) const {
    return waitUntilBuildsProcessed({std::move(selector)}, std::move(options)).transform(onlyResult);
}

void BuildsClient::waitUntilBuildProcessedAsync(BuildSelector selector, WaitOptions options,
                                                Callback<void(Result<WaitResult>)> done) const {
    auto told = std::move(done).release();
    if (!told) return waitUntilBuildsProcessedAsync({std::move(selector)}, std::move(options), nullptr);
    waitUntilBuildsProcessedAsync({std::move(selector)}, std::move(options),
                                  [told = std::move(told)](Result<std::vector<WaitResult>> results) {
                                      told(std::move(results).transform(onlyResult));
                                  });
}

void BuildsClient::waitUntilBuildsProcessedAsync(std::vector<BuildSelector> selectors, WaitOptions options,
                                                 Callback<void(Result<std::vector<WaitResult>>)> done) const {
    // Completions that begin the next wait would never let it end.
    if (detail::WorkerThread::processIsEnding()) return;
    const auto state = state_;  // `done` may destroy this object
    const detail::WaitDone told = detail::loggingCallback(detail::contextOf(state.get()), std::move(done).release());
    auto executor = detail::executorOf(state.get());
    if (!executor) return told(std::move(executor.error()));
    auto refused = detail::invokeUserCode("the wait", [&] {
        detail::startWait(state, std::move(selectors), options, *std::move(executor), detail::WaitDone(told));
    });
    if (refused) told(*std::move(refused));
}

namespace detail {

class PollerState {
public:
    PollerState(std::shared_ptr<const ClientState> client, std::shared_ptr<Clock> clock,
                std::vector<BuildSelector> selectors, const WaitOptions& options)
        : client_(std::move(client)),
          clock_(clock ? std::move(clock) : makeSystemClock()),
          onCancel_(options.cancel, [stop = stop_]() mutable { stop.cancel(); }),
          wait_(std::move(selectors), options, clock_),
          due_(clock_->now()) {}
    PollerState(const PollerState&) = delete;
    PollerState& operator=(const PollerState&) = delete;
    ~PollerState() {
        if (!forkGuard_.isForkedChild()) stop_.cancel();  // in a forked child the request is the parent's
    }

    bool poll() {
        if (wait_.isDone()) return true;
        if (forkGuard_.isForkedChild()) {
            (void)wait_.take(WorkerThread::madeBeforeAFork());
            return true;
        }
        if (answer_) {
            takeAnswer();
        } else if (stop_.token().isCancelled()) {
            wait_.cancel();
        } else if (clock_->now() >= due_) {
            wait_.beginCheck();
            ask();
        }
        return wait_.isDone();
    }

    [[nodiscard]] milliseconds nextDelay() const {
        constexpr milliseconds soon{20};
        if (wait_.isDone()) return milliseconds{0};
        if (answer_) return soon;
        return std::max(std::chrono::ceil<milliseconds>(due_ - clock_->now()), milliseconds{0});
    }

    [[nodiscard]] const WaitStateMachine& wait() const noexcept { return wait_; }

private:
    using Answer = std::optional<Result<BuildPage>>;

    void takeAnswer() {
        while (!*answer_ && mailbox_.get()->runIfAny()) {
        }
        if (*answer_) {
            const bool needsMore = wait_.take(std::move(**std::exchange(answer_, nullptr)));
            if (needsMore) return ask();
        } else if (wait_.timeLeft() > milliseconds{0}) {
            return;
        } else {  // the request stays in a queue, where its own time limit does not count
            answer_ = nullptr;
            wait_.cutOff();
            call_.cancel();
        }
        due_ = clock_->now() + wait_.delay();
    }

    void ask() {
        answer_ = std::make_shared<Answer>();
        try {
            call_ = CancellationSource();
            request_.emplace(stop_.token(), call_.token());
            Result<ListCallRequest> request = requestOfCheck(client_.get(), wait_, request_->token());
            if (!request) {
                *answer_ = std::move(request.error());
            } else {
                const auto arrived = [answer = answer_](Result<BuildPage> page) { *answer = std::move(page); };
                startListCall(*std::move(request), mailbox_.get(), {arrived});
            }
        } catch (...) {  // for want of memory, before anything was sent
            *answer_ = errorOfException("the call");
        }
    }

    const ForkGuard forkGuard_;
    const std::shared_ptr<const ClientState> client_;
    const std::shared_ptr<Clock> clock_;
    CancellationSource stop_;  // ends the wait
    CancellationCallback onCancel_;
    CancellationSource call_;                    // ends the call under way, but not the wait
    std::optional<LinkedCancellation> request_;  // cancels the requests of that call
    WaitStateMachine wait_;
    std::chrono::steady_clock::time_point due_;
    ReaderQueue mailbox_;             // a check is decoded by the poll that takes it up
    std::shared_ptr<Answer> answer_;  // of the call under way, if any: empty until it arrives
};

}  // namespace detail

BuildPoller::BuildPoller(const BuildsClient& client, BuildSelector selector, WaitOptions options)
    : BuildPoller(client, std::vector<BuildSelector>{std::move(selector)}, std::move(options)) {}

BuildPoller::BuildPoller(const BuildsClient& client, std::vector<BuildSelector> selectors, WaitOptions options)
    : state_(std::make_unique<detail::PollerState>(client.state_, detail::clockOf(client.state_.get(), options),
                                                   std::move(selectors), options)) {}

BuildPoller::BuildPoller(BuildPoller&&) noexcept = default;
BuildPoller& BuildPoller::operator=(BuildPoller&&) noexcept = default;
BuildPoller::~BuildPoller() = default;

bool BuildPoller::poll() {
    return !state_ || state_->poll();
}

bool BuildPoller::done() const {
    return !state_ || state_->wait().isDone();
}

milliseconds BuildPoller::nextDelay() const {
    return state_ ? state_->nextDelay() : milliseconds{0};
}

Result<std::vector<WaitResult>> BuildPoller::results() const {
    if (state_) return state_->wait().results();
    return Error(ErrorKind::invalidArgument, "this BuildPoller was moved from. Use the one that it was moved to.");
}

}  // namespace applivery
