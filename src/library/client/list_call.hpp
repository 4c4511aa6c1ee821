/// @file
/// One call of listBuilds: its attempts, the time between them, and its outcome.
#pragma once

#include "client/client_state.hpp"
#include "client/executor.hpp"

#include <applivery/build_filter.hpp>
#include <applivery/build_page.hpp>
#include <applivery/cancellation.hpp>
#include <applivery/result.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace applivery::detail {

struct ListCallRequest {
    std::shared_ptr<const CallContext> context;
    BuildFilter filter;
    Page page;
    CancellationToken clientCancellation;  ///< Cancelled with the client.
    CancellationToken cancel;              ///< Of the caller.
    /// Time from the creation of the call to the end of its last attempt. Absent: only the retry policy limits the
    /// call.
    std::optional<std::chrono::milliseconds> timeBudget{};
};

/// Returns the request of a call. Fails if the client refuses all calls, or was moved from (null).
[[nodiscard]] Result<ListCallRequest> requestOf(const ClientState* client, BuildFilter filter, Page page = {},
                                                CancellationToken cancel = {});

/// Completion handler of a call. Exceptions that it throws are ignored.
struct ListCallCallback {
    std::function<void(Result<BuildPage>)> done;
    bool isForAnyThread = false;  ///< If no response must be decoded first, runs on the current thread.
};

/// Starts a call. The executor decodes the responses, and calls `callback` exactly once. If `request` is an error, so
/// is the outcome. Throws std::bad_alloc if the call cannot start; `callback` is then never called.
void startListCall(Result<ListCallRequest> request, std::shared_ptr<Executor> executor,
                   const ListCallCallback& callback);

}  // namespace applivery::detail
