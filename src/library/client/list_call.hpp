/// @file
/// One call of listBuilds: its attempts, the backoff between them, and its outcome.
#pragma once

#include "client/client_state.hpp"
#include "core/executor.hpp"

#include <applivery/build_page.hpp>
#include <applivery/result.hpp>

#include <functional>
#include <memory>

namespace applivery::detail {

/// Receives the outcome of a call. Exceptions of `done` are ignored.
struct ListCallCallback {
    std::function<void(Result<BuildPage>)> done;
    bool isForAnyThread = false;  ///< `done` need not run on the executor.
};

/// Starts a call. The executor decodes the responses, and calls `callback` exactly once. A callback for any thread may
/// run elsewhere. If `request` is an error, this error is the outcome. Throws std::bad_alloc if the call cannot start:
/// `callback` is then never called.
void startListCall(Result<ListCallRequest> request, std::shared_ptr<Executor> executor,
                   const ListCallCallback& callback);

}  // namespace applivery::detail
