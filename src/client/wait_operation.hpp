/// @file
/// A wait for builds on its way from check to check.
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

/// The clock that a wait goes by. Of a client that cannot be used there is none.
[[nodiscard]] std::shared_ptr<Clock> clockOf(const ClientState* client, const WaitOptions& options);

/// The next request of a check.
[[nodiscard]] Result<ListCallRequest> requestOfCheck(const ClientState* client, const WaitStateMachine& wait,
                                                     const CancellationToken& cancel);

using WaitDone = std::function<void(Result<std::vector<WaitResult>>)>;

/// Begins a wait, which does not keep its client alive. `done` is called exactly once, by the executor, where the
/// checks are also decoded and WaitOptions::onEvent is called. Throws, for want of memory, where it could not even
/// begin, and then leaves `done` as it was.
void startWait(const std::shared_ptr<const ClientState>& client, std::vector<BuildSelector> selectors,
               const WaitOptions& options, std::shared_ptr<Executor> executor, WaitDone&& done);

}  // namespace applivery::detail
