#include "client/async_walk.hpp"
#include "client/client_state.hpp"
#include "client/completion.hpp"
#include "client/executor.hpp"
#include "client/host_executor.hpp"
#include "client/list_call.hpp"
#include "client/page_walk.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"

#include <applivery/builds_client.hpp>

#include <utility>

namespace applivery {
namespace {

// What is thrown on the way into a call, where memory is refused, is its outcome.
template <typename Call>
Result<BuildPage> withoutThrowing(Call&& call) noexcept {
    try {
        return std::forward<Call>(call)();
    } catch (...) {
        return detail::errorOfException("the call");
    }
}

// @param isKept whether the walk keeps the client alive.
std::shared_ptr<detail::AsyncWalk> asyncWalk(const std::shared_ptr<const detail::ClientState>& client, bool isKept,
                                             BuildFilter filter, WalkOptions options) {
    auto request = detail::requestOf(client.get(), std::move(filter));
    auto executor = detail::executorOf(client.get());
    if (!executor) {
        request = executor.error();
        executor = std::shared_ptr<detail::Executor>(std::make_shared<detail::HostExecutor>(detail::runInline));
    }
    return std::make_shared<detail::AsyncWalk>(isKept ? client : nullptr, std::move(request), std::move(options),
                                               *std::move(executor));
}

}  // namespace

BuildsClient::BuildsClient(Credentials credentials, ClientOptions options, std::shared_ptr<HttpTransport> transport)
    : state_(std::make_shared<const detail::ClientState>(credentials, std::move(options), std::move(transport))) {}

Result<BuildPage> BuildsClient::listBuilds(BuildFilter filter, Page page, CancellationToken token) const {
    return withoutThrowing([&]() -> Result<BuildPage> {
        if (detail::WorkerThread::isCurrent()) return detail::WorkerThread::wouldWaitForItself();
        return detail::requestOf(state_.get(), std::move(filter), page, std::move(token)).and_then(detail::runListCall);
    });
}

std::future<Result<BuildPage>> BuildsClient::listBuildsAsync(BuildFilter filter, Page page,
                                                             CancellationToken token) const {
    return detail::runListCallAsync(
        state_.get(), [&] { return detail::requestOf(state_.get(), std::move(filter), page, std::move(token)); });
}

void BuildsClient::listBuildsAsync(BuildFilter filter, Page page, CancellationToken token,
                                   Callback<void(Result<BuildPage>)> done) const {
    const auto state = state_;  // `done` may destroy this object
    detail::runListCallAsync(state.get(),
                             [&] { return detail::requestOf(state.get(), std::move(filter), page, std::move(token)); },
                             {detail::loggingCompletion(detail::contextOf(state.get()), std::move(done).release())});
}

BuildsClient::BuildsClient(std::shared_ptr<const detail::ClientState> state) : state_(std::move(state)) {}

PageRange BuildsClient::pages(BuildFilter filter, WalkOptions options) const {
    auto request = detail::requestOf(state_.get(), std::move(filter));
    return PageRange(std::make_shared<detail::PageWalk>(state_, std::move(request), std::move(options)));
}

BuildRange BuildsClient::builds(BuildFilter filter, WalkOptions options) const {
    auto request = detail::requestOf(state_.get(), std::move(filter));
    return BuildRange(std::make_shared<detail::BuildWalk>(state_, std::move(request), std::move(options)));
}

PageStream BuildsClient::pageStream(BuildFilter filter, WalkOptions options) const {
    return PageStream(asyncWalk(state_, true, std::move(filter), std::move(options)));
}

void BuildsClient::forEachPage(BuildFilter filter, WalkOptions options, Callback<bool(BuildPage)> onPage,
                               Callback<void(Result<WalkSummary>)> done) const {
    // Completions that begin the next walk would never let it end.
    if (detail::WorkerThread::processIsEnding()) return;
    const auto walk = asyncWalk(state_, false, std::move(filter), std::move(options));
    detail::forEachPage(walk, std::move(onPage).release(),
                        detail::loggingCompletion(walk->context(), std::move(done).release()));
}

void BuildsClient::forEachBuild(BuildFilter filter, WalkOptions options, Callback<bool(Build)> onBuild,
                                Callback<void(Result<WalkSummary>)> done) const {
    if (detail::WorkerThread::processIsEnding()) return;
    const auto walk = asyncWalk(state_, false, std::move(filter), std::move(options));
    detail::forEachBuild(walk, std::move(onBuild).release(),
                         detail::loggingCompletion(walk->context(), std::move(done).release()));
}

}  // namespace applivery
