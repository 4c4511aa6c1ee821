#include "client/list_call.hpp"

#include "client/redact.hpp"
#include "http/retry.hpp"
#include "json/answer.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <queue>
#include <string>
#include <utility>

namespace applivery::detail {
namespace {

using std::chrono::milliseconds;

class ListCall : public std::enable_shared_from_this<ListCall> {
public:
    ListCall(ListCallRequest call, HttpRequest request, Executor executor, std::function<void(Result<BuildPage>)> done)
        : call_(std::move(call)),
          request_(std::move(request)),
          executor_(std::move(executor)),
          done_(std::move(done)),
          began_(clock().now()) {}

    void attempt() {
        if (call_.token.isCancelled()) return finish(placed(Error(ErrorKind::cancelled, "the call was cancelled.")));
        ++attempts_;
        attemptBegan_ = clock().now();
        call_.services->transport->send(
            request_, call_.token, [self = shared_from_this()](Result<HttpResponse> answer) {
                self->executor_([self, answer = std::move(answer)]() mutable { self->received(std::move(answer)); });
            });
    }

private:
    void received(Result<HttpResponse> answer) {
        const std::string facts = logFacts(answer);
        Result<BuildPage> page = read(std::move(answer));
        if (page) {
            log(LogLevel::debug, facts);
            return finish(std::move(page));
        }
        Error error = placed(std::move(page.error()));
        const auto delay = delayBeforeRetry(options().retry, error, since(began_));
        if (!delay) {
            log(LogLevel::error, facts + ": " + error.message());
            return finish(std::move(error));
        }
        log(LogLevel::warning, facts + ", again in " + std::to_string(delay->count()) + " ms: " + error.message());
        clock().callAfter(*delay, call_.token,
                          [self = shared_from_this()] { self->executor_([self] { self->attempt(); }); });
    }

    Result<BuildPage> read(Result<HttpResponse> answer) const {
        if (!answer) return std::move(answer.error());
        const auto asked = retryAfter(answer->headers, clock().wallNow());
        DecodeOptions decode;
        decode.requestedPage = call_.page.number;
        // A build takes more memory than its text: a small cap on the text must not refuse an honest page.
        constexpr std::size_t leastMemory = std::size_t{8} << 20U;
        decode.memoryLimit = std::max(options().maxResponseBytes, leastMemory);
        decode.keepRawJson = options().keepRawJson;
        Result<BuildPage> page = readAnswer(*std::move(answer), decode);
        if (!page) {
            page.error().setRetryAfter(asked);
        } else if (options().keepRawJson) {
            page->rawJson = redacted(std::move(page->rawJson), token());
        }
        return page;
    }

    // Says where it happened, and leaves out what nobody may see.
    [[nodiscard]] Error placed(Error error) const {
        error.setAttempts(attempts_);
        error.setMessage(request_.method + ' ' + call_.services->endpoint->path + ": " + error.message());
        return redacted(std::move(error), token());
    }

    [[nodiscard]] std::string logFacts(const Result<HttpResponse>& answer) const {
        if (!options().log) return {};
        std::string facts = request_.method + ' ' + call_.services->endpoint->path + ' ';
        facts += answer ? std::to_string(answer->status) : std::string(toString(answer.error().kind()));
        facts += " attempt " + std::to_string(attempts_) + ", ";
        facts += std::to_string(answer ? answer->body.size() : 0) + " bytes, ";
        facts += std::to_string(since(attemptBegan_).count()) + " ms";
        if (answer && !answer->protocol.empty()) facts += ", " + answer->protocol;
        return facts;
    }

    void log(LogLevel level, const std::string& line) const {
        if (options().log) options().log(level, redacted(line, token()));
    }

    void finish(Result<BuildPage> result) { std::exchange(done_, nullptr)(std::move(result)); }

    [[nodiscard]] const ClientOptions& options() const noexcept { return call_.services->options; }
    [[nodiscard]] Clock& clock() const noexcept { return *call_.services->clock; }
    [[nodiscard]] const std::string& token() const noexcept { return call_.services->endpoint->token; }

    [[nodiscard]] milliseconds since(std::chrono::steady_clock::time_point then) const {
        return std::chrono::duration_cast<milliseconds>(clock().now() - then);
    }

    const ListCallRequest call_;
    const HttpRequest request_;
    const Executor executor_;
    std::function<void(Result<BuildPage>)> done_;
    const std::chrono::steady_clock::time_point began_;
    std::chrono::steady_clock::time_point attemptBegan_;
    int attempts_ = 0;
};

// Work for a thread that waits for it.
class Mailbox {
public:
    void post(std::function<void()> work) {
        const std::lock_guard<std::mutex> lock(mutex_);
        works_.push(std::move(work));
        arrived_.notify_one();
    }

    void runNext() {
        std::unique_lock<std::mutex> lock(mutex_);
        arrived_.wait(lock, [this] { return !works_.empty(); });
        const std::function<void()> work = std::move(works_.front());
        works_.pop();
        lock.unlock();
        work();
    }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::queue<std::function<void()>> works_;
};

}  // namespace

void startListCall(ListCallRequest request, Executor executor, std::function<void(Result<BuildPage>)> done) {
    const Result<Endpoint>& endpoint = request.services->endpoint;
    if (!endpoint) return done(endpoint.error());
    Result<HttpRequest> http = makeListBuildsRequest(*endpoint, request.filter, request.page);
    if (!http) return done(redacted(std::move(http.error()), endpoint->token));
    std::make_shared<ListCall>(std::move(request), *std::move(http), std::move(executor), std::move(done))->attempt();
}

Result<BuildPage> runListCall(ListCallRequest request) {
    const auto mailbox = std::make_shared<Mailbox>();
    std::optional<Result<BuildPage>> result;
    startListCall(
        std::move(request), [mailbox](std::function<void()> work) { mailbox->post(std::move(work)); },
        [&result](Result<BuildPage> page) { result = std::move(page); });
    while (!result) mailbox->runNext();
    return *std::move(result);
}

}  // namespace applivery::detail
