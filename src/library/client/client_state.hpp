/// @file
/// What the copies of a client share, and what its calls see of it.
#pragma once

#include "client/completion_thread.hpp"
#include "client/executor.hpp"
#include "client/rate_limiter.hpp"
#include "core/fork_guard.hpp"
#include "request/list_builds_request.hpp"

#include <applivery/cancellation.hpp>
#include <applivery/client_options.hpp>
#include <applivery/credentials.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/result.hpp>

#include <memory>
#include <optional>

namespace applivery::detail {

/// What a call needs. It may outlive the client, and must not keep alive what ends with it: the transport's thread and
/// the clock's, which would then have to end themselves.
struct CallContext {
    Endpoint endpoint;
    ClientOptions options;  ///< Without clock and executor.
    std::weak_ptr<HttpTransport> transport;
    std::weak_ptr<Clock> clock;
    std::shared_ptr<RateLimiter> limiter;  ///< Of the transport.
};

/// Owned by the copies of one client.
class ClientState {
public:
    /// @param completions to share; null makes one.
    ClientState(const Credentials& credentials, ClientOptions options, std::shared_ptr<HttpTransport> transport,
                std::shared_ptr<CompletionThread> completions = nullptr);
    ClientState(const ClientState&) = delete;
    ClientState& operator=(const ClientState&) = delete;

    /// Ends the calls that are in flight, then the transport, the clock and the thread of completions, unless they are
    /// shared.
    ~ClientState();

    /// Or why every call is refused.
    [[nodiscard]] const Result<std::shared_ptr<const CallContext>>& context() const noexcept { return context_; }

    /// Where answers are decoded and completions run; or why the system or a fork refuses the thread for it.
    [[nodiscard]] Result<std::shared_ptr<Executor>> executor() const;

    /// An error in a forked child of the process that made it, or the workspace that it is of.
    [[nodiscard]] std::optional<Error> refusalInChild() const { return completions_->refusalInChild(); }

    [[nodiscard]] const Logger& log() const noexcept { return log_; }

    /// Cancelled when the last copy of the client is gone.
    [[nodiscard]] CancellationToken clientCancellation() const noexcept { return lifetime_.token(); }

private:
    ForkGuard forkGuard_;
    Logger log_;
    std::shared_ptr<Executor> hostExecutor_;         // null where the host gave none
    std::shared_ptr<CompletionThread> completions_;  // ends behind what posts to it
    std::shared_ptr<Clock> clock_;
    std::shared_ptr<HttpTransport> transport_;
    Result<std::shared_ptr<const CallContext>> context_;
    std::optional<RateLimiter::Limit> limit_;  // applies as long as the client lives
    CancellationSource lifetime_;
};

// Of a client that may have been moved from (null).

/// What its calls need; null where it cannot be used.
[[nodiscard]] std::shared_ptr<const CallContext> contextOf(const ClientState* client);

/// Its executor, or why it can have none.
[[nodiscard]] Result<std::shared_ptr<Executor>> executorOf(const ClientState* client);

/// The error of every call of a client that was moved from.
[[nodiscard]] Error wasMovedFrom();

}  // namespace applivery::detail
