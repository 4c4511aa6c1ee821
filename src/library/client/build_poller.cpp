#include "client/client_state.hpp"
#include "client/wait_operation.hpp"
#include "core/executor.hpp"
#include "core/fork_guard.hpp"
#include "core/linked_cancellation.hpp"

#include <applivery/builds_client.hpp>

#include <memory>
#include <utility>

namespace applivery {

using std::chrono::milliseconds;

namespace detail {

class PollerState {
public:
    PollerState(std::shared_ptr<const ClientState> client, std::vector<BuildSelector> selectors, WaitOptions options)
        : client_(std::move(client)), cancel_(options.cancel, stop_.token()) {
        options.cancel = cancel_.token();
        wait_ = std::make_shared<WaitOperation>(requestOf(client_.get()), std::move(selectors), std::move(options),
                                                queue_.get(), WaitOperation::Timing::byPoller);
        wait_->begin([](const auto&) {});  // results() reads the outcome from the state machine
    }
    PollerState(const PollerState&) = delete;
    PollerState& operator=(const PollerState&) = delete;
    ~PollerState() {
        if (!forkGuard_.isForkedChild()) stop_.cancel();  // in a forked child, the request belongs to the parent
    }

    bool poll() {
        if (isDone() || wait_->endIfForkedChild()) return true;
        const int requestsBefore = wait_->requests();
        runUntilNextRequest(requestsBefore);  // the first check, a response, or a cancellation
        wait_->poll();                        // begins a check that is due, or cancels a request after the time limit
        runUntilNextRequest(requestsBefore);  // the outcome of a cancelled request
        return isDone();
    }

    [[nodiscard]] bool isDone() const { return wait_->state().isDone(); }

    [[nodiscard]] milliseconds nextDelay() const {
        constexpr milliseconds duringCheck{20};
        if (isDone() || wait_->requests() == 0) return milliseconds{0};
        return wait_->timeToNextCheck().value_or(duringCheck);
    }

    [[nodiscard]] Result<std::vector<WaitResult>> results() const { return wait_->state().results(); }

private:
    // Runs the tasks of the queue until the wait sends a request. A later poll() handles the response to this request,
    // so that each poll() returns soon.
    void runUntilNextRequest(int requestsBefore) {
        while (wait_->requests() == requestsBefore && queue_.get()->runIfAny()) {
        }
    }

    const ForkGuard forkGuard_;
    const std::shared_ptr<const ClientState> client_;
    // Declared before cancel_, so that the queue is closed after cancel_ is destroyed. ~LinkedCancellation waits for a
    // cancellation that runs on another thread. With a closed queue, that thread would handle the cancellation itself,
    // and call WaitOptions::onEvent on the wrong thread.
    const ReaderQueue queue_;
    CancellationSource stop_;
    const LinkedCancellation cancel_;
    std::shared_ptr<WaitOperation> wait_;
};

}  // namespace detail

BuildPoller::BuildPoller(const BuildsClient& client, BuildSelector selector, WaitOptions options)
    : BuildPoller(client, std::vector<BuildSelector>{std::move(selector)}, std::move(options)) {}

BuildPoller::BuildPoller(const BuildsClient& client, std::vector<BuildSelector> selectors, WaitOptions options)
    : state_(std::make_unique<detail::PollerState>(client.state_, std::move(selectors), std::move(options))) {}

BuildPoller::BuildPoller(BuildPoller&&) noexcept = default;
BuildPoller& BuildPoller::operator=(BuildPoller&&) noexcept = default;
BuildPoller::~BuildPoller() = default;

bool BuildPoller::poll() {
    return !state_ || state_->poll();
}

bool BuildPoller::done() const {
    return !state_ || state_->isDone();
}

milliseconds BuildPoller::nextDelay() const {
    return state_ ? state_->nextDelay() : milliseconds{0};
}

Result<std::vector<WaitResult>> BuildPoller::results() const {
    if (state_) return state_->results();
    return Error(ErrorKind::invalidArgument, "this BuildPoller was moved from. Use the poller that it was moved to.");
}

}  // namespace applivery
