/// @file
/// Doubles for the library's two seams: a transport that answers from a script, and a clock without wall time.
#pragma once

#include <applivery/clock.hpp>
#include <applivery/http_transport.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace applivery::test {

/// Answers at once, from its script; the last answer repeats.
class FakeTransport final : public HttpTransport {
public:
    explicit FakeTransport(std::deque<Result<HttpResponse>> script) : script_(std::move(script)) {}

    void send(HttpRequest request, CancellationToken, std::function<void(Result<HttpResponse>)> done) override {
        std::unique_lock<std::mutex> lock(mutex_);
        requests_.push_back(std::move(request));
        Result<HttpResponse> answer = script_.front();
        if (script_.size() > 1) script_.pop_front();
        lock.unlock();
        done(std::move(answer));
    }

    [[nodiscard]] std::vector<HttpRequest> requests() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return requests_;
    }

private:
    mutable std::mutex mutex_;
    std::deque<Result<HttpResponse>> script_;
    std::vector<HttpRequest> requests_;
};

/// Never answers by itself: waits for cancellation, as a real transport would complete it.
class SilentTransport final : public HttpTransport {
public:
    void send(HttpRequest, CancellationToken token, std::function<void(Result<HttpResponse>)> done) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        callbacks_.push_back(std::make_unique<CancellationCallback>(
            token, [done = std::move(done)] { done(Error(ErrorKind::cancelled, "cancelled")); }));
    }

private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<CancellationCallback>> callbacks_;
};

/// Does with each request what the test says.
class FunctionTransport final : public HttpTransport {
public:
    using Done = std::function<void(Result<HttpResponse>)>;
    using Function = std::function<void(const HttpRequest&, const CancellationToken&, Done)>;

    explicit FunctionTransport(Function function) : function_(std::move(function)) {}

    void send(HttpRequest request, CancellationToken token, Done done) override {
        function_(request, token, std::move(done));
    }

private:
    Function function_;
};

/// Time passes only while something waits for it, and then at once.
class VirtualClock final : public Clock {
public:
    [[nodiscard]] std::chrono::steady_clock::time_point now() const override {
        const std::lock_guard<std::mutex> lock(mutex_);
        return std::chrono::steady_clock::time_point{} + elapsed_;
    }

    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override {
        const std::lock_guard<std::mutex> lock(mutex_);
        return std::chrono::system_clock::from_time_t(1'700'000'000) + elapsed_;
    }

    void callAfter(std::chrono::milliseconds delay, CancellationToken, std::function<void()> wake) override {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            elapsed_ += std::min<std::chrono::milliseconds>(delay, std::chrono::hours{24 * 365});
            delays_.push_back(delay);
        }
        wake();
    }

    [[nodiscard]] std::vector<std::chrono::milliseconds> delays() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return delays_;
    }

private:
    mutable std::mutex mutex_;
    std::chrono::milliseconds elapsed_{0};
    std::vector<std::chrono::milliseconds> delays_;
};

}  // namespace applivery::test
