#include "client/list_call.hpp"

#include "client/retry.hpp"
#include "core/linked_cancellation.hpp"
#include "core/once_callback.hpp"
#include "core/user_code.hpp"
#include "response/failure.hpp"
#include "response/header_times.hpp"
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

// Expects one event at a time: a response, or the end of a wait. OnceCallback ignores the second call of a transport or
// a clock that calls back twice. A cancellation may come at any time. The call then does not read the data of the other
// event, so that no lock is needed.
class ListCall final : public AsyncOperation {
public:
    ListCall(ListCallRequest call, HttpRequest request, std::shared_ptr<Executor> executor, ListCallCallback callback)
        : AsyncOperation(std::move(executor)),
          call_(std::move(call)),
          cancel_(call_.clientCancellation, call_.cancel),
          request_(std::move(request)),
          callback_(std::move(callback)),
          times_(context().options.retry, call_.timeBudget, clock().now()) {}

    // Call this once. A shared pointer must own this object.
    void begin() {
        onCancel_.emplace(cancel_.token(), notifier());
        notify();
    }

    void abandon(Error why) noexcept override {
        abandoned_ = std::move(why);
        step();
    }

    [[nodiscard]] bool isQuick() const noexcept override { return !mustDecode_ || isCancelled(); }

    // The callback for any thread sets the value of a future, and calls no user code.
    [[nodiscard]] bool mayCallUser() const noexcept override { return !callback_.isForAnyThread; }

private:
    // The executor decodes responses and calls the callback. The thread on which a wait ends sends the request, because
    // the executor could be late.
    bool handle(bool isOnExecutor) noexcept override {
        if (!isOnExecutor && !isCancelled() && response_) return true;
        try {
            handleEvent();
        } catch (...) {
            finish(errorOfException("the call"));  // std::bad_alloc
        }
        if (outcome_ && (isOnExecutor || callback_.isForAnyThread)) {
            const auto done = std::exchange(callback_.done, nullptr);
            (void)invokeUserCode("", [&] { done(*std::exchange(outcome_, std::nullopt)); });
        }
        return outcome_.has_value();
    }

    void handleEvent() {
        if (!callback_.done || outcome_) return;
        if (isCancelled()) return fail(cancelled());
        if (abandoned_) return fail(described(*std::exchange(abandoned_, std::nullopt)));
        if (response_) return receive(*std::exchange(response_, std::nullopt));
        if (waitFailure_) return failUnsent(*waitFailure_);
        sendIfAllowed();
    }

    void sendIfAllowed() {
        RateLimiter& limiter = *context().limiter;
        auto now = clock().now();
        if (!waiter_) {
            if (limiter.tryTake(now)) return send(now);
            constexpr double average = 0.5;  // used only if the limit is removed during the wait
            const Result<double> jitter = limiter.hasLimit() ? average : uniformRandom(context().options.retry);
            if (!jitter) return failUnsent(jitter.error());
            waiter_.emplace(context().limiter, *jitter);
        } else if (!waiter_->token().isCancelled()) {
            now = std::max(now, askAt_);  // the clock may wake early
        }
        const RateLimiter::Turn turn = waiter_->ask(now, times_.deadline());
        if (turn.kind == RateLimiter::Turn::Kind::later) {
            askAt_ = turn.time;
            return wait(turn.time - now, waiter_->token());
        }
        waiter_.reset();
        if (turn.kind == RateLimiter::Turn::Kind::tooLate) {
            return failUnsent(Error(ErrorKind::rateLimited,
                                    "rate limit: the request could not be sent within the call's time limit. Raise "
                                    "ClientOptions::maxRequestsPerSecond, or allow more time")
                                  .setRetryable(true));
        }
        send(now);
    }

    void send(steady_clock::time_point slot) {
        slot_ = slot;
        holdsSlot_ = true;
        const std::shared_ptr<HttpTransport> transport = context().transport.lock();
        if (!transport) return fail(cancelled());
        times_.beginAttempt(clock().now());
        HttpRequest request = request_;
        request.timeout = times_.timeLeft();
        request.onStart = [weak = std::weak_ptr<ListCall>(self())] {
            if (const auto self = weak.lock()) self->recordStart();
        };
        const OnceCallback<Result<HttpResponse>> done(
            [self = self()](Result<HttpResponse> response) {
                self->recordResponse(std::move(response));
                self->notify();
            },
            Error(ErrorKind::connection, "the transport dropped the request without an answer."));
        if (auto error =
                invokeUserCode("the transport", [&] { transport->send(std::move(request), cancel_.token(), done); })) {
            done(*std::move(error));
        }
    }

    void recordStart() {
        const auto now = clock().now();
        times_.startAttempt(now);
        if (holdsSlot_.exchange(false)) context().limiter->started(slot_, now);
    }

    // Records the end of the attempt, because the executor may decode the response much later. An exception of the
    // user's clock must not leave this function: the transport's callback is called once, so the call would never end.
    void recordResponse(Result<HttpResponse> response) {
        waitFailure_ = invokeUserCode("the clock", [this] { times_.endAttempt(clock().now()); });
        mustDecode_ = !waitFailure_ && response.has_value();
        if (!waitFailure_) response_ = std::move(response);
        releaseSlot();
    }

    // Does nothing if the transport reported the start. A transport without a queue reports none.
    void releaseSlot() {
        if (holdsSlot_.exchange(false)) context().limiter->endedWithoutStart(slot_);
    }

    void receive(Result<HttpResponse> response) {
        const std::string facts = logFacts(response);
        Result<BuildPage> page = read(std::move(response));
        mustDecode_ = false;
        if (!page && isCancelled()) return fail(cancelled());
        if (page) {
            context().log(LogLevel::debug, facts);
            return finish(std::move(page));
        }
        failure_ = described(std::move(page.error()));
        const auto delay = delayBeforeRetry(times_.policy(), *failure_, times_.elapsed());
        pauseAllCalls(delay ? delay->value_or(milliseconds{0}) : milliseconds{0});
        if (!delay) return fail(delay.error(), facts + ": ");
        if (!*delay) return fail(withRetriesExhausted(*std::move(failure_), times_.elapsed()), facts + ": ");
        context().log(LogLevel::warning,
                      facts + ", again in " + std::to_string((*delay)->count()) + " ms: " + failure_->message());
        backOff(**delay);
    }

    Result<BuildPage> read(Result<HttpResponse> response) const {
        if (!response) return errorFromTransport(std::move(response.error()));
        const ClientOptions& options = context().options;
        DecodeOptions decode;
        decode.requestedPage = call_.page.number;
        // A decoded build takes more memory than its text, so a small limit for the text must not refuse a valid page.
        constexpr std::size_t minMemoryLimit = std::size_t{8} << 20U;
        decode.memoryLimit = std::max(options.maxResponseBytes, minMemoryLimit);
        decode.keepRawJson = options.keepRawJson;
        decode.keepUnknownFields = options.keepUnknownFields;
        decode.shouldContinue = [this] {
            executor()->runQuick();
            return !isCancelled();
        };
        const auto delay = retryAfter(response->headers, clock().wallNow());
        const auto serverTime = dateOf(response->headers);
        Result<BuildPage> page = readResponse(*std::move(response), decode, secret());
        if (!page) return std::move(page.error().setRetryAfter(delay));
        page->serverTime = serverTime;
        return page;
    }

    // Pauses all calls of the transport if the service limits the rate. RetryPolicy::maxElapsed limits the pause.
    void pauseAllCalls(milliseconds ownDelay) const {
        if (failure_->kind() != ErrorKind::rateLimited) return;
        const milliseconds asked =
            std::max<milliseconds>(ownDelay, failure_->retryAfter().value_or(std::chrono::seconds{0}));
        const milliseconds longest = std::max(context().options.retry.maxElapsed, milliseconds{0});
        context().limiter->pauseUntil(times_.attemptEnd() + std::min(asked, longest));
    }

    // Waits for the end of the backoff. During a longer pause, the call waits in the queue of the rate limiter instead:
    // the calls leave that queue one by one.
    void backOff(milliseconds delay) {
        const auto now = clock().now();
        const auto end = endOf(times_.attemptEnd(), delay);
        if (end <= now || end <= context().limiter->pausedUntil()) return sendIfAllowed();
        wait(end - now, cancel_.token());
    }

    void wait(steady_clock::duration time, const CancellationToken& token) {
        callAfter(clock(), std::chrono::ceil<milliseconds>(time), token, [self = self()](std::optional<Error> failure) {
            self->waitFailure_ = std::move(failure);
            self->notify();
        });
    }

    void failUnsent(const Error& why) { fail(failure_ ? withoutRetry(*std::move(failure_), why) : described(why)); }

    void fail(Error error, const std::string& facts = {}) { finish(context().logged(std::move(error), facts)); }

    void finish(Result<BuildPage> result) noexcept {
        waiter_.reset();
        releaseSlot();
        outcome_.emplace(std::move(result));
    }

    [[nodiscard]] Error cancelled() const {
        std::string why = call_.clientCancellation.isCancelled() ? "the client was destroyed during the call."
                                                                 : "the call was cancelled.";
        if (failure_) why += " Before that: " + failure_->message();
        return described(Error(ErrorKind::cancelled, std::move(why)));
    }

    // Adds the number of attempts and the request to the error, and redacts the secret. Adds the server to an error of
    // the network.
    [[nodiscard]] Error described(Error error) const {
        const Endpoint& endpoint = context().endpoint;
        const bool isOfNetwork = error.kind() == ErrorKind::connection || error.kind() == ErrorKind::timeout ||
                                 error.kind() == ErrorKind::tls;
        const std::string server = isOfNetwork && !error.httpStatus() ? " from " + endpoint.server : "";
        error.setAttempts(times_.attempts());
        error.setMessage(request_.method + ' ' + endpoint.path + server + ": " + error.message());
        return secret().redacted(std::move(error));
    }

    [[nodiscard]] std::string logFacts(const Result<HttpResponse>& response) const {
        if (!context().options.log) return {};
        std::string facts = request_.method + ' ' + shownTarget(context().endpoint, call_.filter, call_.page) + ' ';
        facts += response ? std::to_string(response->status) : std::string(toString(response.error().kind()));
        facts += " call " + std::to_string(number_) + " attempt " + std::to_string(times_.attempts()) + ", ";
        facts += std::to_string(response ? response->body.size() : 0) + " bytes, ";
        facts += std::to_string(times_.attemptDuration().count()) + " ms";
        if (response && !response->protocol.empty()) facts += ", " + response->protocol;
        return facts;
    }

    [[nodiscard]] std::shared_ptr<ListCall> self() { return std::static_pointer_cast<ListCall>(shared_from_this()); }

    [[nodiscard]] bool isCancelled() const noexcept { return cancel_.token().isCancelled(); }
    [[nodiscard]] const CallContext& context() const noexcept { return *call_.context; }
    [[nodiscard]] Clock& clock() const noexcept { return *context().clock; }
    [[nodiscard]] const Secret& secret() const noexcept { return context().endpoint.secret; }

    static inline std::atomic<unsigned> calls{0};

    const ListCallRequest call_;
    const unsigned number_ = ++calls;  // identifies the call in a log
    const LinkedCancellation cancel_;
    const HttpRequest request_;
    ListCallCallback callback_;  // `done` is null after the call has ended
    std::optional<CancellationCallback> onCancel_;
    std::atomic<bool> mustDecode_{false};
    std::optional<Result<HttpResponse>> response_;  // the last event, if it was a response
    std::optional<Error> waitFailure_;              // the last event, if the clock failed
    std::optional<Error> abandoned_;                // why the executor runs no more steps
    std::optional<Error> failure_;                  // of the last attempt
    std::optional<Result<BuildPage>> outcome_;      // until its delivery
    CallTimes times_;
    std::optional<RateLimiter::Waiter> waiter_;  // while the call waits for its slot
    steady_clock::time_point askAt_;             // next time to ask for the slot
    steady_clock::time_point slot_;              // of the last attempt
    std::atomic<bool> holdsSlot_{false};         // until the transport starts the request, or the attempt ends
};

void refuse(Error error, Executor& executor, const ListCallCallback& callback) {
    if (callback.isForAnyThread) return callback.done(std::move(error));
    postFunction(executor, [done = callback.done, error = std::move(error)]() mutable { done(std::move(error)); });
}

}  // namespace

void startListCall(Result<ListCallRequest> request, std::shared_ptr<Executor> executor,
                   const ListCallCallback& callback) {
    if (!request) return refuse(std::move(request.error()), *executor, callback);
    Result<HttpRequest> http = makeListBuildsRequest(request->context->endpoint, request->filter, request->page);
    if (!http) return refuse(request->context->logged(std::move(http.error())), *executor, callback);
    std::make_shared<ListCall>(*std::move(request), *std::move(http), std::move(executor), callback)->begin();
}

}  // namespace applivery::detail
