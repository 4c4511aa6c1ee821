/// @file
/// Waiting for builds over the list: the call that blocks, and the poller that does not.
#include "client/build_wait.hpp"
#include "client/client_state.hpp"
#include "client/list_call.hpp"
#include "client/page_walk.hpp"
#include "core/either_token.hpp"
#include "core/one_shot.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"

#include <applivery/builds_client.hpp>

#include <future>
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

// @return why the clock did not let the time pass.
std::optional<Error> sleep(Clock& clock, milliseconds delay, const CancellationToken& cancel) {
    const auto woken = std::make_shared<std::promise<std::optional<Error>>>();
    auto future = woken->get_future();
    {
        const detail::OneShot<std::optional<Error>> wake(
            [woken](std::optional<Error> why) { woken->set_value(std::move(why)); },
            Error(ErrorKind::connection, "the clock dropped the wait."));
        const auto onTime = [wake] { wake(std::nullopt); };
        if (auto why = detail::callUserCode("the clock", [&] { clock.callAfter(delay, cancel, onTime); }))
            wake(*std::move(why));
    }
    return future.get();
}

// Of a client that cannot be used there is none.
std::shared_ptr<Clock> clockOf(const detail::ClientState* client, const WaitOptions& options) {
    if (options.clock) return options.clock;
    if (client == nullptr || !client->context()) return nullptr;
    return (*client->context())->clock.lock();
}

Result<detail::ListCallRequest> requestOfCheck(const detail::ClientState* client, const detail::BuildWait& wait,
                                               const CancellationToken& cancel) {
    return detail::requestOf(client, wait.filter(), wait.page(), cancel)
        .transform([&](detail::ListCallRequest request) {
            request.patience = wait.timeLeft();
            return request;
        });
}

// The calls of a wait, which do not keep their client alive.
class Caller {
public:
    explicit Caller(const std::shared_ptr<const detail::ClientState>& client)
        : client_(client), wasUsable_(client != nullptr) {}

    [[nodiscard]] Result<BuildPage> operator()(const detail::BuildWait& wait, const CancellationToken& cancel) const {
        auto client = client_.lock();
        if (!client && wasUsable_) return Error(ErrorKind::cancelled, "the client was destroyed during the wait.");
        auto request = requestOfCheck(client.get(), wait, cancel);
        client.reset();
        return std::move(request).and_then(detail::runListCall);
    }

private:
    std::weak_ptr<const detail::ClientState> client_;
    bool wasUsable_;
};

Result<std::vector<WaitResult>> waitFor(std::shared_ptr<const detail::ClientState> client,
                                        std::vector<BuildSelector> selectors, const WaitOptions& options) {
    if (detail::WorkerThread::isCurrent()) return detail::WorkerThread::wouldWaitForItself();
    const Caller call(client);
    const std::shared_ptr<Clock> clock = clockOf(client.get(), options);
    const detail::EitherToken cancel(options.cancel, client ? client->lifetime() : CancellationToken());
    client.reset();
    detail::BuildWait wait(std::move(selectors), options, clock);
    while (!wait.isDone()) {
        wait.beginCheck();
        while (wait.take(call(wait, cancel.token()))) {
        }
        if (wait.isDone()) break;
        if (auto why = sleep(*clock, wait.delay(), cancel.token())) return *std::move(why);
        if (cancel.token().isCancelled()) wait.cancel();
    }
    return wait.results();
}

}  // namespace

Result<std::vector<WaitResult>> BuildsClient::waitUntilBuildsProcessed(std::vector<BuildSelector> selectors,
                                                                       WaitOptions options) const {
    try {
        return waitFor(state_, std::move(selectors), options);  // not by this object, which may be gone meanwhile
    } catch (...) {
        return detail::errorOfException("the wait");
    }
}

Result<WaitResult> BuildsClient::waitUntilBuildProcessed(BuildSelector selector, WaitOptions options) const {
    return waitUntilBuildsProcessed({std::move(selector)}, std::move(options))
        .transform([](std::vector<WaitResult> results) { return std::move(results.front()); });
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
    ~PollerState() { stop_.cancel(); }

    bool poll() {
        if (wait_.isDone()) return true;
        if (answer_) {
            while (!*answer_ && mailbox_.get()->runIfAny()) {
            }
            if (!*answer_) return false;
            const bool needsMore = wait_.take(std::move(**std::exchange(answer_, nullptr)));
            if (needsMore) ask();
            due_ = clock_->now() + wait_.delay();
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

    [[nodiscard]] const BuildWait& wait() const noexcept { return wait_; }

private:
    using Answer = std::optional<Result<BuildPage>>;

    void ask() {
        answer_ = std::make_shared<Answer>();
        try {
            Result<ListCallRequest> request = requestOfCheck(client_.get(), wait_, stop_.token());
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

    const std::shared_ptr<const ClientState> client_;
    const std::shared_ptr<Clock> clock_;
    CancellationSource stop_;
    CancellationCallback onCancel_;
    BuildWait wait_;
    std::chrono::steady_clock::time_point due_;
    ReadersMailbox mailbox_;          // a check is decoded by the poll that takes it up
    std::shared_ptr<Answer> answer_;  // of the call under way, if any: empty until it arrives
};

}  // namespace detail

BuildPoller::BuildPoller(const BuildsClient& client, BuildSelector selector, WaitOptions options)
    : BuildPoller(client, std::vector<BuildSelector>{std::move(selector)}, std::move(options)) {}

BuildPoller::BuildPoller(const BuildsClient& client, std::vector<BuildSelector> selectors, WaitOptions options)
    : state_(std::make_unique<detail::PollerState>(client.state_, clockOf(client.state_.get(), options),
                                                   std::move(selectors), options)) {}

BuildPoller::BuildPoller(BuildPoller&&) noexcept = default;
BuildPoller& BuildPoller::operator=(BuildPoller&&) noexcept = default;
BuildPoller::~BuildPoller() = default;

bool BuildPoller::poll() {
    return state_->poll();
}

bool BuildPoller::done() const {
    return state_->wait().isDone();
}

milliseconds BuildPoller::nextDelay() const {
    return state_->nextDelay();
}

Result<std::vector<WaitResult>> BuildPoller::results() const {
    return state_->wait().results();
}

}  // namespace applivery
