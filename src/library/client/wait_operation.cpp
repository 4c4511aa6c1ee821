#include "client/wait_operation.hpp"

#include "client/executor.hpp"
#include "core/linked_cancellation.hpp"
#include "core/once_callback.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

namespace applivery::detail {
namespace {

using std::chrono::milliseconds;

// The client's clock, of which the thread must end with the client. When it is gone, time stands still.
class WeakClock final : public Clock {
public:
    explicit WeakClock(const std::shared_ptr<Clock>& clock)
        : clock_(clock), lastNow_(clock->now()), lastWallNow_(clock->wallNow()) {}

    [[nodiscard]] std::chrono::steady_clock::time_point now() const override {
        const auto clock = clock_.lock();
        return clock ? clock->now() : lastNow_;
    }
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override {
        const auto clock = clock_.lock();
        return clock ? clock->wallNow() : lastWallNow_;
    }
    void callAfter(milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        if (const auto clock = clock_.lock()) clock->callAfter(delay, std::move(token), std::move(wake));
    }
    void alarmAfter(milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        if (const auto clock = clock_.lock()) clock->alarmAfter(delay, std::move(token), std::move(wake));
    }

private:
    const std::weak_ptr<Clock> clock_;
    const std::chrono::steady_clock::time_point lastNow_;
    const std::chrono::system_clock::time_point lastWallNow_;
};

std::shared_ptr<Clock> clockOfOperation(const ClientState* client, const WaitOptions& options) {
    const auto clock = clockOf(client, options);
    return clock && !options.clock ? std::make_shared<WeakClock>(clock) : clock;
}

// Waits for one event at a time: the response to a request, or the end of a sleep. The wait can be cancelled at any
// time besides, and then ignores the other event. The executor runs everything.
class WaitOperation final : public AsyncOperation {
public:
    WaitOperation(const std::shared_ptr<const ClientState>& client, std::vector<BuildSelector> selectors,
                  const WaitOptions& options, std::shared_ptr<Executor> executor)
        : AsyncOperation(std::move(executor)),
          client_(client),
          wasUsable_(client != nullptr),
          clock_(clockOfOperation(client.get(), options)),
          cancel_(options.cancel, client ? client->clientCancellation() : CancellationToken()),
          wait_(std::move(selectors), options, clock_) {}

    // Call once, on an operation that a shared pointer owns. If this throws, `done` is unchanged.
    void begin(WaitDone& done) {
        done_ = std::move(done);
        try {
            onCancel_.emplace(cancel_.token(), [weak = std::weak_ptr<WaitOperation>(self())] {
                if (const auto self = weak.lock()) self->notify();
            });
        } catch (...) {
            done = std::move(done_);
            throw;
        }
        raise(Event::begun);
    }

    void abandon(Error why) noexcept override {
        lost_ = std::move(why);
        event_ = Event::lost;
        notifyWithoutExecutor();
    }

private:
    enum class Event { none, begun, answered, awake, lost };

    void raise(Event event, bool isOnExecutor = false) noexcept {
        event_ = event;
        notify(isOnExecutor);
    }

    bool handle(bool isOnExecutor) noexcept override {
        const bool isCancelled = cancel_.token().isCancelled();
        if (!done_ || (!isCancelled && event_ == Event::none)) return false;
        if (!isOnExecutor) return true;
        std::optional<Error> failure;
        try {
            if (isCancelled) {
                wait_.cancel();
            } else if (lost_ || clockFailure_) {
                failure = std::move(lost_ ? lost_ : clockFailure_);
            } else {
                proceed(event_.exchange(Event::none));
            }
        } catch (...) {
            failure = errorOfException("the wait");  // there may be no memory to say more
        }
        if (failure || wait_.isDone()) finish(std::move(failure));
        return false;
    }

    void proceed(Event event) {
        if (wait_.isDone()) return;
        if (event != Event::answered) {
            wait_.beginCheck();
            return ask();
        }
        Result<BuildPage> page = *std::exchange(answer_, std::nullopt);
        const bool isCutOff = !page && page.error().kind() == ErrorKind::cancelled && call_.token().isCancelled();
        if (isCutOff) {
            wait_.cutOff();
        } else if (wait_.take(std::move(page))) {
            return ask();
        }
        call_.cancel();
        if (!wait_.isDone()) sleep();
    }

    // A request has a time limit of its own, which does not count the time in a queue. The alarm counts all time. Each
    // request needs a new alarm, because the last response may have extended the time limit of the check.
    void setTimeLimit() {
        call_.cancel();
        call_ = CancellationSource();
        request_.emplace(cancel_.token(), call_.token());
        if (!clock_) return;
        // If the clock refuses the alarm, the limits of the requests remain.
        (void)invokeUserCode("the clock", [&] {
            clock_->alarmAfter(wait_.timeLeft(), call_.token(), [call = call_]() mutable {
                // A clock that ends with the process runs each alarm at once, and the wait would never end.
                if (!WorkerThread::processIsEnding()) call.cancel();
            });
        });
    }

    void finish(std::optional<Error> failure) noexcept {
        const auto done = std::exchange(done_, nullptr);
        call_.cancel();
        Result<std::vector<WaitResult>> outcome = failure ? *std::move(failure) : results();
        (void)invokeUserCode("", [&] { done(std::move(outcome)); });
    }

    [[nodiscard]] Result<std::vector<WaitResult>> results() const noexcept {
        try {
            return wait_.results();
        } catch (...) {  // for want of memory
            return errorOfException("the wait");
        }
    }

    void ask() {
        setTimeLimit();
        auto client = client_.lock();
        if (!client && wasUsable_) {
            return answered(Error(ErrorKind::cancelled, "the client was destroyed during the wait."));
        }
        auto request = requestOfCheck(client.get(), wait_, request_->token());
        client.reset();
        if (!request) return answered(std::move(request.error()));
        startListCall(*std::move(request), executor(),
                      {[self = self()](Result<BuildPage> page) { self->answered(std::move(page)); }});
    }

    void answered(Result<BuildPage> page) {
        answer_ = std::move(page);
        raise(Event::answered, true);
    }

    void sleep() {
        const OnceCallback<std::optional<Error>> woken(
            [self = self()](std::optional<Error> why) {
                self->clockFailure_ = std::move(why);
                self->raise(Event::awake);
            },
            Error(ErrorKind::connection, "the clock dropped the wait."));
        const auto wake = [woken] { woken(std::nullopt); };
        if (auto why = invokeUserCode("the clock", [&] { clock_->callAfter(wait_.delay(), cancel_.token(), wake); })) {
            woken(std::move(why));
        }
    }

    [[nodiscard]] std::shared_ptr<WaitOperation> self() {
        return std::static_pointer_cast<WaitOperation>(shared_from_this());
    }

    const std::weak_ptr<const ClientState> client_;
    const bool wasUsable_;
    const std::shared_ptr<Clock> clock_;
    const LinkedCancellation cancel_;
    CancellationSource call_;                    // cancelled when the call under way has ended, or must end
    std::optional<LinkedCancellation> request_;  // cancels the requests of that call
    WaitStateMachine wait_;
    WaitDone done_;
    std::optional<CancellationCallback> onCancel_;
    std::atomic<Event> event_{Event::none};
    std::optional<Result<BuildPage>> answer_;  // the event that came last
    std::optional<Error> clockFailure_;        // or of its clock, which ends the wait
    std::optional<Error> lost_;                // why the executor runs no more steps; beside an event where cancelled
};

}  // namespace

std::shared_ptr<Clock> clockOf(const ClientState* client, const WaitOptions& options) {
    if (options.clock) return options.clock;
    if (client == nullptr || !client->context()) return nullptr;
    return (*client->context())->clock.lock();
}

Result<ListCallRequest> requestOfCheck(const ClientState* client, const WaitStateMachine& wait,
                                       const CancellationToken& cancel) {
    return requestOf(client, wait.filter(), wait.page(), cancel).transform([&](ListCallRequest request) {
        request.timeBudget = std::max(wait.timeLeft(), milliseconds{1});  // 0 would be no limit
        return request;
    });
}

void startWait(const std::shared_ptr<const ClientState>& client, std::vector<BuildSelector> selectors,
               const WaitOptions& options, std::shared_ptr<Executor> executor, WaitDone&& done) {
    std::make_shared<WaitOperation>(client, std::move(selectors), options, std::move(executor))->begin(done);
}

}  // namespace applivery::detail
