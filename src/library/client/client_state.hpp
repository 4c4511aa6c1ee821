/// @file
/// State that the copies of a client share, and the context of its calls.
#pragma once

#include "core/executor.hpp"
#include "core/fork_guard.hpp"
#include "core/log.hpp"
#include "core/user_code.hpp"
#include "http/rate_limiter.hpp"
#include "request/list_builds_request.hpp"

#include <applivery/build_filter.hpp>
#include <applivery/cancellation.hpp>
#include <applivery/client_options.hpp>
#include <applivery/credentials.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/result.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace applivery::detail {

/// Contains the parts of a client that a call needs.
///
/// Does not own the transport and the client's clock: a call may outlive the client, and must not destroy them on the
/// thread that ends the call.
struct CallContext {
    Endpoint endpoint;
    ClientOptions options;  ///< Without clock and executor.
    std::weak_ptr<HttpTransport> transport;
    /// Refers to the client's clock. After the client has ended, repeats the last time that was read.
    std::shared_ptr<Clock> clock;
    std::shared_ptr<RateLimiter> limiter;  ///< Shared by all clients of the transport.

    /// Logs a line, with the secret redacted.
    void log(LogLevel level, const std::string& line) const {
        if (options.log) logLine(options.log, level, endpoint.secret.redacted(line));
    }

    /// Logs an error, and returns it with the secret redacted.
    /// @param facts Precede the message in the log.
    [[nodiscard]] Error logged(Error error, const std::string& facts = {}) const {
        log(LogLevel::error, facts + error.message());
        return endpoint.secret.redacted(std::move(error));
    }
};

/// Describes a call of listBuilds.
struct ListCallRequest {
    std::shared_ptr<const CallContext> context;
    BuildFilter filter;
    Page page;
    CancellationToken clientCancellation;  ///< Cancelled when the client is destroyed.
    CancellationToken cancel;              ///< Token of the caller.
    /// Limits the time from the creation of the call to the end of its last attempt. The time of an attempt in the
    /// transport's queue does not count. If absent, only the retry policy and the transport limit the call.
    std::optional<std::chrono::milliseconds> timeBudget{};
};

/// Owns the state that the copies of one client share.
class ClientState {
public:
    /// @param completions Shared with other clients. If null, the client gets its own.
    ClientState(const Credentials& credentials, ClientOptions options, std::shared_ptr<HttpTransport> transport,
                std::shared_ptr<CompletionThread> completions = nullptr);
    ClientState(const ClientState&) = delete;
    ClientState& operator=(const ClientState&) = delete;

    /// Cancels the calls in flight, except in a forked child. Then releases the transport, the clock and the completion
    /// thread. Each of them ends unless another owner shares it.
    ~ClientState();

    /// Returns the context of all calls, or the error of all calls.
    [[nodiscard]] const Result<std::shared_ptr<const CallContext>>& context() const noexcept { return context_; }

    /// Returns the executor for decoding and callbacks: ClientOptions::executor if set, otherwise that of the
    /// completion thread. CompletionThread::executor() lists the errors.
    [[nodiscard]] Result<std::shared_ptr<Executor>> executor() const;

    /// Returns an error in a forked child of the process that created the client or its workspace.
    [[nodiscard]] std::optional<Error> errorIfForkedChild() const { return completions_->errorIfForkedChild(); }

    [[nodiscard]] const Logger& log() const noexcept { return log_; }

    /// Returns the token that the destructor cancels.
    [[nodiscard]] CancellationToken clientCancellation() const noexcept { return source_.token(); }

private:
    ForkGuard forkGuard_;
    Logger log_;
    std::shared_ptr<Executor> hostExecutor_;         // ClientOptions::executor; may be null
    std::shared_ptr<CompletionThread> completions_;  // destroyed after the members that post to it
    std::shared_ptr<Clock> clock_;
    std::shared_ptr<HttpTransport> transport_;
    Result<std::shared_ptr<const CallContext>> context_;
    std::optional<RateLimiter::Limit> limit_;
    CancellationSource source_;
};

// A null `client` below means that the client was moved from.

/// Returns the context of the client's calls; null if the client cannot be used.
[[nodiscard]] std::shared_ptr<const CallContext> contextOf(const ClientState* client);

/// Returns the request of a call. Fails if the client refuses all calls. Logs this error, unless the client was moved
/// from.
[[nodiscard]] Result<ListCallRequest> requestOf(const ClientState* client, BuildFilter filter = {}, Page page = {},
                                                CancellationToken cancel = {});

/// Contains what an asynchronous operation needs to start.
struct AsyncRequest {
    Result<ListCallRequest> request;
    std::shared_ptr<Executor> executor;  ///< Never null.
};

/// Returns the request of a call, and the client's executor. If ClientState::executor() fails, the request is its
/// error. In this case, and if the client was moved from, the returned executor runs tasks inside post().
[[nodiscard]] AsyncRequest asyncRequestOf(const ClientState* client, BuildFilter filter = {}, Page page = {},
                                          CancellationToken cancel = {});

/// Returns a function that calls `done`, the user's callback. If `done` throws, the function logs the exception with
/// the secret redacted. If `done` is null, the function does nothing.
/// @param context Null if the client cannot be used: nothing is logged then.
template <typename T>
std::function<void(T)> loggingCallback(std::shared_ptr<const CallContext> context, std::function<void(T)> done) {
    return [context = std::move(context), done = std::move(done)](T outcome) {
        if (!done) return;
        const auto thrown = invokeUserCode("the completion of a call", [&] { done(std::move(outcome)); });
        if (thrown && context) {
            (void)invokeUserCode("", [&] { context->log(LogLevel::error, thrown->message()); });
        }
    };
}

}  // namespace applivery::detail
