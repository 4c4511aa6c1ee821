/// @file
/// For the tests of programs that use the library: a service without a network.
///
/// What the service sends is JSON in an envelope, and FakeTransport::answer() and FakeTransport::error() make it. A
/// list is answered by HTTP 200 and
///
///     {"status":true,"data":{"items":[{"id":"6731e9e7a1b2c3d4e5f60718","status":"processed",…}],
///      "page":1,"limit":100,"totalPages":1,"totalDocs":1,"hasNextPage":false}}
///
/// of which `items` alone is certain, and a refusal by HTTP 401, 404 and the like and
///
///     {"status":false,"error":{"code":4004,"message":"Invalid Token"}}
///
/// whose codes are in applivery::api_code. What comes between, such as a gateway, answers with HTML or with nothing.
#pragma once

#include <applivery/build_json.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/testing/ending.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace applivery {
namespace testing {

/// A transport that answers at once, on the thread that sends, and keeps the requests. Give it to a client, together
/// with a VirtualClock where the client may try again: a backoff of the real clock takes seconds.
///
/// Safe to use from many threads at once; which request takes which answer of a script is then for them to say.
class FakeTransport final : public HttpTransport {
public:
    /// What a request gets: an answer, or an error; where absent, silence until it is cancelled.
    using Answer = std::optional<Result<HttpResponse>>;

    /// Says what a request gets. Called on the threads that send, several at once. What it throws is the transport's.
    using Function = std::function<Answer(const HttpRequest&)>;

    /// Gives the first answer to the first request, and so on. A request beyond the last fails as
    /// ErrorKind::invalidArgument, which no client tries again, and the message says that the script has ended.
    template <typename... Answers, typename = std::enable_if_t<(std::is_convertible_v<Answers, Answer> && ...)>>
    explicit FakeTransport(Answers... script) : script_{Answer(std::move(script))...} {}

    /// Answers by a function of the request.
    explicit FakeTransport(Function function) : otherwise_(std::move(function)) {}

    /// Fails the requests that are in silence as ErrorKind::cancelled.
    ~FakeTransport() override {
        for (const auto& request : silent_) request->run();
    }
    FakeTransport(const FakeTransport&) = delete;
    FakeTransport& operator=(const FakeTransport&) = delete;

    /// Adds to the script.
    FakeTransport& add(Answer answer) {
        const std::lock_guard<std::mutex> lock(mutex_);
        script_.push_back(std::move(answer));
        return *this;
    }

    /// Answers by this function where the script has ended.
    FakeTransport& otherwise(Function function) {
        const std::lock_guard<std::mutex> lock(mutex_);
        otherwise_ = std::move(function);
        return *this;
    }

    /// HTTP 200 with the page in the service's envelope. A client reads the page that is equal to this one, but for
    /// `rawJson` and `serverTime`.
    [[nodiscard]] static HttpResponse answer(const BuildPage& page) { return answer(200, toJson(page)); }

    /// Any answer, also of a gateway.
    [[nodiscard]] static HttpResponse answer(int status, std::string body, HttpHeaders headers = {}) {
        HttpResponse response;
        response.status = status;
        response.headers = std::move(headers);
        response.body = std::move(body);
        return response;
    }

    /// A refusal of the service: its code, as in applivery::api_code, and its message, in its envelope.
    [[nodiscard]] static HttpResponse error(int code, std::string_view message, int http) {
        return answer(http, errorToJson(code, message));
    }

    /// No answer, but a failure of the network: of the kinds that HttpTransport::send() names.
    [[nodiscard]] static Error fail(ErrorKind kind) {
        return Error(kind, "the fake transport was told to fail as " + std::string(toString(kind)));
    }

    /// Neither, until the request is cancelled or the transport is destroyed.
    [[nodiscard]] static Answer silence() { return std::nullopt; }

    /// All requests so far, in order, also those that were told that the script has ended.
    [[nodiscard]] std::vector<HttpRequest> requests() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return requests_;
    }

    /// A request that is cancelled already fails as ErrorKind::cancelled, is not kept, and takes no answer.
    void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) override {
        if (token.isCancelled())
            return done(Error(ErrorKind::cancelled, "cancelled before the fake transport was asked"));
        Answer answer = answerTo(request);
        if (answer) return done(*std::move(answer));
        const auto silent = detail::Ending::of(
            [done = std::move(done)] {
                done(Error(ErrorKind::cancelled, "cancelled while the fake transport was silent"));
            },
            token);
        keep(silent);
    }

private:
    Answer answerTo(const HttpRequest& request) {
        Function function;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            requests_.push_back(request);
            requests_.back().onStart = nullptr;  // the call's own, which must not outlive it
            if (next_ < script_.size()) return script_[next_++];
            if (!otherwise_) return ended(request);
            function = otherwise_;
        }
        return function(request);
    }

    // And lets go of those that have ended: outside the lock, since that may wait for one that is ending.
    void keep(const std::shared_ptr<detail::Ending>& silent) {
        std::vector<std::shared_ptr<detail::Ending>> ended;
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto first = std::partition(silent_.begin(), silent_.end(), [](const auto& s) { return !s->hasRun(); });
        ended.assign(first, silent_.end());
        silent_.erase(first, silent_.end());
        silent_.push_back(silent);
    }

    [[nodiscard]] Error ended(const HttpRequest& request) const {
        return Error(ErrorKind::invalidArgument,
                     "the script of the fake transport has ended: it has " + std::to_string(script_.size()) +
                         " answers, and this is request " + std::to_string(requests_.size()) + ", " + request.method +
                         ' ' + request.url + ". Add an answer, or a function by FakeTransport::otherwise().");
    }

    mutable std::mutex mutex_{};
    std::vector<Answer> script_{};
    std::size_t next_ = 0;
    Function otherwise_{};
    std::vector<HttpRequest> requests_{};
    std::vector<std::shared_ptr<detail::Ending>> silent_{};
};

}  // namespace testing

using testing::FakeTransport;

}  // namespace applivery
