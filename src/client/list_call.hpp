/// @file
/// One call of listBuilds: its attempts, the waits between them, and its one outcome.
#pragma once

#include "client/client_state.hpp"
#include "client/executor.hpp"

#include <applivery/build_filter.hpp>
#include <applivery/build_page.hpp>
#include <applivery/cancellation.hpp>
#include <applivery/result.hpp>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>

namespace applivery::detail {

struct ListCallRequest {
    std::shared_ptr<const CallContext> context;
    BuildFilter filter;
    Page page;
    CancellationToken lifetime;  ///< Of the client.
    CancellationToken cancel;    ///< The caller's.
    /// From its making, in which its turn and its last attempt must come; absent: as long as it takes, and its policy.
    std::optional<std::chrono::milliseconds> patience{};
};

/// Fails where the client refuses every call, or was moved from (null).
[[nodiscard]] Result<ListCallRequest> requestOf(const ClientState* client, BuildFilter filter, Page page = {},
                                                CancellationToken cancel = {});

/// Begins a call. `done` is called exactly once, by the executor or, where the call is refused, before this returns; it
/// must not throw. Answers are decoded where the executor runs its work. Throws where the call could not even begin.
void startListCall(ListCallRequest request, std::shared_ptr<Executor> executor,
                   std::function<void(Result<BuildPage>)> done);

/// The same call, of the request that is made by `make`; what that throws is the call's outcome. Throws where there is
/// no memory for the future.
[[nodiscard]] std::future<Result<BuildPage>> runListCallAsync(const std::function<Result<ListCallRequest>()>& make);

/// The same call; returns when it is done. Its work is done on the calling thread.
[[nodiscard]] Result<BuildPage> runListCall(ListCallRequest request);

}  // namespace applivery::detail
