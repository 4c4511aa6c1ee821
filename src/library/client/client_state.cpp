#include "client/client_state.hpp"

#include "core/transport_options.hpp"

#include <atomic>
#include <chrono>
#include <utility>

namespace applivery::detail {
namespace {

// Ignores the options of the transport if the client does not create its transport from them.
Result<Endpoint> validatedEndpoint(const Credentials& credentials, const ClientOptions& options, bool makesTransport) {
    if (makesTransport) {
        if (auto fault = validateTransportOptions(options)) return *std::move(fault);
    }
    return makeEndpoint(credentials, options);
}

// Does not own the client's clock, because the thread of the clock must end with the client.
class WeakClock final : public Clock {
public:
    explicit WeakClock(const std::shared_ptr<Clock>& clock) : clock_(clock) {}

    [[nodiscard]] std::chrono::steady_clock::time_point now() const override {
        const auto clock = clock_.lock();
        return clock ? (lastNow_ = clock->now()) : lastNow_.load();
    }
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override {
        const auto clock = clock_.lock();
        return clock ? (lastWallNow_ = clock->wallNow()) : lastWallNow_.load();
    }
    void callAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        if (const auto clock = clock_.lock()) clock->callAfter(delay, std::move(token), std::move(wake));
    }
    void alarmAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        if (const auto clock = clock_.lock()) clock->alarmAfter(delay, std::move(token), std::move(wake));
    }

private:
    const std::weak_ptr<Clock> clock_;
    mutable std::atomic<std::chrono::steady_clock::time_point> lastNow_{};
    mutable std::atomic<std::chrono::system_clock::time_point> lastWallNow_{};
};

}  // namespace

ClientState::ClientState(const Credentials& credentials, ClientOptions options,
                         std::shared_ptr<HttpTransport> transport, std::shared_ptr<CompletionThread> completions)
    : log_(options.log),
      hostExecutor_(options.executor ? std::make_shared<HostExecutor>(std::exchange(options.executor, nullptr))
                                     : nullptr),
      completions_(completions ? std::move(completions) : std::make_shared<CompletionThread>()),
      clock_(options.clock ? std::exchange(options.clock, nullptr) : makeSystemClock()),
      transport_(transport ? transport : makeCurlTransport(options)),
      context_(validatedEndpoint(credentials, options, transport == nullptr).transform([&](Endpoint endpoint) {
          return std::make_shared<const CallContext>(CallContext{std::move(endpoint), std::move(options), transport_,
                                                                 std::make_shared<WeakClock>(clock_),
                                                                 RateLimiter::of(transport_)});
      })) {
    if (!context_) return;
    const CallContext& context = **context_;
    if (context.options.maxRequestsPerSecond) limit_.emplace(context.limiter, *context.options.maxRequestsPerSecond);
}

ClientState::~ClientState() {
    // In a forked child, another thread of the parent may have held a lock of the calls at the fork.
    if (!forkGuard_.isForkedChild()) source_.cancel();
}

Result<std::shared_ptr<Executor>> ClientState::executor() const {
    if (hostExecutor_) return hostExecutor_;
    return completions_->executor();
}

std::shared_ptr<const CallContext> contextOf(const ClientState* client) {
    return client != nullptr && client->context() ? *client->context() : nullptr;
}

Result<ListCallRequest> requestOf(const ClientState* client, BuildFilter filter, Page page, CancellationToken cancel) {
    if (client == nullptr) {
        return Error(ErrorKind::invalidArgument, "this client was moved from. Use the client that it was moved to.");
    }
    if (auto refusal = client->errorIfForkedChild()) {
        logLine(client->log(), LogLevel::error, refusal->message());
        return *std::move(refusal);
    }
    if (!client->context()) logLine(client->log(), LogLevel::error, client->context().error().message());
    return client->context().transform([&](const std::shared_ptr<const CallContext>& context) {
        return ListCallRequest{context, std::move(filter), page, client->clientCancellation(), std::move(cancel)};
    });
}

AsyncRequest asyncRequestOf(const ClientState* client, BuildFilter filter, Page page, CancellationToken cancel) {
    auto request = requestOf(client, std::move(filter), page, std::move(cancel));
    if (client != nullptr) {
        auto executor = client->executor();
        if (executor) return {std::move(request), *std::move(executor)};
        request = std::move(executor.error());
    }
    return {std::move(request), std::make_shared<HostExecutor>()};
}

}  // namespace applivery::detail
