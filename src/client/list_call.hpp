/// @file
/// One call of listBuilds: its attempts, the waits between them, and its one outcome.
#pragma once

#include "client/client_state.hpp"
#include "client/executor.hpp"

#include <applivery/build_filter.hpp>
#include <applivery/build_page.hpp>
#include <applivery/cancellation.hpp>
#include <applivery/result.hpp>

#include <functional>
#include <memory>

namespace applivery::detail {

struct ListCallRequest {
    std::shared_ptr<const CallContext> context;
    BuildFilter filter;
    Page page;
    CancellationToken lifetime;  ///< Of the client.
    CancellationToken cancel;    ///< The caller's.
};

/// Fails where the client refuses every call, or was moved from (null).
[[nodiscard]] Result<ListCallRequest> requestOf(const ClientState* client, BuildFilter filter, Page page = {},
                                                CancellationToken cancel = {});

/// Begins a call. `done` is called exactly once, by the executor or, where the call is refused, before this returns; it
/// must not throw. Answers are decoded where the executor runs its work. Throws where the call could not even begin.
void startListCall(ListCallRequest request, std::shared_ptr<Executor> executor,
                   std::function<void(Result<BuildPage>)> done);

/// The same call; returns when it is done. Its work is done on the calling thread.
[[nodiscard]] Result<BuildPage> runListCall(ListCallRequest request);

}  // namespace applivery::detail
