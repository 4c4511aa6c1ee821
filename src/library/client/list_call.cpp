#include "client/list_call.hpp"

#include "client/async_operation.hpp"
#include "client/host_executor.hpp"
#include "client/refused_call.hpp"
#include "client/retry.hpp"
#include "client/task_queue.hpp"
#include "core/linked_cancellation.hpp"
#include "core/log.hpp"
#include "core/once_callback.hpp"
#include "core/time_limits.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"
#include "http/header_times.hpp"
#include "response/failure.hpp"
#include "response/response.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace applivery::detail {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

Error slotTooLate() {
    return Error(ErrorKind::rateLimited,
                 "rate limit: the request could not be sent within the call's time limit. Raise "
                 "ClientOptions::maxRequestsPerSecond, or allow more time")
        .setRetryable(true);
}

steady_clock::time_point endOf(steady_clock::time_point begin, milliseconds time) {
    constexpr auto never = steady_clock::time_point::max();
    const bool fits = time < std::chrono::duration_cast<milliseconds>(never - std::max(begin, {}));
    return fits ? begin + std::max(time, milliseconds{0}) : never;
}

// Goes from event to event: an answer, the end of a wait. Each comes through a OnceCallback, and so there is never more
// than one under way, whatever the transport and the clock do. Beside it the call may be cancelled at any time; from
// then on, what the other event brought is not looked at, and needs no lock.
class ListCall final : public AsyncOperation {
public:
    ListCall(ListCallRequest call, HttpRequest request, std::shared_ptr<Executor> executor, bool isToldAnywhere)
        : AsyncOperation(std::move(executor)),
          call_(std::move(call)),
          cancel_(call_.clientCancellation, call_.cancel),
          request_(std::move(request)),
          isToldAnywhere_(isToldAnywhere) {
        if (const auto clock = context().clock.lock()) createdAt_ = clock->now();
    }

    // Once, and when it is held by a shared pointer.
    void begin(const std::function<void(Result<BuildPage>)>& done) {
        done_ = done;
        onCancel_.emplace(cancel_.token(), [weak = weakSelf()] {
            if (const auto self = weak.lock()) self->notify();
        });
        notify();
    }

    void abandon(Error why) noexcept override {
        abandoned_ = std::move(why);
        notifyWithoutExecutor();
    }

    [[nodiscard]] bool isQuick() const noexcept override { return !mustDecode_ || isCancelled(); }

    // A future is made ready without a call of the user's code.
    [[nodiscard]] bool mayCallUser() const noexcept override { return !isToldAnywhere_; }

private:
    // What takes long or calls the one who asked, an answer and the outcome, is for the executor; the end of a wait is
    // handled where it comes about, since a request must not go later than at its time.
    bool handle(bool isOnExecutor) noexcept override {
        if (!isOnExecutor && !isCancelled() && answer_) return true;
        try {
            handleEvent();
        } catch (...) {
            finish(errorOfException("the call"));  // there may be no memory to say more
        }
        if (outcome_ && (isOnExecutor || isToldAnywhere_)) tell();
        return outcome_.has_value();
    }

    void tell() noexcept {
        const auto done = std::exchange(done_, nullptr);
        (void)invokeUserCode("", [&] { done(*std::exchange(outcome_, std::nullopt)); });
    }

    void handleEvent() {
        if (!done_ || outcome_) return;
        const std::shared_ptr<Clock> clock = context().clock.lock();
        if (!clock || isCancelled()) return fail(cancelled());
        if (abandoned_) return fail(placed(*std::exchange(abandoned_, std::nullopt)));
        if (answer_) return received(*std::exchange(answer_, std::nullopt), *clock);
        if (waitFailure_) return failUnsent(*waitFailure_);
        sendInTurn(*clock);
    }

    // Waits for the end of the backoff, unless a pause lasts longer: that is waited for in the queue of the rate limit,
    // which calls do not leave all at once.
    void backOff(milliseconds delay, Clock& clock) {
        const auto now = clock.now();
        const auto end = endOf(answeredAt_, delay);
        if (end <= now || end <= context().limiter->pausedUntil()) return sendInTurn(clock);
        wait(end - now, cancel_.token(), clock);
    }

    // Sends the request when the rate limit allows it.
    void sendInTurn(Clock& clock) {
        RateLimiter& limiter = *context().limiter;
        auto now = clock.now();
        if (!waiter_) {
            if (limiter.tryTake(now)) return attempt(clock, now);
            constexpr double average = 0.5;  // counts only if the limit goes while the call waits
            const Result<double> jitter = limiter.hasLimit() ? average : uniformRandom(context().options.retry);
            if (!jitter) return failUnsent(jitter.error());
            waiter_.emplace(context().limiter, *jitter);
        } else if (!waiter_->token().isCancelled()) {
            now = std::max(now, askAt_);  // also if the clock wakes early
        }
        const RateLimiter::Turn turn = waiter_->ask(now, deadline());
        if (turn.kind == RateLimiter::Turn::Kind::later) {
            askAt_ = turn.time;
            return wait(turn.time - now, waiter_->token(), clock);
        }
        waiter_.reset();
        if (turn.kind == RateLimiter::Turn::Kind::tooLate) return failUnsent(slotTooLate());
        attempt(clock, now);
    }

    void failUnsent(const Error& why) { fail(failure_ ? notTriedAgain(*std::move(failure_), why) : placed(why)); }

    // A first attempt waits for its slot for as long as the caller has time, another one only as the policy allows.
    [[nodiscard]] steady_clock::time_point deadline() const {
        auto deadline = steady_clock::time_point::max();
        if (call_.timeBudget) deadline = endOf(createdAt_, *call_.timeBudget);
        if (failure_) deadline = std::min(deadline, endOf(firstAttemptAt_, policy().maxElapsed));
        return deadline;
    }

    [[nodiscard]] RetryPolicy policy() const {
        RetryPolicy policy = context().options.retry;
        if (policy.custom) policy.maxElapsed = milliseconds::max();  // it ends the call itself
        if (call_.timeBudget)
            policy.maxElapsed = std::min(policy.maxElapsed, *call_.timeBudget - between(createdAt_, firstAttemptAt_));
        return policy;
    }

    // What the attempt that begins may take of the call's time; absent where that is for the transport to say.
    [[nodiscard]] std::optional<milliseconds> timeLeft() const {
        const RetryPolicy& retry = context().options.retry;
        constexpr milliseconds unlimited = milliseconds::max();
        const bool isLimited = !retry.custom && retry.maxElapsed > milliseconds{0};
        milliseconds left = isLimited ? retry.maxElapsed - between(firstAttemptAt_, attemptStartedAt_) : unlimited;
        if (call_.timeBudget) left = std::min(left, *call_.timeBudget - between(createdAt_, attemptStartedAt_));
        if (left == unlimited) return std::nullopt;
        return std::max(left, milliseconds{1});
    }

    void attempt(Clock& clock, steady_clock::time_point slot) {
        slot_ = slot;
        holdsSlot_ = true;
        const std::shared_ptr<HttpTransport> transport = context().transport.lock();
        if (!transport) return fail(cancelled());
        attemptStartedAt_ = clock.now();
        startedAt_ = attemptStartedAt_;
        if (++attempts_ == 1) firstAttemptAt_ = attemptStartedAt_;
        HttpRequest request = request_;
        request.timeout = timeLeft();
        request.onStart = [weak = weakSelf()] {
            if (const auto self = weak.lock()) self->started();
        };
        const OnceCallback<Result<HttpResponse>> done(
            [self = self()](Result<HttpResponse> answer) {
                self->answered(std::move(answer));
                self->notify();
            },
            Error(ErrorKind::connection, "the transport dropped the request without an answer."));
        if (auto error =
                invokeUserCode("the transport", [&] { transport->send(std::move(request), cancel_.token(), done); })) {
            done(*std::move(error));
        }
    }

    // Until then it waited in the transport's queue, where no time counts.
    void started() {
        const auto clock = context().clock.lock();
        if (!clock) return;
        startedAt_ = clock->now();
        if (holdsSlot_.exchange(false)) context().limiter->started(slot_, startedAt_);
    }

    // The request starts no more: its transport has no queue, or it was cancelled there.
    void releaseSlot() {
        if (holdsSlot_.exchange(false)) context().limiter->endedUnstarted(slot_);
    }

    // It may lie there for long until the executor comes to it.
    void answered(Result<HttpResponse> answer) {
        if (const auto clock = context().clock.lock()) answeredAt_ = clock->now();
        mustDecode_ = answer.has_value();
        answer_ = std::move(answer);
        releaseSlot();
    }

    void received(Result<HttpResponse> answer, Clock& clock) {
        firstAttemptAt_ += startedAt_.load() - std::exchange(attemptStartedAt_, startedAt_.load());
        const std::string facts = logFacts(answer);
        Result<BuildPage> page = read(std::move(answer), clock);
        mustDecode_ = false;
        if (!page && isCancelled()) return fail(cancelled());
        if (page) {
            log(LogLevel::debug, facts);
            return finish(std::move(page));
        }
        failure_ = placed(std::move(page.error()));
        const auto delay = delayBeforeRetry(policy(), *failure_, between(firstAttemptAt_, answeredAt_));
        holdBackOthers(delay ? delay->value_or(milliseconds{0}) : milliseconds{0});
        if (!delay) return fail(delay.error(), facts + ": ");
        if (!*delay)
            return fail(withRetriesExhausted(*std::move(failure_), between(firstAttemptAt_, answeredAt_)),
                        facts + ": ");
        log(LogLevel::warning,
            facts + ", again in " + std::to_string((*delay)->count()) + " ms: " + failure_->message());
        backOff(**delay, clock);
    }

    // Where the service asks to be left alone, it is by every call, though not for longer than a call may last.
    void holdBackOthers(milliseconds ownDelay) const {
        if (failure_->kind() != ErrorKind::rateLimited) return;
        const milliseconds asked =
            std::max<milliseconds>(ownDelay, failure_->retryAfter().value_or(std::chrono::seconds{0}));
        context().limiter->pauseUntil(answeredAt_ +
                                      std::min(asked, std::max(context().options.retry.maxElapsed, milliseconds{0})));
    }

    void wait(steady_clock::duration time, const CancellationToken& token, Clock& clock) {
        const milliseconds delay = std::min(std::chrono::ceil<milliseconds>(time), longestDelay);
        const OnceCallback<std::optional<Error>> woken(
            [self = self()](std::optional<Error> failure) {
                self->waitFailure_ = std::move(failure);
                self->notify();
            },
            Error(ErrorKind::connection, "the clock dropped the wait"));
        const auto wake = [woken] { woken(std::nullopt); };
        if (auto error = invokeUserCode("the clock", [&] { clock.callAfter(delay, token, wake); })) {
            woken(std::move(error));
        }
    }

    Result<BuildPage> read(Result<HttpResponse> answer, const Clock& clock) const {
        if (!answer) return errorFromTransport(std::move(answer.error()));
        const auto asked = retryAfter(answer->headers, clock.wallNow());
        DecodeOptions decode;
        decode.requestedPage = call_.page.number;
        // A build takes more memory than its text: a small cap on the text must not refuse an honest page.
        constexpr std::size_t leastMemory = std::size_t{8} << 20U;
        decode.memoryLimit = std::max(context().options.maxResponseBytes, leastMemory);
        decode.keepRawJson = context().options.keepRawJson;
        decode.keepUnknownFields = context().options.keepUnknownFields;
        decode.shouldContinue = [this] {
            executor()->runQuick();
            return !isCancelled();
        };
        const auto serverTime = dateOf(answer->headers);
        Result<BuildPage> page = readResponse(*std::move(answer), decode, secret());
        if (page) {
            page->serverTime = serverTime;
        } else {
            page.error().setRetryAfter(asked);
        }
        return page;
    }

    [[nodiscard]] std::shared_ptr<ListCall> self() { return std::static_pointer_cast<ListCall>(shared_from_this()); }
    [[nodiscard]] std::weak_ptr<ListCall> weakSelf() { return self(); }

    [[nodiscard]] bool isCancelled() const noexcept { return cancel_.token().isCancelled(); }

    [[nodiscard]] Error cancelled() const {
        std::string why = call_.clientCancellation.isCancelled() ? "the client was destroyed during the call."
                                                                 : "the call was cancelled.";
        if (failure_) why += " Before that: " + failure_->message();
        return placed(Error(ErrorKind::cancelled, std::move(why)));
    }

    // Says where it notify, and leaves out what nobody may see.
    [[nodiscard]] Error placed(Error error) const {
        error.setAttempts(attempts_);
        error.setMessage(request_.method + ' ' + context().endpoint.path + ": " + error.message());
        return secret().redacted(std::move(error));
    }

    [[nodiscard]] std::string logFacts(const Result<HttpResponse>& answer) const {
        if (!context().options.log) return {};
        std::string facts = request_.method + ' ' + shownTarget(context().endpoint, call_.filter, call_.page) + ' ';
        facts += answer ? std::to_string(answer->status) : std::string(toString(answer.error().kind()));
        facts += " call " + std::to_string(number_) + " attempt " + std::to_string(attempts_) + ", ";
        facts += std::to_string(answer ? answer->body.size() : 0) + " bytes, ";
        facts += std::to_string(between(attemptStartedAt_, answeredAt_).count()) + " ms";
        if (answer && !answer->protocol.empty()) facts += ", " + answer->protocol;
        return facts;
    }

    void log(LogLevel level, const std::string& line) const {
        const Logger& log = context().options.log;
        if (log) logLine(log, level, secret().redacted(line));
    }

    void fail(Error error, const std::string& facts = {}) {
        error = secret().redacted(std::move(error));
        log(LogLevel::error, facts + error.message());
        finish(std::move(error));
    }

    void finish(Result<BuildPage> result) noexcept {
        waiter_.reset();
        releaseSlot();
        if (done_ && !outcome_) outcome_.emplace(std::move(result));
    }

    [[nodiscard]] const CallContext& context() const noexcept { return *call_.context; }
    [[nodiscard]] const Secret& secret() const noexcept { return context().endpoint.secret; }

    [[nodiscard]] static milliseconds between(steady_clock::time_point then, steady_clock::time_point later) {
        return std::max(std::chrono::duration_cast<milliseconds>(later - then), milliseconds{0});
    }

    static inline std::atomic<unsigned> calls{0};

    const ListCallRequest call_;
    const unsigned number_ = ++calls;  // ties the lines of its attempts together in a log
    const LinkedCancellation cancel_;
    const HttpRequest request_;
    const bool isToldAnywhere_;
    std::function<void(Result<BuildPage>)> done_;
    std::optional<CancellationCallback> onCancel_;
    std::atomic<bool> mustDecode_{false};
    std::optional<Result<HttpResponse>> answer_;  // the event that came last
    std::optional<Error> waitFailure_;            // or this
    std::optional<Error> abandoned_;              // or why the executor runs no more steps
    std::optional<Error> failure_;                // of the last attempt
    std::optional<Result<BuildPage>> outcome_;    // that is still to be told
    steady_clock::time_point createdAt_;          // when it was made
    steady_clock::time_point firstAttemptAt_;     // the first attempt
    steady_clock::time_point attemptStartedAt_;
    std::atomic<steady_clock::time_point> startedAt_{steady_clock::time_point{}};  // told by the transport
    steady_clock::time_point answeredAt_;
    std::optional<RateLimiter::Waiter> waiter_;  // while the call waits for its slot
    steady_clock::time_point askAt_;             // and when it asks for it again
    steady_clock::time_point slot_;              // of the last attempt
    std::atomic<bool> holdsSlot_{false};         // until the transport starts the request, or the attempt ends
    int attempts_ = 0;
};

}  // namespace

Result<ListCallRequest> requestOf(const ClientState* client, BuildFilter filter, Page page, CancellationToken cancel) {
    if (client == nullptr) return wasMovedFrom();
    if (auto refusal = client->refusalInChild()) {
        logLine(client->log(), LogLevel::error, refusal->message());
        return *std::move(refusal);
    }
    if (!client->context()) logLine(client->log(), LogLevel::error, client->context().error().message());
    return client->context().transform([&](const std::shared_ptr<const CallContext>& context) {
        return ListCallRequest{context, std::move(filter), page, client->clientCancellation(), std::move(cancel)};
    });
}

void startListCall(ListCallRequest request, std::shared_ptr<Executor> executor, const ListCallCompletion& completion) {
    const Endpoint& endpoint = request.context->endpoint;
    Result<HttpRequest> http = makeListBuildsRequest(endpoint, request.filter, request.page);
    if (!http) {
        const Error refusal = endpoint.secret.redacted(std::move(http.error()));
        logLine(request.context->options.log, LogLevel::error, refusal.message());
        return refuse(refusal, *executor, completion);
    }
    std::make_shared<ListCall>(std::move(request), *std::move(http), std::move(executor), completion.isAnywhere)
        ->begin(completion.done);
}

void runListCallAsync(const ClientState* client, const std::function<Result<ListCallRequest>()>& make,
                      const ListCallCompletion& completion) noexcept {
    // Completions that begin the next call would never let it end.
    if (!completion.isAnywhere && WorkerThread::processIsEnding()) return;
    std::optional<Error> refusal;
    try {
        Result<ListCallRequest> request = make();
        auto executor = executorOf(client);
        if (!executor) {
            refusal = std::move(executor.error());
        } else if (!request) {
            refuse(request.error(), **executor, completion);
        } else {
            startListCall(*std::move(request), *std::move(executor), completion);
        }
    } catch (...) {
        refusal = errorOfException("the call");
    }
    if (!refusal) return;
    HostExecutor here;
    if (invokeUserCode("", [&] { refuse(*refusal, here, completion); })) {  // std::bad_alloc
        (void)invokeUserCode("", [&] { completion.done(*std::move(refusal)); });
    }
}

namespace {

// A future gives no sign that somebody waits for it: it is refused where to wait for it would never end.
std::future<Result<BuildPage>> refusedFuture() {
    std::promise<Result<BuildPage>> promise;
    promise.set_value(
        Error(ErrorKind::invalidArgument,
              "this call returns a future, and was made on a thread of the library's own, such as by the completion of "
              "another call. To wait for the future there would block that thread for ever. Use the form that calls a "
              "function."));
    return promise.get_future();
}

}  // namespace

std::future<Result<BuildPage>> runListCallAsync(const ClientState* client,
                                                const std::function<Result<ListCallRequest>()>& make) {
    if (WorkerThread::isCurrent()) return refusedFuture();
    const auto promise = std::make_shared<std::promise<Result<BuildPage>>>();
    runListCallAsync(client, make,
                     {[promise](Result<BuildPage> result) { promise->set_value(std::move(result)); }, true});
    return promise->get_future();
}

Result<BuildPage> runListCall(ListCallRequest request) {
    const auto mailbox = std::make_shared<TaskQueue>();
    std::optional<Result<BuildPage>> result;
    startListCall(std::move(request), mailbox, {[&result](Result<BuildPage> page) { result = std::move(page); }});
    while (!result) (void)mailbox->runNext();
    mailbox->close();  // a step that comes late would hold the mailbox that holds it
    return *std::move(result);
}

}  // namespace applivery::detail
