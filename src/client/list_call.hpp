/// @file
/// One call of listBuilds: its attempts, the waits between them, and its one outcome.
#pragma once

#include "client/client_core.hpp"

#include <applivery/build_filter.hpp>
#include <applivery/build_page.hpp>
#include <applivery/cancellation.hpp>
#include <applivery/result.hpp>

#include <functional>
#include <memory>

namespace applivery::detail {

/// Runs a piece of a call's work: at once, or later on another thread.
using Executor = std::function<void(std::function<void()> work)>;

struct ListCallRequest {
    std::shared_ptr<const Services> services;
    BuildFilter filter;
    Page page;
    CancellationToken token;
};

/// Begins a call. `done` is called exactly once, by the executor or, where the call is refused, before this returns.
/// Answers are decoded where the executor runs its work.
void startListCall(ListCallRequest request, Executor executor, std::function<void(Result<BuildPage>)> done);

/// The same call; returns when it is done. Its work is done on the calling thread.
[[nodiscard]] Result<BuildPage> runListCall(ListCallRequest request);

}  // namespace applivery::detail
