/// @file
/// Defines FakeTransport, a test double of the service for the tests of programs that use the library.
///
/// The service sends JSON in an envelope, which FakeTransport::answer() and FakeTransport::error() create. A list of
/// builds is HTTP 200 with the following body, in which only `items` is certain:
///
///     {"status":true,"data":{"items":[{"id":"6731e9e7a1b2c3d4e5f60718","status":"processed",…}],
///      "page":1,"limit":100,"totalPages":1,"totalDocs":1,"hasNextPage":false}}
///
/// An error is HTTP 401, 404 or the like with the following body. The codes are in applivery::api_code.
///
///     {"status":false,"error":{"code":4004,"message":"Invalid Token"}}
///
/// A gateway between the client and the service responds with HTML or with an empty body.
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

/// Responds to requests with a script or a function, without a network, and records the requests.
///
/// Responds on the thread that sends, before send() returns. If the client may retry, also give the client a
/// VirtualClock, because the backoff of the real clock takes seconds.
///
/// @code
/// using applivery::testing::FakeTransport;
/// applivery::BuildPage empty;
/// const auto service =
///     std::make_shared<FakeTransport>(FakeTransport::answer(503, "<html>busy</html>"), FakeTransport::answer(empty));
/// applivery::ClientOptions options;
/// options.clock = std::make_shared<applivery::testing::VirtualClock>();
/// const applivery::BuildsClient client{applivery::AppToken{"any-token"}, options, service};
/// const bool succeeds = client.listBuilds().has_value() && service->requests().size() == 2;
/// @endcode
///
/// Thread-safe. If several threads send requests, the responses of a script are assigned in the order of the calls.
class FakeTransport final : public HttpTransport {
public:
    /// Holds the outcome of a request: a response or an error. If absent, the request stays pending until it is
    /// cancelled.
    using Answer = std::optional<Result<HttpResponse>>;

    /// Returns the outcome of a request. Called on the threads that send, several at once. send() rethrows exceptions.
    using Function = std::function<Answer(const HttpRequest&)>;

    /// Creates a transport with a script: the first answer is for the first request, and so on.
    ///
    /// A request after the end of the script fails with ErrorKind::invalidArgument, which is never retried.
    template <typename... Answers, typename = std::enable_if_t<(std::is_convertible_v<Answers, Answer> && ...)>>
    explicit FakeTransport(Answers... script) : script_{Answer(std::move(script))...} {}

    /// Creates a transport that calls the function for each request.
    ///
    /// @code
    /// using applivery::testing::FakeTransport;
    /// const auto service = std::make_shared<FakeTransport>([&](const applivery::HttpRequest& request) {
    ///     const bool isFirstPage = request.url.find("page=2") == std::string::npos;
    ///     return FakeTransport::answer(isFirstPage ? firstPage : secondPage);
    /// });
    /// @endcode
    explicit FakeTransport(Function function) : otherwise_(std::move(function)) {}

    /// Ends the pending requests with ErrorKind::cancelled.
    ~FakeTransport() override {
        for (const auto& request : pending_) request->run();
    }
    FakeTransport(const FakeTransport&) = delete;
    FakeTransport& operator=(const FakeTransport&) = delete;

    /// Appends an answer to the script. Returns this object.
    FakeTransport& add(Answer answer) {
        const std::lock_guard<std::mutex> lock(mutex_);
        script_.push_back(std::move(answer));
        return *this;
    }

    /// Sets the function for requests after the end of the script. Returns this object.
    FakeTransport& otherwise(Function function) {
        const std::lock_guard<std::mutex> lock(mutex_);
        otherwise_ = std::move(function);
        return *this;
    }

    /// Returns HTTP 200 with the page in the service's envelope. A client reads an equal page, except for `rawJson` and
    /// `serverTime`.
    [[nodiscard]] static HttpResponse answer(const BuildPage& page) { return answer(200, toJson(page)); }

    /// Returns a response of any form, such as that of a gateway.
    [[nodiscard]] static HttpResponse answer(int status, std::string body, HttpHeaders headers = {}) {
        HttpResponse response;
        response.status = status;
        response.headers = std::move(headers);
        response.body = std::move(body);
        return response;
    }

    /// Returns an error of the service in its envelope.
    ///
    /// @param code such as applivery::api_code::invalidToken.
    /// @param message text of the error.
    /// @param http HTTP status, such as 401.
    [[nodiscard]] static HttpResponse error(int code, std::string_view message, int http) {
        return answer(http, errorToJson(code, message));
    }

    /// Returns a failure of the network, of a kind that HttpTransport::send() lists.
    [[nodiscard]] static Error fail(ErrorKind kind) {
        return Error(kind, "the script of the fake transport contains this failure: " + std::string(toString(kind)));
    }

    /// Returns an answer that keeps the request pending until it is cancelled or the transport is destroyed.
    [[nodiscard]] static Answer silence() { return std::nullopt; }

    /// Returns all requests so far, in order. Includes requests after the end of the script.
    [[nodiscard]] std::vector<HttpRequest> requests() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return requests_;
    }

    /// Records the request and calls `done`. A request that is cancelled already ends with ErrorKind::cancelled; it is
    /// not recorded, and takes no answer of the script.
    void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) override {
        if (token.isCancelled())
            return done(Error(ErrorKind::cancelled, "the request was cancelled before the fake transport received it"));
        Answer answer = answerTo(request);
        if (answer) return done(*std::move(answer));
        const auto pending = detail::Ending::of(
            [done = std::move(done)] {
                done(Error(ErrorKind::cancelled, "the request was cancelled while it was pending"));
            },
            token);
        storePending(pending);
    }

private:
    Answer answerTo(const HttpRequest& request) {
        Function function;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            requests_.push_back(request);
            requests_.back().onStart = nullptr;  // refers to the call, which may end before this object
            if (next_ < script_.size()) return script_[next_++];
            if (!otherwise_) return ended(request);
            function = otherwise_;
        }
        return function(request);
    }

    // Stores a pending request, and destroys the requests that have ended. These are destroyed without the lock,
    // because a destructor may wait for a request that is ending.
    void storePending(const std::shared_ptr<detail::Ending>& pending) {
        std::vector<std::shared_ptr<detail::Ending>> ended;
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto first = std::partition(pending_.begin(), pending_.end(), [](const auto& s) { return !s->hasRun(); });
        ended.assign(first, pending_.end());
        pending_.erase(first, pending_.end());
        pending_.push_back(pending);
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
    std::vector<std::shared_ptr<detail::Ending>> pending_{};
};

}  // namespace testing

using testing::FakeTransport;

}  // namespace applivery
