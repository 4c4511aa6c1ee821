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
    CancellationToken clientCancellation;  ///< Of the client.
    CancellationToken cancel;              ///< The caller's.
    /// From its making, in which its turn and its last attempt must come; absent: as long as it takes, and its policy.
    std::optional<std::chrono::milliseconds> timeBudget{};
};

/// Fails where the client refuses every call, or was moved from (null).
[[nodiscard]] Result<ListCallRequest> requestOf(const ClientState* client, BuildFilter filter, Page page = {},
                                                CancellationToken cancel = {});

/// Who is told the outcome of a call. What they throw is nobody's.
struct ListCallCompletion {
    std::function<void(Result<BuildPage>)> done;
    bool isAnywhere = false;  ///< They may be told on any thread, where nothing has to be decoded before.
};

/// Begins a call. Its completion is called exactly once, by the executor, where answers are also decoded. Throws where
/// the call could not even begin.
void startListCall(ListCallRequest request, std::shared_ptr<Executor> executor, const ListCallCompletion& completion);

/// Of a client that may have been moved from (null), and of which the request is made by `make`. The completion is
/// called on the client's executor; or before this returns, where not even that can be had. What is thrown on the way,
/// for want of memory, is the call's outcome.
void runListCallAsync(const ClientState* client, const std::function<Result<ListCallRequest>()>& make,
                      const ListCallCompletion& completion) noexcept;

/// The same, with a future. Throws where there is no memory for it.
[[nodiscard]] std::future<Result<BuildPage>> runListCallAsync(const ClientState* client,
                                                              const std::function<Result<ListCallRequest>()>& make);

/// The same call; returns when it is done. Its work is done on the calling thread.
[[nodiscard]] Result<BuildPage> runListCall(ListCallRequest request);

}  // namespace applivery::detail
