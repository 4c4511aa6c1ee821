/// @file
/// A client without a network, with scripted responses.
#pragma once

#include "support/gtest_names.hpp"

#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>
#include <applivery/testing/virtual_clock.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace applivery::test {

inline constexpr const char* token = "tok/en-0123456789";

inline HttpResponse onePage() {
    return FakeTransport::answer(200, R"({"status":true,"data":{"items":[{"id":"b1"}]}})");
}
inline HttpResponse unavailable(HttpHeaders headers = {}) {
    return FakeTransport::answer(503, "<html>busy</html>", std::move(headers));
}

// Creates a transport with these responses. The last response repeats.
inline std::shared_ptr<FakeTransport> transportOf(const std::vector<FakeTransport::Answer>& script) {
    auto transport = std::make_shared<FakeTransport>([last = script.back()](const HttpRequest&) { return last; });
    for (const FakeTransport::Answer& answer : script) transport->add(answer);
    return transport;
}

// A client's options, with a scripted transport and a virtual clock. Backoff has no jitter.
struct Rig {
    explicit Rig(const std::vector<FakeTransport::Answer>& script) : transport(transportOf(script)) {
        options.clock = clock;
        options.retry.random = [] { return 1.0; };
    }

    [[nodiscard]] BuildsClient client() const { return BuildsClient(AppToken{token}, options, transport); }

    // Returns the lines that all clients created later will log.
    std::shared_ptr<std::vector<std::string>> keepLog() {
        auto lines = std::make_shared<std::vector<std::string>>();
        options.log = [lines](LogLevel, std::string_view line) { lines->emplace_back(line); };
        return lines;
    }

    std::shared_ptr<FakeTransport> transport;
    std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>();
    ClientOptions options;
};

inline BuildsClient clientOf(FakeTransport::Function function, ClientOptions options = {}) {
    if (!options.clock) options.clock = std::make_shared<VirtualClock>();
    return BuildsClient(AppToken{token}, options, std::make_shared<FakeTransport>(std::move(function)));
}

// A transport that calls a function for each request.
class FunctionTransport final : public HttpTransport {
public:
    using Done = std::function<void(Result<HttpResponse>)>;
    using Function = std::function<void(const CancellationToken&, Done)>;

    explicit FunctionTransport(Function function) : function_(std::move(function)) {}

    void send(HttpRequest, CancellationToken cancel, Done done) override { function_(cancel, std::move(done)); }

private:
    Function function_;
};

inline BuildsClient clientOfTransport(FunctionTransport::Function function, ClientOptions options = {}) {
    if (!options.clock) options.clock = std::make_shared<VirtualClock>();
    return BuildsClient(AppToken{token}, options, std::make_shared<FunctionTransport>(std::move(function)));
}

// Checks the results of a blocking and of an asynchronous call.
inline void checkBlockingAndAsyncCall(const BuildsClient& client,
                                      const std::function<void(const Result<BuildPage>&)>& expectation) {
    expectation(client.listBuilds());
    expectation(client.listBuildsAsync().get());
}

// A clock whose time does not pass. Calls a function of the test when a call has to wait.
class BrokenClock final : public Clock {
public:
    explicit BrokenClock(std::function<void(std::function<void()>)> wait) : wait_(std::move(wait)) {}

    [[nodiscard]] std::chrono::steady_clock::time_point now() const override { return {}; }
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override { return {}; }
    void callAfter(std::chrono::milliseconds, CancellationToken, std::function<void()> wake) override {
        wait_(std::move(wake));
    }

private:
    std::function<void(std::function<void()>)> wait_;
};

}  // namespace applivery::test
