/// @file
/// Drives a wait for builds from check to check.
#pragma once

#include "client/client_state.hpp"
#include "client/executor.hpp"
#include "client/list_call.hpp"
#include "client/wait_state_machine.hpp"

#include <applivery/build_waiter.hpp>
#include <applivery/result.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace applivery::detail {

/// Returns the clock of a wait; null if the client cannot be used.
[[nodiscard]] std::shared_ptr<Clock> clockOf(const ClientState* client, const WaitOptions& options);

/// Returns the next request of a check, with the time limit that the check has.
[[nodiscard]] Result<ListCallRequest> requestOfCheck(const ClientState* client, const WaitStateMachine& wait,
                                                     const CancellationToken& cancel);

using WaitDone = std::function<void(Result<std::vector<WaitResult>>)>;

/// Begins a wait, which does not keep its client alive. The executor decodes the responses, calls WaitOptions::onEvent,
/// and calls `done` exactly once. Throws std::bad_alloc if the wait cannot begin, and then leaves `done` unchanged.
void startWait(const std::shared_ptr<const ClientState>& client, std::vector<BuildSelector> selectors,
               const WaitOptions& options, std::shared_ptr<Executor> executor, WaitDone&& done);

}  // namespace applivery::detail
